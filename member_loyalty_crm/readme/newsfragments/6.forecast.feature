Chance of another purchase, learnt from your own history, shown with its back-test and only where it beats plain figures; who will lose the tier at the coming reviews, and the order that keeps it.
