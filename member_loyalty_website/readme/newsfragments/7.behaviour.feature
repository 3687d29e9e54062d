The shop remembers, with consent only, which products members look at, for how long and what they search
for, recommends what goes with it, and shows every member what it knows, to delete or to switch off.
