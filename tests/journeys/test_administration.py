"""An account that is closed is out at once, in whatever browser it was open."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from lib.i18n import _ as fr
from tests.journeys.gestures import asks_to_sign_in, come_in_by_link, go, heading, invite, said, unfold

LOGIN, NAME = "remplacement", "Noa Remplacement"


def test_a_closed_account_is_out_at_its_next_action(
    enter: Callable[..., Page], new_context: Callable[..., BrowserContext]
) -> None:
    admin = enter("admin@demo", "/comptes")
    link = invite(admin, NAME, LOGIN, "Formation")
    theirs = new_context().new_page()
    come_in_by_link(theirs, link, "trois petits pas")
    go(theirs, "Conseil")

    go(admin, "Comptes")
    admin.locator(".pilote-table").get_by_role("link", name=NAME).click()
    expect(heading(admin, NAME)).to_be_visible()
    form = unfold(admin, fr("Désactiver ce compte"))
    form.get_by_label(fr("Raison, gardée avec la décision")).fill("fin du remplacement")
    form.get_by_role("button", name=fr("Désactiver ce compte")).click()
    said(admin, fr("Le compte est désactivé."))

    theirs.get_by_test_id("stTopNavLink").filter(has_text="Accueil").first.click()
    asks_to_sign_in(theirs)
    theirs.reload()
    asks_to_sign_in(theirs)
