The company's purse works in the shop and is listed in the account of every contact; rewards cost what the buyer's tier pays, and points are kept while one pays.
