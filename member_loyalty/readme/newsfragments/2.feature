The app *Membership*: programs with tiers and rules, members that rise on the order and fall at the monthly review, the journal of what they bought, and the tier on contacts and sales orders.
