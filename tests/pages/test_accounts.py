"""The account pages: administration invites, changes and closes; each person looks after their own."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from lib import clock
from lib.access import Role
from lib.accounts import commands
from lib.accounts.commands.authenticator import hash_of
from tests.pages.tables import tables

ACCOUNTS, MINE = "pages/administration/accounts.py", "pages/account/mine.py"
OpenPage = Callable[..., AppTest]
OLD, NEW = "trois mots au hasard", "une autre phrase longue"


def plain(words: object) -> str:
    return str(words).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").replace("\\", "")


def written(app: AppTest) -> str:
    """All words on the page, tables included."""
    parts = [app.title, app.header, app.markdown, app.caption, app.error, app.warning, app.info, app.code]
    words = [str(element.value) for part in parts for element in part]
    return plain(" ".join([*words, *(table.to_string() for table in tables(app))]))


def widget(kind: Any, label: str) -> Any:
    return next(one for one in kind if plain(one.label).startswith(label))


def press(app: AppTest, label: str) -> AppTest:
    widget(app.button, label).click()
    return app.run()


def one(owner: Engine, statement: str, **values: object) -> Any:
    with owner.connect() as connection:
        return connection.execute(text(statement), values).scalar()


@pytest.fixture
def lea(owner: Engine) -> int:
    """Somebody in the team, with a passphrase."""
    with owner.begin() as connection:
        found = connection.scalar(
            text(
                "insert into access.account (login, name, role, password_hash, password_set_at) "
                "values ('lea_martin', 'Léa *Martin*', 'trainer', :hash, now()) returning id"
            ),
            {"hash": hash_of(OLD, "lea_martin")},
        )
    return int(found or 0)


def test_accounts_are_listed_and_found(open_page: OpenPage, lea: int) -> None:
    app = open_page(Role.ADMIN, ACCOUNTS)
    assert "lea_martin" in written(app)
    assert "Camille Essai" in written(app)

    app = open_page(Role.ADMIN, ACCOUNTS, of_role="trainer")
    assert list(tables(app)[0]["Identifiant"].map(plain)) == ["lea_martin"]
    assert "Aucun compte" in written(open_page(Role.ADMIN, ACCOUNTS, q="personne ainsi"))


def test_an_invitation_shows_its_link_once(open_page: OpenPage, owner: Engine) -> None:
    app = open_page(Role.ADMIN, ACCOUNTS)
    role = next(
        box for box in app.selectbox if plain(box.label) == "Rôle" and "account-invite" in str(box.key)
    )
    role.set_value(Role.PARTNER)
    app.run()
    widget(app.selectbox, "Partenaire").select_index(0)
    widget(app.text_input, "Nom de la personne").input("Zoé Petit")
    widget(app.text_input, "Identifiant : courriel").input("zoe@exemple.fr")
    press(app, "Inviter")

    assert not app.exception
    shown = re.search(r"/\?invitation=(\S+)", written(app))
    assert shown is not None
    invited = commands.invitation(shown[1])
    assert invited is not None
    assert invited.name == "Zoé Petit"
    press(app, "C'est copié")
    assert "invitation=" not in written(app)
    assert one(owner, "select scope_id from access.account where login = 'zoe@exemple.fr'") is not None


def test_a_refused_invitation_keeps_what_was_typed(open_page: OpenPage, lea: int) -> None:
    app = open_page(Role.ADMIN, ACCOUNTS)
    widget(app.text_input, "Nom de la personne").input("Une autre")
    widget(app.text_input, "Identifiant : courriel").input("LEA_martin")
    press(app, "Inviter")

    assert "déjà utilisé" in written(app)
    assert widget(app.text_input, "Nom de la personne").value == "Une autre"


def test_a_role_is_changed_with_a_reason(open_page: OpenPage, owner: Engine, lea: int) -> None:
    app = open_page(Role.ADMIN, ACCOUNTS, account=lea)
    assert plain(app.title[0].value) == "Léa *Martin*"
    widget(app.selectbox, "Rôle").set_value(Role.EVALUATOR)
    app.run()
    press(app, "Enregistrer le rôle")
    assert "Indiquez en quelques mots la raison" in written(app)

    widget(app.text_input, "Raison").input("nouvelle mission")
    press(app, "Enregistrer le rôle")
    assert not app.error
    assert one(owner, "select role from access.account where id = :id", id=lea) == "evaluator"
    assert "nouvelle mission" in written(app)


def test_the_list_is_one_click_away(open_page: OpenPage, lea: int) -> None:
    app = press(open_page(Role.ADMIN, ACCOUNTS, account=lea), "Tous les comptes")
    assert plain(app.title[0].value) == "Comptes"
    assert "account" not in app.query_params


def test_an_account_is_closed_and_opened_again(open_page: OpenPage, owner: Engine, lea: int) -> None:
    session = commands.sign_in("lea_martin", OLD, "Firefox", clock.now()).session_id
    app = open_page(Role.ADMIN, ACCOUNTS, account=lea)
    assert "Firefox" in written(app)
    app.text_input[-1].input("fin de mission")
    press(app, "Désactiver ce compte")

    assert not app.error
    assert commands.current(session) is None
    assert "Désactivé" in written(app)
    app.text_input[-1].input("de retour")
    press(app, "Réactiver ce compte")
    assert one(owner, "select active from access.account where id = :id", id=lea) is True


def test_a_session_is_ended_from_the_page(open_page: OpenPage, lea: int) -> None:
    session = commands.sign_in("lea_martin", OLD, "Firefox", clock.now()).session_id
    app = open_page(Role.ADMIN, ACCOUNTS, account=lea)
    press(app, "Fermer toutes ses sessions")

    assert commands.current(session) is None
    assert "Aucune session ouverte" in written(app)


def test_a_link_is_made_and_cancelled(open_page: OpenPage, owner: Engine, lea: int) -> None:
    app = open_page(Role.ADMIN, ACCOUNTS, account=lea)
    press(app, "Créer un lien")
    shown = re.search(r"/\?invitation=(\S+)", written(app))
    assert shown is not None
    press(app, "Annuler le lien ouvert")
    assert commands.invitation(shown[1]) is None


def test_the_last_administrator_is_told_why_not(open_page: OpenPage, owner: Engine) -> None:
    app = open_page(Role.ADMIN, ACCOUNTS)
    me = one(owner, "select max(id) from access.account where role = 'admin'")
    app.query_params["account"] = str(me)
    app.run()
    app.text_input[-1].input("je m'en vais")
    press(app, "Désactiver ce compte")
    assert "Il faut garder au moins une personne à l'administration" in written(app)


@pytest.mark.parametrize("asked", ["999999", "abc", "-1", "1' or 1=1", "9" * 40])
def test_a_guessed_account_is_not_found_and_logged(open_page: OpenPage, owner: Engine, asked: str) -> None:
    app = open_page(Role.ADMIN, ACCOUNTS, account=asked)
    assert "n'existe pas" in written(app)
    assert one(owner, "select asked from audit.denial") == f"account {asked[:40]}"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_others_have_no_such_page(open_page: OpenPage, role: Role) -> None:
    with pytest.raises(ValueError, match="navigation page"):
        open_page(role, ACCOUNTS)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_their_own_account(open_page: OpenPage, role: Role) -> None:
    app = open_page(role, MINE)
    assert "Mon compte" in written(app)
    assert "Camille Essai" in written(app)
    assert "Langue" in str([plain(one.label) for one in app.radio])


@pytest.mark.parametrize("role", [Role.TRAINER, Role.PARTNER])
def test_a_language_is_chosen(open_page: OpenPage, owner: Engine, role: Role) -> None:
    app = open_page(role, MINE)
    app.radio[0].set_value("en")
    app.run()
    assert not app.exception
    assert one(owner, "select language from access.account") == "en"


def test_a_passphrase_is_changed(open_page: OpenPage, owner: Engine) -> None:
    app = open_page(Role.TRAINER, MINE)
    with owner.begin() as connection:
        connection.execute(
            text("update access.account set password_hash = :hash"), {"hash": hash_of(OLD, "x")}
        )

    def fill(old: str, new: str, again: str) -> str:
        for label, value in (("Phrase de passe actuelle", old), ("Nouvelle", new), ("Encore", again)):
            widget(app.text_input, label).input(value)
        press(app, "Changer la phrase de passe")
        return written(app)

    assert "ne sont pas identiques" in fill(OLD, NEW, "autre")
    assert "actuelle n'est pas la bonne" in fill("pas celle-ci du tout", NEW, NEW)
    assert "au moins 12" in fill(OLD, "court", "court")
    fill(OLD, NEW, NEW)
    assert not app.error
    login = one(owner, "select login from access.account")
    assert commands.sign_in(login, NEW, "", clock.now()).session_id


def test_signing_out_everywhere_ends_this_session_too(open_page: OpenPage, owner: Engine) -> None:
    app = open_page(Role.TRAINER, MINE)
    press(app, "Se déconnecter partout")
    assert one(owner, "select count(*) from access.session where revoked_at is null") == 0
    assert "Mon compte" not in written(app)


def test_partners_read_that_nothing_is_published_yet(open_page: OpenPage) -> None:
    assert "Aucune publication n'est encore parue" in written(
        open_page(Role.PARTNER, "pages/releases/list.py")
    )
