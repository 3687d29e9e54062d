Freight subsidies and free shipping as benefits: percent, limit, minimum order, delivery methods and countries, as a visible line on the order, in the back office and in the shop.
