"""The table of sites on the recruitment page, when there are more of them than one reads at a glance."""

from sqlalchemy import Engine, text

from lib.access import Role
from lib.ui.parts.recruitment import SITES_SHOWN
from tests.pages.conftest import OpenPage
from tests.pages.tables import tables

PAGE = "pages/recruitment/overview.py"
MORE = """
insert into pilot.site (name, name_key, kind, city, region_code)
select 'Zone ' || n, 'zone ' || n, kind, city, region_code from pilot.site, generate_series(1, :more) n where id = 1
"""


def test_the_first_sites_and_all_of_them_when_asked_for(
    demo: object, owner: Engine, open_page: OpenPage
) -> None:
    with owner.begin() as connection:
        connection.execute(text(MORE), {"more": SITES_SHOWN})
        n = int(connection.scalar(text("select count(*) from pilot.site")) or 0)

    app = open_page(Role.COORDINATOR, PAGE)
    assert len(tables(app)[-1]["Site"]) == SITES_SHOWN
    asked = app.toggle(key="all-sites")
    assert asked.label == f"Afficher tous les sites ({n})"
    asked.set_value(True).run()
    assert not app.exception
    assert len(tables(app)[-1]["Site"]) == n
