Member days and flash sales: prices for members in a span of time, with a countdown and a limited quantity that holds for any number of buyers at once.
