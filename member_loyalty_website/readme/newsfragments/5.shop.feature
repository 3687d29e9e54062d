Buyers read their benefits, what is left of them and what the next tier adds on the membership page,
and find messages there that they can mark as read. The shop shows the price of the tier beside the
normal one, lets buyers claim free products into the cart, and shows in the totals what benefits take off.
