"""What pages show and give away when somebody typed a trap, or is no longer who they were."""

from collections.abc import Callable
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import Engine, insert, text
from streamlit.testing.v1 import AppTest

from lib.access import Role
from lib.refusal import NotAllowed
from lib.sites.models import Site
from lib.sites.rules import Kind
from lib.training.models import Counsellor

OpenPage = Callable[..., AppTest]
TRAP = "[ouvrir](https://ailleurs.test)"


@pytest.fixture
def site(database: object, owner: Engine) -> int:
    with owner.begin() as connection:
        row = {"name": TRAP, "name_key": "piege", "kind": Kind.CH, "region_code": "84"}
        return connection.scalars(insert(Site).values(row).returning(Site.id)).one()


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], bytes]]:
    """What each download button would make when it is clicked."""
    found: list[Callable[[], bytes]] = []

    def button(_label: str, data: Callable[[], bytes], **_more: Any) -> None:
        found.append(data)

    monkeypatch.setattr(st, "download_button", button)
    return found


def test_the_name_of_a_site_is_no_link(site: int, open_page: OpenPage) -> None:
    page = open_page(Role.COORDINATOR, "pages/sites/site.py", site=site)

    assert page.title[0].value == TRAP.replace("[", "\\[").replace("]", "\\]").replace(
        "(https:", "(\u2060https\\:"
    )


def test_the_name_of_a_counsellor_is_no_link(database: object, owner: Engine, open_page: OpenPage) -> None:
    with owner.begin() as connection:
        row = {"last_name": TRAP, "first_name": "Léa", "email": "l@exemple.fr", "email_key": "l@exemple.fr"}
        number = connection.scalars(insert(Counsellor).values(row).returning(Counsellor.id)).one()
    page = open_page(Role.TRAINER, "pages/training/counsellors.py", fiche=number)

    assert "](" not in page.header[0].value.replace("\\]", "")


def test_the_name_of_an_account_is_no_link(site: int, owner: Engine, open_page: OpenPage) -> None:
    with owner.begin() as connection:
        number = connection.scalar(
            text("insert into access.account (login, name, role) values ('x.y', :n, 'trainer') returning id"),
            {"n": TRAP},
        )
    page = open_page(Role.ADMIN, "pages/administration/accounts.py", account=number)

    assert "](" not in page.title[0].value.replace("\\]", "")


def test_a_list_is_given_and_written_down(
    site: int, owner: Engine, open_page: OpenPage, files: list[Callable[[], bytes]]
) -> None:
    open_page(Role.COORDINATOR, "pages/sites/list.py")

    assert files[-1]()
    with owner.connect() as connection:
        assert connection.scalar(text("select count(*) from audit.export")) == 1


@pytest.mark.parametrize(
    "change",
    [
        "update access.session set revoked_at = now()",
        "update access.account set active = false",
        "update access.account set role = 'trainer'",
    ],
)
def test_a_list_is_not_given_after_the_session_or_the_role(
    site: int, owner: Engine, open_page: OpenPage, files: list[Callable[[], bytes]], change: str
) -> None:
    open_page(Role.COORDINATOR, "pages/sites/list.py")
    with owner.begin() as connection:
        connection.execute(text(change))

    with pytest.raises(NotAllowed):
        files[-1]()
    with owner.connect() as connection:
        assert connection.scalar(text("select count(*) from audit.export")) == 0


def test_a_file_that_cannot_be_made_says_nothing_of_its_rows(
    site: int, owner: Engine, open_page: OpenPage, files: list[Callable[[], bytes]]
) -> None:
    open_page(Role.COORDINATOR, "pages/sites/list.py")
    with owner.begin() as connection:
        connection.execute(text("drop table audit.export"))

    with pytest.raises(RuntimeError, match=r"^[0-9A-F]{8}$") as said:
        files[-1]()
    assert said.value.__cause__ is None
    assert said.value.__suppress_context__
