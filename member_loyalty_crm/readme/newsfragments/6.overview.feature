The overview shows salespeople their members by tier, the risks and the chances; each figure opens the list behind it.
