"""A synthetic pilot, the same for the same seed and day; sites, counsellors, people and accounts are invented."""

from lib.manage.demo.fill import NotEmpty, fill, is_empty

__all__ = ["NotEmpty", "fill", "is_empty"]
