"""What the recruitment page reads: counts for the figures, twenty people at most for each list."""

from lib.recruitment.queries.figures import (
    SiteLine,
    SiteName,
    Week,
    flow,
    site_names,
    sites,
    weekly_inclusions,
)
from lib.recruitment.queries.tasks import LIST_LENGTH, Task, TaskCount, TaskLine, task_counts, task_list

__all__ = [
    "LIST_LENGTH",
    "SiteLine",
    "SiteName",
    "Task",
    "TaskCount",
    "TaskLine",
    "Week",
    "flow",
    "site_names",
    "sites",
    "task_counts",
    "task_list",
    "weekly_inclusions",
]
