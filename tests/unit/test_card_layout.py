"""Cards come as a phone shows them; what belongs to one membership stays together."""

from member_loyalty_website_logic.card_layout import arrange


def test_cards_come_by_number_whoever_added_them():
    cards = [(150, "history", True), (10, "payments", False), (40, "tier", True)]

    assert [name for name, _turn in arrange(cards, 1)] == [
        "payments",
        "tier",
        "history",
    ]


def test_cards_of_the_same_number_keep_their_order():
    cards = [(20, "points", False), (20, "code", False)]

    assert arrange(cards, 3) == (("points", None), ("code", None))


def test_cards_of_one_membership_follow_each_other():
    cards = [(40, "tier", True), (50, "progress", True), (70, "orders", False)]

    assert arrange(cards, 2) == (
        ("tier", 0),
        ("progress", 0),
        ("tier", 1),
        ("progress", 1),
        ("orders", None),
    )


def test_a_card_between_them_keeps_its_place():
    cards = [(40, "tier", True), (45, "appeal", False), (50, "progress", True)]

    names = [name for name, _turn in arrange(cards, 2)]

    assert names == ["tier", "tier", "appeal", "progress", "progress"]


def test_without_a_membership_only_the_others_are_shown():
    assert arrange([(40, "tier", True), (70, "orders", False)], 0) == (
        ("orders", None),
    )
