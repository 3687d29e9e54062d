The shop has a member's prices on every website, and follows a rise or a fall at the next request, cart included.
