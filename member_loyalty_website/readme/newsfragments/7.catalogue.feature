Products and whole categories can be for members only, with or without a lock to be seen by others, or for the buyers of some countries or languages; no address, search or cart gets round it.
