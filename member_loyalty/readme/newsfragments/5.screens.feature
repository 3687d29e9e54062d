Benefits have their screens: *Benefits by Tier* to tick which tier gets what, what a tier gets on a
page, what is left on members, contacts and orders, uses recorded and taken back by hand, usual sets
to start with, benefits by month, and *Which Benefits Work*, with an Excel file.
