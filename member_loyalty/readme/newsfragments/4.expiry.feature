Points expire by the program's policy and are unusable from that minute on; members are told in time what they would buy; every card is compared with its entries each day.
