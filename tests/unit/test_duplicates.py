"""How alike customers are: names, numbers, addresses, and what speaks against it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from member_loyalty_crm_logic.duplicate_names import (
    dice,
    jaro_winkler,
    name_key,
    normalise,
    similarity,
)
from member_loyalty_crm_logic.duplicate_score import Contact, keys, score

WORDS = st.text(max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lumen GmbH", "LUMEN"),
        ("Acme Co., Ltd.", "Acme Company Limited"),
        ("Énergie S.A.R.L.", "energie"),
        ("深圳照明有限公司", "深圳照明"),
        ("ＬＵＭＥＮ　Ltd", "Lumen"),
        ("Müller & Söhne OHG", "Muller Sohne"),
        ("Straße 7 AG", "Strasse 7"),
        ("Lighting, Lumen", "Lumen Lighting LLC"),
    ],
)
def test_spellings_of_one_name_are_the_same(one, other):
    assert name_key(one) == name_key(other)


def test_a_name_that_is_a_legal_form_keeps_it():
    assert normalise("Company Ltd") == "company ltd"
    assert normalise("有限公司") == "有限公司"


@pytest.mark.parametrize("name", [None, "", "   ", "…", "&"])
def test_no_name_is_like_no_other(name):
    assert normalise(name) == ""
    assert similarity(normalise(name), normalise("Ada")) == 0


# the table of Winkler (1990), as often reprinted
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("shackleford", "shackelford", 0.982),
        ("dunningham", "cunnigham", 0.896),
        ("nichleson", "nichulson", 0.956),
        ("jones", "johnson", 0.832),
        ("massey", "massie", 0.933),
        ("abroms", "abrams", 0.922),
        ("jeraldine", "geraldine", 0.926),
        ("michelle", "michael", 0.921),
        ("julies", "julius", 0.933),
        ("dixon", "dickson", 0.832),
    ],
)
def test_names_are_as_alike_as_published(one, other, expected):
    assert jaro_winkler(one, other) == pytest.approx(expected, abs=0.001)


@given(WORDS, WORDS)
def test_likeness_is_between_0_and_1_and_the_same_both_ways(one, other):
    alike = similarity(one, other)

    assert 0 <= alike <= 1
    assert alike == pytest.approx(similarity(other, one))
    assert similarity(one, one) == (1 if one else 0)


@given(st.frozensets(WORDS), st.frozensets(WORDS))
def test_shared_words_are_counted_as_dice_says(one, other):
    both = len(one) + len(other)
    expected = 2 * len(one & other) / both if one and other else 0

    assert dice(one, other) == expected


def _contact(contact_id=1, name="Lumen Lighting", **values):
    return Contact(contact_id, name, **values)


def _kinds(one, other, free=frozenset()):
    return {why.kind: why.points for why in score(one, other, free).reasons}


def test_different_tax_numbers_of_one_country_outweigh_name_and_domain():
    one = _contact(vat="DE1", mail="a@lumen.test", country="DE")
    two = _contact(2, vat="DE2", mail="b@lumen.test", country="DE")

    assert score(one, two).level is None


def test_tax_numbers_of_two_countries_are_not_compared():
    one = _contact(vat="129273398", country="DE")
    two = _contact(2, vat="129273398", country="AT")

    assert "vat" not in _kinds(one, two)
    assert "other_vat" not in _kinds(one, two)


def test_another_country_lowers():
    one, two = _contact(country="DE"), _contact(2, country="FR")

    assert _kinds(one, two) == {"same_name": 40, "other_country": -25}


def test_a_free_mail_domain_is_no_evidence():
    one, two = _contact(mail="a@gmail.com"), _contact(2, mail="b@gmail.com")

    assert "domain" not in _kinds(one, two, frozenset({"gmail.com"}))


def test_a_common_name_of_a_person_counts_half():
    one = _contact(name="王伟", is_company=False)
    two = _contact(2, name="王伟", is_company=False)

    assert _kinds(one, two) == {"same_name": 20}
    assert score(one, two).level is None


def test_the_same_street_needs_the_same_zip():
    one = _contact(zip="10115", street="Main Street 5")
    two = _contact(2, zip="10115", street="5, MAIN street")
    far = _contact(3, zip="20095", street="Main Street 5")

    assert "address" in _kinds(one, two)
    assert "address" not in _kinds(one, far)


@given(
    st.builds(
        Contact,
        st.just(1),
        WORDS,
        *(WORDS for _field in range(7)),
        st.booleans(),
    ),
    st.builds(
        Contact,
        st.just(2),
        WORDS,
        *(WORDS for _field in range(7)),
        st.booleans(),
    ),
)
def test_any_text_gives_a_score_that_is_the_sum_of_its_reasons(one, other):
    found = score(one, other)

    total = sum(why.points for why in found.reasons)
    assert found.points == min(100, max(0, total))
    assert all(key for _kind, key in keys(one))


def test_what_scores_without_a_shared_key_stays_below_possible():
    """Contacts that share no key are never compared: their score must not matter."""
    one = _contact(name="Lumen Lightings", zip="1", street="Main 5", city="X")
    two = _contact(2, name="Lumen Lighting", zip="1", street="Main 5", city="X")

    assert set(keys(one)) & set(keys(two))
