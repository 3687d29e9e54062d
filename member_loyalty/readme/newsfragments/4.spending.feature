Rewards of a membership can be kept for tiers or tags, cost tiers more or fewer points, ask for an order amount, pay a part of the order at most, or give a coupon for the next order.
