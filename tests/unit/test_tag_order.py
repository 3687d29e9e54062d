"""Tags that ask for tags: the order to work them out, and circles."""

from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_logic.tag_order import find_circle, levels

graphs = st.dictionaries(
    st.integers(1, 8), st.sets(st.integers(1, 10), max_size=3), max_size=8
)


@given(graphs)
def test_every_tag_is_worked_out_once(graph):
    assert sorted(tag for group in levels(graph) for tag in group) == sorted(graph)


@given(graphs)
def test_without_a_circle_every_tag_comes_after_what_it_asks_for(graph):
    if find_circle(graph):
        return
    place = {tag: number for number, group in enumerate(levels(graph)) for tag in group}
    for tag, others in graph.items():
        assert all(place[tag] > place[other] for other in others if other in graph)


@given(graphs)
def test_a_circle_is_one(graph):
    circle = find_circle(graph)
    for tag, other in zip(circle, (*circle[1:], *circle[:1]), strict=True):
        assert other in graph[tag]


def test_a_tag_that_asks_for_itself_is_a_circle():
    assert find_circle({1: {1}}) == (1,)
    assert find_circle({1: {2}, 2: {3}, 3: {2}}) == (2, 3)
    assert find_circle({1: {2}, 2: set()}) == ()
