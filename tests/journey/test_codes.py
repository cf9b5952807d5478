"""Codes: what a slip of the finger changes is noticed, however a code is typed."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.journey.rules import MistypedCode, NotACode, new_code, normalise
from lib.journey.rules.codes import ALPHABET, FEWEST, MOST, PREFIX, check_sign

signs = st.text(st.sampled_from(ALPHABET), min_size=FEWEST, max_size=MOST)


def whole(random_signs: str) -> str:
    return random_signs + check_sign(random_signs)


def test_every_wrong_sign_is_noticed_in_every_short_code() -> None:
    """All 12,167 codes of the usual length, each sign replaced by each other one."""
    checks = {"".join(three): check_sign("".join(three)) for three in itertools.product(ALPHABET, repeat=3)}
    unnoticed = [
        three
        for three, check in checks.items()
        for place in range(3)
        for other in ALPHABET
        if other != three[place] and checks[three[:place] + other + three[place + 1 :]] == check
    ]

    assert len(checks) == 23**3
    assert unnoticed == []


@given(signs, st.data())
def test_any_one_wrong_sign_is_noticed(random_signs: str, data: st.DataObject) -> None:
    code = whole(random_signs)
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from(ALPHABET.replace(code[place], "")))

    with pytest.raises(MistypedCode):
        normalise(code[:place] + other + code[place + 1 :])


@given(signs, st.data())
def test_two_neighbours_exchanged_are_noticed(random_signs: str, data: st.DataObject) -> None:
    code = whole(random_signs)
    place = data.draw(st.integers(0, len(code) - 2))
    exchanged = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if exchanged == code:
        assert normalise(exchanged) == PREFIX + code
    else:
        with pytest.raises(MistypedCode):
            normalise(exchanged)


@given(signs)
def test_a_code_is_read_however_it_is_typed(random_signs: str) -> None:
    code = whole(random_signs)
    expected = PREFIX + code
    spread = f"  bc {code[:2].lower()} - {code[2:]} "

    assert {normalise(typed) for typed in (expected, expected.lower(), code, f"BC{code}", spread)} == {
        expected
    }


@given(st.integers(FEWEST, MOST))
def test_a_new_code_is_one_that_the_database_takes(length: int) -> None:
    code = new_code(length)

    assert re.fullmatch(r"BC-[2345679ACDEFHJKMNPRTWXY]{4,8}", code)
    assert normalise(code) == code


@pytest.mark.parametrize("typed", ["", "BC-", "BC-7K4", "BC-OIL8", "BC-7K4M7K4M7", "' or 1=1", "BC-é"])
def test_what_is_no_code_is_said_so(typed: str) -> None:
    with pytest.raises(NotACode):
        normalise(typed)


def test_the_sentence_shows_what_was_typed() -> None:
    wrong = "BC-777" + next(sign for sign in ALPHABET if sign != check_sign("777"))

    with pytest.raises(MistypedCode, match=f"« {wrong} » contient une faute de frappe"):
        normalise(wrong)
