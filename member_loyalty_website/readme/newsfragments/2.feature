The membership page in the customer portal.
