Members earn points by what they do in the shop: checking in once a day, completing their profile,
reviewing what they bought, and sharing products by links of their own that others look at. Staff see each
check-in, review, link and visit under Points, Earning Acts, and can approve reviews before they earn.
