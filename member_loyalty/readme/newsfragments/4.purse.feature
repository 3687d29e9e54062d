Who holds the points cannot be switched while purses hold some; a taken-over program gets a first earning rule.
