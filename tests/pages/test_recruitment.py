"""The recruitment page: each role, empty, filled, filtered, one decision and one refusal."""

from datetime import date

import pytest
from sqlalchemy import Engine, text

from lib.access import Role
from lib.i18n.typography import typeset
from lib.journey.rules import Reason, State
from tests.pages.conftest import OpenPage
from tests.pages.tables import tables

PAGE = "pages/recruitment/overview.py"


def shown(app: object, kind: str) -> list[str]:
    return [str(element.value) for element in app.get(kind)]  # type: ignore[attr-defined]  # AppTest


@pytest.mark.parametrize(
    "role", [Role.TRAINER, Role.COUNSELLOR, Role.SITE_REFERENT, Role.PARTNER, Role.ADMIN]
)
def test_other_roles_do_not_have_the_page(database: object, open_page: OpenPage, role: Role) -> None:
    with pytest.raises(ValueError, match="overview"):
        open_page(role, PAGE)


def test_before_anything_is_there_it_says_where_to_begin(database: object, open_page: OpenPage) -> None:
    app = open_page(Role.COORDINATOR, PAGE)
    assert any("Importez vos tableaux" in text for text in shown(app, "markdown"))
    assert not app.metric


def test_coordination_sees_what_needs_doing_and_the_plan(demo: object, open_page: OpenPage) -> None:
    app = open_page(Role.COORDINATOR, PAGE)

    assert [metric.value for metric in app.metric] == ["150", "118", "97", "41"]
    assert [tab.label.split(typeset(" :"))[0] for tab in app.tabs][:3] == [
        "À informer",
        "À recontacter",
        "En attente depuis plus de 14 jours",
    ]
    assert any("4 de moins que prévu à cette date" in text for text in shown(app, "caption"))
    assert any(typeset("Vague test : 20 sur 20") in text for text in shown(app, "caption"))


def test_evaluation_sees_no_lists_and_no_small_groups(demo: object, open_page: OpenPage) -> None:
    app = open_page(Role.EVALUATOR, PAGE)

    assert len(app.metric) == 4
    assert not any("À faire" in text for text in shown(app, "header"))
    sites = tables(app)[-1]
    numbers = [cell for name in ("Orientées", "Éligibles", "Incluses") for cell in sites[name]]
    assert "–" in numbers
    assert all(cell == "–" or int(cell) >= 5 for cell in numbers)


def test_too_few_people_for_evaluation_shows_nothing(
    demo: object, owner: Engine, open_page: OpenPage
) -> None:
    with owner.connect() as connection:
        site = connection.scalar(
            text("select site_id from pilot.beneficiary group by 1 having count(*) < 5 order by 1 limit 1")
        )
    app = open_page(Role.EVALUATOR, PAGE, site=site)
    assert not app.metric
    assert any("Trop peu de personnes" in text for text in shown(app, "info"))


def test_a_filter_of_the_address_is_applied_and_says_so(
    demo: object, owner: Engine, open_page: OpenPage
) -> None:
    app = open_page(Role.COORDINATOR, PAGE, site="2", wave="test")
    with owner.connect() as connection:
        n = connection.scalar(
            text("select count(*) from pilot.beneficiary where site_id = 2 and wave = 'test'")
        )
    assert app.metric[0].value == str(n)
    assert not any("prévu à cette date" in text for text in shown(app, "caption"))


def test_an_address_that_makes_no_sense_shows_everything(demo: object, open_page: OpenPage) -> None:
    app = open_page(Role.COORDINATOR, PAGE, site="x'; drop", wave="third", period="hier")
    assert app.metric[0].value == "150"


def test_a_decision_is_recorded_from_the_list(demo: object, owner: Engine, open_page: OpenPage) -> None:
    app = open_page(Role.COORDINATOR, PAGE)
    chosen = app.selectbox(key="decide-to_inform")
    code = chosen.options[0].split(" ")[0]
    chosen.select(code).run()
    app.radio[-1].set_value(State.NOT_APPROACHED).run()
    app.radio[-1].set_value(Reason.FORGOTTEN).run()
    next(button for button in app.button if "Enregistrer cette étape" in button.label).click().run()

    assert not app.exception
    with owner.connect() as connection:
        state = connection.scalar(
            text("select state from pilot.beneficiary where code = :code"), {"code": code}
        )
    assert state == "not_approached"
    assert code not in " ".join(app.selectbox(key="decide-to_inform").options)


def test_the_path_tab_shows_losses_with_their_reasons(demo: object, open_page: OpenPage) -> None:
    app = open_page(Role.COORDINATOR, PAGE)
    app.session_state["parts"] = "Parcours et sorties"
    app.run()
    losses = tables(app)[-1]
    assert "Refus" in set(losses["Issue"])
    assert all(int(cell) > 0 for cell in losses["Personnes"])


def test_a_plan_without_a_reason_is_refused_and_stays_typed(
    demo: object, owner: Engine, open_page: OpenPage
) -> None:
    app = open_page(Role.COORDINATOR, PAGE)
    app.session_state["plan"] = True
    app.run()
    next(button for button in app.button if button.label == "Enregistrer ce plan").click().run()

    assert any("pourquoi ce plan" in text for text in shown(app, "error"))
    with owner.connect() as connection:
        assert connection.scalar(text("select count(*) from pilot.plan")) == 1


def test_the_main_wave_begins_when_coordination_says_so(
    demo: object, open_page: OpenPage, owner: Engine
) -> None:
    app = open_page(Role.COORDINATOR, PAGE)
    app.session_state["plan"] = True
    app.run()
    next(field for field in app.date_input if "vague principale" in field.label).set_value(date(2026, 9, 1))
    next(button for button in app.button if button.label == "Enregistrer cette date").click().run()

    assert not app.exception
    with owner.connect() as connection:
        value = connection.scalar(
            text("select value #>> '{}' from pilot.setting where name = 'main_wave_from'")
        )
    assert value == "2026-09-01"
