"""The people pages as each role opens them: list, one person, orientation."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, text
from streamlit.testing.v1 import AppTest

from lib import config
from lib.access import Actor, Role
from lib.db import acting_as
from lib.journey.commands import (
    NewPerson,
    OrientPerson,
    RecordConsent,
    RecordDecision,
    Written,
    orient_person,
    record_consent,
    record_decision,
    write_people,
)
from lib.journey.rules import Answer, ConsentKind, Identity, Reason, State, Step, Wave
from lib.sheets.text import key
from lib.sites.models import Site
from lib.sites.rules import Kind
from tests.pages.tables import tables

LIST, PERSON, ORIENT = "pages/people/list.py", "pages/people/person.py", "pages/people/orient.py"
DAY = date(2026, 1, 12)
ZOE = Identity("Delaunay", "Zoé", "0612345678", "zoe@exemple.fr")
OpenPage = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = replace(config.settings(), home=tmp_path / "home", identity_keys=None)
    monkeypatch.setattr("lib.journey.commands.sealing.settings", lambda: chosen)


@pytest.fixture
def sites(database: object, owner: Engine) -> list[int]:
    names = ("CH du Parc", "CHU Les Tilleuls")
    rows = [{"name": name, "name_key": key(name), "kind": Kind.CH, "region_code": "84"} for name in names]
    with owner.begin() as connection:
        connection.execute(insert(Site), rows)
        return list(connection.scalars(select(Site.id).order_by(Site.id)))


@pytest.fixture
def zoe(sites: list[int], coordinator: Actor) -> Written:
    """Somebody oriented by the first site."""
    asked = OrientPerson(sites[0], DAY, birth_year=1980, identity=ZOE)
    with acting_as(coordinator) as db:
        return orient_person(db, coordinator, asked, DAY)


def written(app: AppTest) -> str:
    """All words on the page."""
    parts = [
        app.title,
        app.header,
        app.markdown,
        app.caption,
        app.error,
        app.warning,
        app.info,
        app.success,
    ]
    words = " ".join(str(element.value) for part in parts for element in part)
    cells = " ".join(table.to_string() for table in tables(app))
    return (
        (words + " " + cells)
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
        .replace("’", "'")
        .replace("\\", "")
    )


def widget(kind: Any, label: str) -> Any:
    """The widget with this label."""
    return next(one for one in kind if one.label.replace("\u00a0", " ").replace("’", "'").startswith(label))


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EVALUATOR, Role.SITE_REFERENT])
def test_the_list_shows_code_state_and_next_step(
    zoe: Written, sites: list[int], open_page: OpenPage, role: Role
) -> None:
    shown = written(open_page(role, LIST, scope_id=sites[0] if role is Role.SITE_REFERENT else None))

    assert zoe.code in shown
    assert "Repérage" in shown
    assert "Vérifier l'éligibilité" in shown
    assert "Delaunay" not in shown


def test_a_referent_of_another_site_sees_an_empty_list(
    zoe: Written, sites: list[int], open_page: OpenPage
) -> None:
    shown = written(open_page(Role.SITE_REFERENT, LIST, scope_id=sites[1]))

    assert zoe.code not in shown
    assert "Aucune personne n'est encore enregistrée" in shown


@pytest.mark.parametrize("role", [Role.TRAINER, Role.COUNSELLOR, Role.PARTNER, Role.ADMIN])
@pytest.mark.parametrize("page", [LIST, PERSON, ORIENT])
def test_other_roles_have_none_of_these_pages(
    database: object, open_page: OpenPage, role: Role, page: str
) -> None:
    with pytest.raises(ValueError, match="navigation page"):
        open_page(role, page)


def test_filters_come_from_the_address(zoe: Written, open_page: OpenPage) -> None:
    assert zoe.code in written(open_page(Role.COORDINATOR, LIST, state="identified", q=zoe.code[:4]))
    assert "Personne ne correspond" in written(open_page(Role.COORDINATOR, LIST, state="declined"))


def test_a_filter_chosen_on_screen_holds(zoe: Written, open_page: OpenPage) -> None:
    app = open_page(Role.COORDINATOR, LIST)
    widget(app.selectbox, "État").select("declined").run()

    assert zoe.code not in written(app)


def test_the_list_turns_its_pages_and_a_filter_starts_again(
    sites: list[int], coordinator: Actor, open_page: OpenPage
) -> None:
    group = [
        NewPerson(site_id=sites[n % 2], referred_on=DAY + timedelta(days=n), wave=Wave.TEST)
        for n in range(60)
    ]
    with acting_as(coordinator) as db:
        made = write_people(db, coordinator, group, None)
    app = open_page(Role.COORDINATOR, LIST)
    first = written(app)
    assert "60 personnes" in first
    assert (made[59].code in first, made[0].code in first) == (True, False)

    widget(app.button, "Personnes suivantes").click().run()
    second = written(app)
    assert (made[59].code in second, made[0].code in second) == (False, True)

    widget(app.selectbox, "Site").select(str(sites[1])).run()
    assert "30 personnes" in written(app)
    assert made[59].code in written(app)


def test_one_person_without_a_name(zoe: Written, open_page: OpenPage) -> None:
    shown = written(open_page(Role.COORDINATOR, PERSON, code=zoe.code))

    assert f"{zoe.code}" in shown
    assert "CH du Parc" in shown
    assert "Delaunay" not in shown


@pytest.mark.parametrize("code", ["BC-2222", "BC-7K4Z", "'; drop table", "1"])
def test_a_guessed_code_is_not_found_and_logged(
    zoe: Written, owner: Engine, open_page: OpenPage, code: str
) -> None:
    shown = written(open_page(Role.COORDINATOR, PERSON, code=code))

    assert "n'existe pas, ou vous n'y avez pas accès" in shown
    with owner.connect() as connection:
        assert connection.scalar(text("select count(*) from audit.denial where asked like 'person %'")) == 1


def test_a_name_in_the_address_is_not_written_down(zoe: Written, owner: Engine, open_page: OpenPage) -> None:
    open_page(Role.COORDINATOR, PERSON, code="Zoé Delaunay")

    with owner.connect() as connection:
        assert connection.scalar(text("select asked from audit.denial")) == "person by no code"


@pytest.mark.parametrize(("role", "seen"), [(Role.COORDINATOR, True), (Role.EVALUATOR, False)])
def test_evaluation_reads_no_free_words(
    zoe: Written, coordinator: Actor, open_page: OpenPage, role: Role, seen: bool
) -> None:
    step = Step(State.SCREENING, DAY, note="rappeler sa soeur Aline")
    with acting_as(coordinator) as db:
        record_decision(db, coordinator, RecordDecision(zoe.id, 1, step), DAY)

    assert ("Aline" in written(open_page(role, PERSON, code=zoe.code))) is seen


def test_another_site_s_person_reads_like_a_guessed_code(
    zoe: Written, sites: list[int], owner: Engine, open_page: OpenPage
) -> None:
    shown = written(open_page(Role.SITE_REFERENT, PERSON, scope_id=sites[1], code=zoe.code))

    assert "n'existe pas, ou vous n'y avez pas accès" in shown
    assert "Repérage" not in shown
    with owner.connect() as connection:
        assert connection.scalar(text("select count(*) from audit.denial where asked like 'person %'")) == 1


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.SITE_REFERENT])
def test_who_may_not_decide_is_asked_nothing(
    zoe: Written, sites: list[int], open_page: OpenPage, role: Role
) -> None:
    app = open_page(role, PERSON, scope_id=sites[0] if role is Role.SITE_REFERENT else None, code=zoe.code)

    assert "Prochaine étape" not in written(app)
    assert "Voir l'identité" not in [one.label.replace("’", "'") for one in app.expander]
    assert not app.radio


def decided(app: AppTest, to: State) -> AppTest:
    widget(app.radio, "Que s'est-il passé").set_value(to).run()
    return app


def test_a_decision_is_recorded_and_said(zoe: Written, open_page: OpenPage) -> None:
    app = decided(open_page(Role.COORDINATOR, PERSON, code=zoe.code), State.SCREENING)
    widget(app.button, "Enregistrer cette étape").click().run()

    assert not app.exception
    assert "Éligibilité en cours" in written(app)
    assert widget(app.radio, "Que s'est-il passé").value is None
    assert any(zoe.code in toast.value for toast in app.toast)


def test_only_legal_next_states_are_offered(zoe: Written, open_page: OpenPage) -> None:
    app = open_page(Role.COORDINATOR, PERSON, code=zoe.code)

    assert widget(app.radio, "Que s'est-il passé").options == [
        "Commencer à vérifier l’éligibilité",
        "L’information n’a pas été proposée",
        "C’est un doublon",
        "La personne se retire",
        "La personne est décédée",
    ]


def test_a_missing_reason_is_refused_and_the_form_stays(zoe: Written, open_page: OpenPage) -> None:
    app = decided(open_page(Role.COORDINATOR, PERSON, code=zoe.code), State.NOT_APPROACHED)
    widget(app.button, "Enregistrer cette étape").click().run()

    assert "Choisissez un motif" in written(app)
    assert widget(app.radio, "Que s'est-il passé").value is State.NOT_APPROACHED


def test_an_inclusion_asks_the_five_consents(zoe: Written, coordinator: Actor, open_page: OpenPage) -> None:
    steps = [
        Step(State.SCREENING, DAY),
        Step(State.ELIGIBLE, DAY),
        Step(State.INFORMED, DAY, note_version="1"),
    ]
    with acting_as(coordinator) as db:
        for seq, step in enumerate(steps, start=1):
            record_decision(db, coordinator, RecordDecision(zoe.id, seq, step), DAY)
    app = decided(open_page(Role.COORDINATOR, PERSON, code=zoe.code), State.CONSENTED)
    widget(app.button, "Enregistrer cette étape").click().run()
    assert "Une inclusion demande l'accord" in written(app)

    for label in ("Réalisation", "Étude", "Contact", "Conservation", "Transmission"):
        widget(app.radio, label).set_value(Answer.GIVEN)
    app.run()
    widget(app.button, "Enregistrer cette étape").click().run()

    assert "Inclusion" in written(app)
    assert "Étude d'évaluation : **Accord le" in written(app)


def test_somebody_else_s_decision_meanwhile_is_shown_beside_one_s_own(
    zoe: Written, coordinator: Actor, open_page: OpenPage
) -> None:
    app = decided(open_page(Role.COORDINATOR, PERSON, code=zoe.code), State.SCREENING)
    other = Step(State.NOT_APPROACHED, DAY, Reason.FORGOTTEN)
    with acting_as(coordinator) as db:
        record_decision(db, coordinator, RecordDecision(zoe.id, 1, other), DAY)
    widget(app.button, "Enregistrer cette étape").click().run()

    shown = written(app)
    assert "Une autre personne a enregistré" in shown
    assert "Version enregistrée : « Sans proposition » le 12/01/2026" in shown
    assert "Votre saisie : « Éligibilité en cours »" in shown


def test_an_identity_is_shown_for_that_run_only(zoe: Written, owner: Engine, open_page: OpenPage) -> None:
    app = open_page(Role.COORDINATOR, PERSON, code=zoe.code)
    widget(app.text_input, "Pourquoi").set_value("non")
    widget(app.button, "Afficher l'identité").click().run()
    assert "Indiquez en quelques mots" in written(app)

    widget(app.text_input, "Pourquoi").set_value("rappeler la personne")
    widget(app.button, "Afficher l'identité").click().run()
    assert "Zoé Delaunay" in written(app)

    app.run()
    assert "Delaunay" not in written(app)
    with owner.connect() as connection:
        assert connection.scalars(text("select reason from audit.reveal")).all() == ["rappeler la personne"]


def filled(app: AppTest, **texts: str) -> AppTest:
    for label, value in texts.items():
        widget(app.text_input, label).set_value(value)
    return app


def test_a_referent_orients_and_gets_the_code(sites: list[int], owner: Engine, open_page: OpenPage) -> None:
    app = filled(open_page(Role.SITE_REFERENT, ORIENT, scope_id=sites[0]), Prénom="Zoé", Nom="Delaunay")
    widget(app.number_input, "Année").set_value(1980)
    widget(app.button, "Orienter cette personne").click().run()

    assert re.search(r"Code de la personne : \*\*BC-[2-9A-Z]{4}\*\*", written(app))
    assert widget(app.text_input, "Nom").value == ""
    with owner.connect() as connection:
        found = connection.execute(text("select site_id, state from pilot.beneficiary")).one()
    assert tuple(found) == (sites[0], "identified")


def test_somebody_alike_is_asked_about_and_then_saved(
    zoe: Written, owner: Engine, sites: list[int], open_page: OpenPage
) -> None:
    app = filled(open_page(Role.COORDINATOR, ORIENT), Prénom="zoe", Nom="DELAUNAY")
    widget(app.number_input, "Année").set_value(1980)
    widget(app.selectbox, "Site").set_value(sites[1])
    widget(app.button, "Orienter cette personne").click().run()

    assert f"déjà connue : même nom, prénom et année de naissance ({zoe.code})" in written(app)
    assert widget(app.text_input, "Nom").value == "DELAUNAY"
    with owner.connect() as connection:
        assert connection.scalar(text("select asked from audit.denial")) == "somebody alike: name"

    widget(app.checkbox, "J'ai vérifié").check()
    widget(app.button, "Orienter cette personne").click().run()
    assert "C'est enregistré" in written(app)
    with owner.connect() as connection:
        assert connection.scalar(text("select count(*) from pilot.beneficiary")) == 2


def test_coordination_must_choose_the_site(sites: list[int], open_page: OpenPage) -> None:
    app = filled(open_page(Role.COORDINATOR, ORIENT), Nom="Petit")
    widget(app.button, "Orienter cette personne").click().run()

    assert "Choisissez le site" in written(app)
    assert widget(app.text_input, "Nom").value == "Petit"


def test_a_consent_is_withdrawn_after_saying_what_stops(
    zoe: Written, coordinator: Actor, open_page: OpenPage
) -> None:
    given = RecordConsent(zoe.id, ConsentKind.FOLLOWUP_CONTACT, Answer.GIVEN, DAY)
    with acting_as(coordinator) as db:
        record_consent(db, coordinator, given, DAY)
    app = open_page(Role.COORDINATOR, PERSON, code=zoe.code)
    widget(app.selectbox, "Quel accord").select(ConsentKind.FOLLOWUP_CONTACT).run()
    answer = widget(app.radio, "Que dit la personne")
    assert answer.options == ["Retrait"]

    answer.set_value(Answer.WITHDRAWN).run()
    assert "n'est plus contactée à six mois" in written(app)
    widget(app.button, "Enregistrer cette réponse").click().run()

    assert "Contact à six mois : **Retrait le" in written(app)


def test_signed_out_nothing_is_shown(zoe: Written, open_page: OpenPage) -> None:
    assert zoe.code not in written(open_page(None))
