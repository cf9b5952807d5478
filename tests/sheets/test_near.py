"""Names typed a little differently are proposed, never merged."""

import pytest

from lib.sheets.bad_cells import NearName, NotKnown
from lib.sheets.near import Names, nearest

KNOWN = {
    name: number
    for number, name in enumerate(
        [
            "CHU Les Tilleuls",
            "CLCC Sainte-Odile",
            "CH du Fleuve",
            "ESPIC Belle-Île",
            "Clinique de l’Étoile",
            "CH du Parc",
        ]
    )
}


@pytest.mark.parametrize("typed", ["ch du parc", "CH DU PARC ", "CH-du-Parc"])
def test_case_accents_and_hyphens_make_no_other_name(typed: str) -> None:
    found = nearest(typed, KNOWN).exact

    assert found
    assert found.name == "CH du Parc"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("CLCC Ste Odile", "CLCC Sainte-Odile"),
        ("CHU Tilleuls", "CHU Les Tilleuls"),
        ("Clinique de l'Etoille", "Clinique de l’Étoile"),
        ("Belle Ile", "ESPIC Belle-Île"),
        ("C.H. du Parc", "CH du Parc"),
    ],
)
def test_small_differences_are_proposed(typed: str, expected: str) -> None:
    found = nearest(typed, KNOWN)

    assert found.exact is None
    assert found.proposals[0].name == expected


def test_a_converter_refuses_with_the_proposals_and_takes_what_a_person_accepted() -> None:
    with pytest.raises(NearName, match="S'agit-il de « CLCC Sainte-Odile »") as near:
        Names(KNOWN).to_value("CLCC Ste Odile")

    assert near.value.values["proposals"][0].value == 1
    assert Names(KNOWN, accepted={"clcc ste odile": 1}).to_value("CLCC Ste Odile") == 1


def test_a_stranger_is_not_proposed_anything() -> None:
    with pytest.raises(NotKnown):
        Names(KNOWN).to_value("Hôpital inconnu de nulle part")


def test_two_records_under_one_name_are_both_proposed() -> None:
    found = nearest("ch du parc", {"CH du Parc": 1, "CH DU PARC": 2})

    assert found.exact is None
    assert [proposal.value for proposal in found.proposals] == [1, 2]
