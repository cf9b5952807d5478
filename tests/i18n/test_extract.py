"""What counts as a text of the source, and how the catalogue is kept in step."""

import ast
from pathlib import Path

from lib.i18n.catalogue import translations
from lib.i18n.extract import texts_of, write

MODULE = '''
class Stage(Labelled):
    """Docstring."""
    OPEN = "open", "Ouvert"
    CLOSED = "closed", "Fermé"

class TooLate(Refusal):
    text = "Trop tard de {n} jours."

class Typed(Refusal):
    text: ClassVar[str] = "Typé."

class Row:
    text = "not a refusal"

COLUMNS = [Column("site", title="Site", description="Nom du " "site", key="code")]
LATER = N_("Marqué")

def show(n, on):
    _("Bonjour {name}", name="not a text")
    i18n._("Par module")
    _("Oui" if on else "Non")
    plural(n, "{n} jour", "{n} jours")
    _(stage.label)
    print("not a text")
'''


def test_every_kind_of_text_is_found_and_nothing_else() -> None:
    assert set(texts_of(ast.parse(MODULE))) == {
        *("Ouvert", "Fermé", "Trop tard de {n} jours.", "Typé.", "Site", "Nom du site", "Marqué"),
        *("Bonjour {name}", "Par module", "Oui", "Non", "{n} jour", "{n} jours"),
    }


def test_a_written_catalogue_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "en" / "messages.po"
    entries = {"Zoé « dit » : {n}\nsuite": 'Zoé "says": {n}\nmore', "Été": "", "100 %": "100%"}
    write(path, entries)
    first = path.read_bytes()
    assert translations(path) == entries
    write(path, dict(reversed(entries.items())))
    assert path.read_bytes() == first


def test_no_catalogue_is_an_empty_one(tmp_path: Path) -> None:
    assert translations(tmp_path / "none.po") == {}
