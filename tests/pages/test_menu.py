"""The menu of each role: what it may open, seven entries at most, and nothing of the others'."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from lib.access import GRANTS, Permission, Role
from lib.ui.navigation import ENTRIES

OpenPage = Callable[..., AppTest]


def _shown(role: Role) -> list[str]:
    return [
        entry.url
        for entry in ENTRIES
        if entry.permission in GRANTS[role] and (entry.menu_of is None or role in entry.menu_of)
    ]


@pytest.mark.parametrize("role", list(Role))
def test_seven_entries_at_most(role: Role) -> None:
    assert 1 <= len(_shown(role)) <= 7


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_the_menu_opens_and_no_other(database: object, open_page: OpenPage, role: Role) -> None:
    app = open_page(role)
    for entry in ENTRIES:
        try:
            app.switch_page(entry.script).run()
        except ValueError:
            opened = False
        else:
            opened = True
            assert not app.exception, (entry.script, [error.value for error in app.exception])
        assert opened == _may(role, entry.permission), entry.script


def _may(role: Role, permission: Permission) -> bool:
    return permission in GRANTS[role]


def test_nobody_signed_in_gets_the_sign_in_screen_everywhere(database: object, open_page: OpenPage) -> None:
    app = open_page(None)

    assert [field.label for field in app.text_input] == ["Identifiant", "Phrase de passe"]
    assert app.title[0].value == "Pilote Bilan"
    with pytest.raises(ValueError, match="page"):
        app.switch_page("pages/sites/list.py").run()
