"""In which order the cards of the member centre's overview come.

>>> cards = [(40, "tier", True), (10, "payments", False), (50, "progress", True)]
>>> arrange(cards, 2)
(('payments', None), ('tier', 0), ('progress', 0), ('tier', 1), ('progress', 1))
"""


def arrange(cards, memberships):
    """Return which card is shown for which membership, in the order of a phone.

    Cards come by their number. Those that are shown for each membership and follow
    each other stay together: what belongs to one membership is read in one go.

    :param cards: triples (number, card, whether it is shown for each membership)
    :param int memberships: how many there are; 0 leaves their cards out
    :return: pairs (card, index of the membership or None)
    :rtype: tuple
    """
    runs = []
    for _number, card, is_for_each in sorted(cards, key=lambda one: one[0]):
        if not runs or runs[-1][0] != is_for_each:
            runs.append((is_for_each, []))
        runs[-1][1].append(card)
    return tuple(
        (card, turn)
        for is_for_each, run in runs
        for turn in (range(memberships) if is_for_each else (None,))
        for card in run
    )
