"360°" on contacts, leads, orders and members opens the whole customer on one page: tier with reason and progress, points,
benefits with what is left, scores, inquiries, orders, unpaid invoices, favourite products, last contacts and what is still to
be done, each with the reader's own rights. "Member Card" shows the short form over a lead or an order, and "Find a Member"
takes a member code (typed or scanned), a name, a mail address or a phone number.
