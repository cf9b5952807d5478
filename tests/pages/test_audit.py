"""The trail on screen, as administration and coordination read it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from lib.access import Actor, Role
from lib.audit import commands
from lib.db import acting_as
from lib.journey.rules.codes import check_sign
from tests.pages.tables import tables

CODE = f"BC-7K4{check_sign('7K4')}"
AUDIT = "pages/administration/audit.py"
OpenPage = Callable[..., AppTest]


def plain(words: object) -> str:
    return str(words).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").replace("\\", "")


def cells(app: AppTest) -> str:
    return plain(" ".join(table.to_string() for table in tables(app)))


def said(app: AppTest) -> str:
    return plain(" ".join(str(one.value) for kind in (app.caption, app.error, app.markdown) for one in kind))


def widget(kind: Any, label: str) -> Any:
    return next(one for one in kind if plain(one.label).startswith(label))


@pytest.fixture
def site(owner: Engine) -> int:
    """A site whose state changed, a person there, an identity that was shown, a list that was taken away."""
    with owner.begin() as db:
        db.execute(
            text("insert into access.account (login, name, role) values ('lea', 'Léa', 'coordinator')")
        )
        db.execute(
            text("select set_config('pilote.uid', '1', true), set_config('pilote.role', 'coordinator', true)")
        )
        found = db.scalar(
            text(
                "insert into pilot.site (name, name_key, kind, city, region_code, state) "
                "values ('Hôpital Nord', 'nord', 'chu', 'Lille', '32', 'prospect') returning id"
            )
        )
        db.execute(text("update pilot.site set state = 'agreed', opening_on = '2026-12-01', version = 2"))
        db.execute(
            text(
                "insert into pilot.beneficiary (code, site_id, wave, referred_on) "
                f"select '{CODE}', id, 'test', '2026-11-02' from pilot.site"
            )
        )
        db.execute(
            text(
                "insert into audit.reveal (account_id, role, beneficiary_id, code, reason) "
                "values (1, 'coordinator', 1, 'BC-7K4M', 'rappel demandé')"
            )
        )
    lea = Actor(1, "Léa", Role.COORDINATOR)
    with acting_as(lea) as db_as_lea:
        commands.log_denial(db_as_lea, lea, "site 99")
        commands.log_export(db_as_lea, lea, "Sites", 12, ["Nom"])
    return int(found or 0)


def test_a_change_is_shown_before_and_after(open_page: OpenPage, site: int) -> None:
    app = open_page(Role.COORDINATOR, AUDIT, table="pilot.site", verb="update")
    (row,) = tables(app)[0].to_dict("records")

    assert row["Fait par"] == "Léa"
    assert plain(row["Élément"]) == f"Site n° {site}"
    assert plain(row["Avant"]) == "État : Prospect"
    assert plain(row["Après"]) == "Ouverture prévue le : 01/12/2026 – État : Accord donné"


def test_administration_does_not_read_what_concerns_people(open_page: OpenPage, site: int) -> None:
    app = open_page(Role.ADMIN, AUDIT, table="pilot.beneficiary")
    assert "valeurs non montrées" in cells(app)
    assert CODE not in cells(app)
    assert CODE in cells(open_page(Role.COORDINATOR, AUDIT, table="pilot.beneficiary"))


def test_what_concerns_one_person_is_found_by_code(open_page: OpenPage, site: int) -> None:
    app = open_page(Role.COORDINATOR, AUDIT, code=CODE.lower().replace("-", " "))
    assert f"Personne {CODE}" in cells(app)
    assert "Site n°" not in cells(app)
    widget(app.text_input, "Code").input("pas un code")
    app.run()
    assert app.error


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("Identités montrées", "rappel demandé"),
        ("Refus", "site 99"),
        ("Listes emportées", "Sites"),
    ],
)
def test_reveals_refusals_and_exports_are_listed(
    open_page: OpenPage, site: int, part: str, found: str
) -> None:
    app = open_page(Role.ADMIN, AUDIT)
    app.segmented_control[0].set_value(part)
    app.run()
    assert found in cells(app)
    assert "Léa" in cells(app)


def test_pages_follow_one_another(open_page: OpenPage, owner: Engine) -> None:
    with owner.begin() as db:
        db.execute(
            text("insert into pilot.setting (name, value) select 'n' || n, '1' from generate_series(1, 60) n")
        )
    app = open_page(Role.COORDINATOR, AUDIT, table="pilot.setting")
    assert len(tables(app)[0]) == 50
    widget(app.button, "Modifications plus anciennes").click()
    app.run()
    assert len(tables(app)[0]) == 10
    widget(app.button, "Revenir au plus récent").click()
    app.run()
    assert len(tables(app)[0]) == 50


def test_a_search_that_finds_nothing_says_so(open_page: OpenPage, database: object) -> None:
    app = open_page(Role.COORDINATOR, AUDIT, table="pilot.consent")
    assert "Aucune modification" in said(app)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMIN, Role.COORDINATOR}])
def test_others_have_no_such_page(open_page: OpenPage, role: Role) -> None:
    with pytest.raises(ValueError, match="navigation page"):
        open_page(role, AUDIT)
