"""The declarative base and the column types that all tables share."""

from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import BigInteger, Dialect, Identity, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Parent of every table of the product."""

    metadata = MetaData(naming_convention=NAMING)


class Code(TypeDecorator[StrEnum]):
    """An enum kept as its code in a text column, so that a dump stays readable."""

    impl = Text
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        return None if value is None else self.enum(value)


Key = Annotated[int, mapped_column(BigInteger, Identity(always=False), primary_key=True)]
