"""Which database the command line works on, and with which rights."""

from sqlalchemy import URL

from lib.config import Settings
from lib.refusal import Refusal

OWN_NAME = "pilote"


class MigrationUrlMissing(Refusal):
    """The application's own role cannot and must not create tables."""

    text = (
        "Il manque MIGRATION_URL : l'adresse de la même base avec un rôle qui peut créer des rôles et des schémas "
        "(sur Supabase : postgres). DATABASE_URL, avec le rôle pilote_app, ne le peut pas et ne doit pas le pouvoir."
    )


def owner_url(chosen: Settings) -> URL | str:
    """The address to migrate and fill with; the embedded server is started, its database made if need be."""
    if chosen.migration_url:
        return chosen.migration_url
    if chosen.database_url:
        raise MigrationUrlMissing
    from lib.db import embedded, migrate  # only where no database is given

    server = embedded.start(chosen.postgres_folder)
    migrate.ensure_database(server.url(), OWN_NAME)
    return server.url(OWN_NAME)
