"""One person's page: the identity behind a reason, and codes of nobody."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from lib.i18n import _ as fr
from lib.journey.rules.codes import new_code
from tests.journeys.application import App
from tests.journeys.gestures import audit_part, heading, links_of_table, said, settle, unfold

REASON = "rappel demandé par la personne"


def test_an_identity_is_shown_for_a_reason_and_listed(app: App, enter: Callable[..., Page]) -> None:
    page = enter(path="/personnes")
    link = links_of_table(page)[0]
    code = link.split("=")[1]
    page.goto(app.url + link)
    expect(heading(page, code)).to_be_visible()
    settle(page)
    part = unfold(page, fr("Voir l'identité"))
    part.get_by_role("button", name=fr("Afficher l'identité")).click()
    expect(part.get_by_test_id("stAlert")).to_be_visible()
    expect(part.get_by_text(re.compile("^Téléphone|^Courriel"))).to_have_count(0)
    part.get_by_label(fr("Pourquoi en avez-vous besoin ?")).fill(REASON)
    part.get_by_role("button", name=fr("Afficher l'identité")).click()
    expect(part.get_by_text(re.compile("^Téléphone|^Courriel")).first).to_be_visible()

    page.goto(app.url + "/journal")
    audit_part(page, fr("Identités montrées"))
    row = page.locator(".pilote-table").locator("tr").filter(has_text=REASON).filter(has_text=code)
    expect(row.first).to_be_visible()


def test_a_guessed_code_of_nobody_is_not_found_and_logged(app: App, enter: Callable[..., Page]) -> None:
    page = enter(path="/personnes")
    known = {link.split("=")[1] for link in links_of_table(page)}
    nobody = next(code for code in iter(new_code, "") if code not in known)
    page.goto(f"{app.url}/personne?code={nobody}")
    said(page, fr("Cet élément n'existe pas, ou vous n'y avez pas accès."))
    expect(page.get_by_role("heading", name=nobody)).to_have_count(0)
    admin = enter("admin@demo", "/journal")
    audit_part(admin, "Refus")
    said(admin, f"person {nobody}")
