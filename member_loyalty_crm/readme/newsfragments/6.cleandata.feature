Customers that may be the same are proposed with the reasons and a score; two of them are
merged side by side or remembered as different. A merge of members can be undone for
membership, purchases and points. Once a month a report says what is missing or wrong in
the data of members, with the lists behind it.
