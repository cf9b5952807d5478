"""What the recruitment page reads: counts for the figures, twenty people at most for each list."""

from lib.recruitment.queries.figures import (
    SiteLine,
    Week,
    flow,
    sites,
    weekly_inclusions,
)
from lib.recruitment.queries.tasks import LIST_LENGTH, Task, TaskCount, TaskLine, task_counts, task_list

__all__ = [
    "LIST_LENGTH",
    "SiteLine",
    "Task",
    "TaskCount",
    "TaskLine",
    "Week",
    "flow",
    "sites",
    "task_counts",
    "task_list",
    "weekly_inclusions",
]
