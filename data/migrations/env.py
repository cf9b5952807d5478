"""Alembic's entry: the connection is handed over by lib.db.migrate, the tables are those of the models."""

from alembic import context

from lib.accounts import models as accounts
from lib.audit import models as audit
from lib.db import tables
from lib.db.base import Base
from lib.journey import models as journey
from lib.pilot import models as pilot
from lib.recruitment import models as recruitment
from lib.sites import models as sites
from lib.training import models as training

OURS = {"pilot", "vault", "pub", "audit", "access"}
DECLARED_IN = (accounts, audit, tables, journey, pilot, recruitment, sites, training)


def include_name(name: str | None, type_: str, _parents: object) -> bool:
    return name in OURS if type_ == "schema" else True


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table_schema="pilot",
    include_schemas=True,
    include_name=include_name,
)
with context.begin_transaction():
    context.run_migrations()
