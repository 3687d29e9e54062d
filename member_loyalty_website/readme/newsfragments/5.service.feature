Product pages and portal orders list the documents that a member may open, by no other address can anybody read the rest; new products are in the shop for entitled members days before everybody else.
