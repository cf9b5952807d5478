"""Two writings of one name leave the same mark; two people do not."""

import pytest

from lib.journey.rules import Identity, TraceKind, marks, name_key, phone_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Éloïse", "ELOISE"),
        ("Jean-Pierre", "jean  pierre"),
        ("de La Tour", "Tour (de la)"),
        ("D'Alembert", "d’alembert"),
        ("Lecœur", "LECOEUR"),
        ("Martin Dupont", "Dupont-Martin"),
    ],
)
def test_the_same_name_written_otherwise(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_name_made_of_particles_is_still_a_name() -> None:
    assert name_key("Le") == "le"
    assert name_key("Le") != name_key("De")


@pytest.mark.parametrize(
    "typed", ["06 12 34 56 78", "+33 6 12 34 56 78", "0033612345678", "+33 (0)6.12.34.56.78"]
)
def test_one_telephone_number(typed: str) -> None:
    assert phone_key(typed) == "0612345678"


def test_marks_need_enough_to_mean_one_person() -> None:
    assert marks(Identity("Dupont", "Zoé"), None) == {}
    assert marks(Identity("Dupont", ""), 1980) == {}
    assert marks(Identity(phone="12"), 1980) == {}
    assert set(marks(Identity("Dupont", "Zoé", "0612345678", "Z@EXEMPLE.fr"), 1980)) == set(TraceKind)
