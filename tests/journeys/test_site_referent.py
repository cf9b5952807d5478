"""A site referent on a phone orients a person in a minute, and sees the people of her own site only."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from lib.i18n import _ as fr
from tests.journeys.gestures import audit_part, choose, code_in, heading, links_of_table, said, settle


def test_a_referent_orients_on_a_phone_and_the_coordinator_finds_the_code(
    enter: Callable[..., Page],
) -> None:
    phone = enter("site@demo", "/orienter", width=390, height=844)
    said(phone, "Hôpital Aurore")
    phone.get_by_label("Prénom", exact=True).fill("Aïcha")
    phone.get_by_label("Nom", exact=True).fill("Delaunay-Roche")
    phone.get_by_label("Année de naissance").fill("1979")
    phone.get_by_label("Téléphone", exact=True).fill("06 39 98 41 07")
    choose(phone, fr("Par qui la personne a-t-elle entendu parler du pilote ?"), "Soins infirmiers")
    phone.get_by_role("button", name=fr("Orienter cette personne")).click()
    answer = phone.get_by_test_id("stAlert").filter(has_text="Code de la personne")
    answer.wait_for()
    code = code_in(answer.inner_text())
    expect(phone.get_by_label("Nom", exact=True)).to_have_value("")

    desk = enter("coordination@demo", "/personnes")
    search = desk.get_by_label("Code", exact=True)
    search.fill(code)
    search.press("Enter")
    desk.locator(".pilote-table").get_by_role("link", name=code).click()
    expect(heading(desk, code)).to_be_visible()
    said(desk, "Hôpital Aurore")


def test_a_referent_sees_the_people_of_her_site_only(enter: Callable[..., Page]) -> None:
    page = enter("site@demo", "/personnes", width=390, height=844)
    own = set(links_of_table(page))
    desk = enter("coordination@demo", "/personnes")
    rows = desk.locator(".pilote-table tbody tr")
    of_her_site = rows.filter(has_text="Hôpital Aurore").locator("a").all()
    assert {link.get_attribute("href") for link in of_her_site} <= own
    assert rows.filter(has_not_text="Hôpital Aurore").count() > 0
    theirs = next(link for link in links_of_table(desk) if link not in own)
    page.goto(page.url.split("/personnes")[0] + theirs)
    settle(page)
    said(page, fr("Cet élément n'existe pas, ou vous n'y avez pas accès."))
    asked = theirs.split("=")[1]
    expect(heading(page, asked)).to_have_count(0)

    admin = enter("admin@demo", "/journal")
    audit_part(admin, "Refus")
    said(admin, f"person {asked}")
