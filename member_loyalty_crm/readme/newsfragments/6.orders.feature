Sales orders and the sales analysis can be grouped by the customer's segment; dates without a year are read.
