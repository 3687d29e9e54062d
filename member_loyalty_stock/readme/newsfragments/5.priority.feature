Transfers of entitled members go first: starred at every step, with the customer's tier as a badge, filter and group.
