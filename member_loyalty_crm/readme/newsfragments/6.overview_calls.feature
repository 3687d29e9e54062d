The overview shows the calls to make and those that are late, and every list of
members opens the 360° portrait.
