"""What the recruitment page reads: counts for the figures, twenty people at most for each list."""

from datetime import date
from functools import lru_cache

from lib.db import Query
from lib.pilot.queries import plan_in_force
from lib.pilot.rules import Point
from lib.recruitment.queries.figures import (
    SiteLine,
    Week,
    flow,
    sites,
    weekly_inclusions,
)
from lib.recruitment.queries.tasks import LIST_LENGTH, Task, TaskCount, TaskLine, task_counts, task_list
from lib.recruitment.rules import Count, Filters

Overview = tuple[Query[Point], Query[Count], Query[Week], Query[SiteLine], Query[TaskCount], Query[TaskLine]]


@lru_cache(64)
def overview(filters: Filters, today: date) -> Overview:
    """Everything that the recruitment page shows, for one round trip; kept, for live pages ask again and again."""
    return (
        plan_in_force(),
        flow(filters),
        weekly_inclusions(filters),
        sites(filters, today),
        task_counts(filters, today),
        task_list(filters, today),
    )


__all__ = [
    "LIST_LENGTH",
    "SiteLine",
    "Task",
    "TaskCount",
    "TaskLine",
    "Week",
    "flow",
    "overview",
    "sites",
    "task_counts",
    "task_list",
    "weekly_inclusions",
]
