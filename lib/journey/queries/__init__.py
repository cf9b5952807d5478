"""What the screens read of people: never a name, which only a reveal shows."""

from lib.journey.queries.people import (
    COUNTED,
    PAGE,
    Cursor,
    PeopleFilter,
    PersonRow,
    count_people,
    oriented_months,
    people,
)
from lib.journey.queries.person import ConsentRow, EventRow, PersonDetail, consents, events, person

__all__ = [
    "COUNTED",
    "PAGE",
    "ConsentRow",
    "Cursor",
    "EventRow",
    "PeopleFilter",
    "PersonDetail",
    "PersonRow",
    "consents",
    "count_people",
    "events",
    "oriented_months",
    "people",
    "person",
]
