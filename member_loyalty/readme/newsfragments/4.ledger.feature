Points that behave like money: every point on a member's card has an entry, earned by rules, spent soonest-expiring first, taken back by cancellations and credit notes to the point, never below zero.
