"""Documents made from the code say what the code says today."""

import pytest

from lib.manage.docs import Unjustified, _check, _tables, documents


@pytest.mark.parametrize("name", ["data-dictionary.md", "states.md"])
def test_a_generated_document_is_up_to_date(name: str) -> None:
    file, text = next((file, text) for file, text in documents().items() if file.name == name)
    assert file.read_text(encoding="utf-8") == text, "run: make docs"


def test_a_column_without_its_reason_is_refused() -> None:
    """Guards the check itself."""
    with pytest.raises(Unjustified) as said:
        _check(_tables(), {}, {})
    assert "pilot.beneficiary.birth_year" in str(said.value)
