Buyers read their points, what waits and what expires, claim rewards in a points shop, show their member
code as QR and barcode, and see what they will earn on products, in the cart and at checkout.
