"""Write the invented pilot in one transaction: by COPY, chunk after chunk, so that memory stays bounded."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy import URL

from data.reference.load import regions_and_departments
from lib.access import Role
from lib.db.owner import working_as_owner
from lib.manage.demo.cast import (
    ACCOUNTS,
    BIRDS,
    COUNSELLOR_REGIONS,
    FIRST_NAMES,
    SMALL_ENOUGH,
    SiteSketch,
    sites_for,
)
from lib.manage.demo.chunk import Chunk, Codes
from lib.manage.demo.people import MAIN_WAVE_DAYS_AGO, people
from lib.pilot.rules import DEMO, MAIN_WAVE_FROM
from lib.refusal import Refusal
from lib.sheets.text import key
from lib.sites.rules import REASON_NEEDED, Step

CHUNK = 5_000
DEFAULT_PEOPLE, DEFAULT_SEED = 150, 2041
PASSPHRASE_HASH = "$2b$12$pmLIluLsuKK2oDSNZnpyE.LJ15xSHxtUMgQdAVTC2CKMm/HUmAQ8a"  # noqa: S105  # of DEMO_PASSPHRASE, public on purpose; made once, for it takes 0.3 s
Progress = Callable[[int], None]
Connection = psycopg.Connection[Any]


class NotEmpty(Refusal):
    """A demonstration never mixes with what somebody entered."""

    text = (
        "Cette base contient déjà des comptes ou des sites : les données de démonstration n'y seront pas ajoutées. "
        "Utilisez une base vide, ou un autre dossier avec PILOTE_HOME."
    )


@dataclass(frozen=True)
class Filled:
    """What was written."""

    sites: int
    counsellors: int
    people: int
    identities: int


def is_empty(connection: Connection) -> bool:
    """Whether nobody has an account here and no site is known."""
    row = connection.execute(
        "select not exists (select from access.account) and not exists (select from pilot.site)"
    ).fetchone()
    return bool(row and row[0])


def fill(
    url: URL | str,
    today: date,
    number: int = DEFAULT_PEOPLE,
    seed: int = DEFAULT_SEED,
    progress: Progress | None = None,
) -> Filled:
    """Write the pilot of this seed; raises NotEmpty. Names are given to people up to 9,999 of them only."""
    sites = sites_for(number)
    with working_as_owner(url) as connection:
        connection.execute("select pg_advisory_xact_lock(7345003)")
        if not is_empty(connection):
            raise NotEmpty
        _accounts(connection, today)
        _sites(connection, sites, today)
        _counsellors(connection, today, Random(seed))
        _plan(connection, today, number)
        named = _people(connection, (sites, today, number, seed), progress)
        connection.execute(
            "analyze pilot.beneficiary, pilot.state_event, pilot.flow_count, pilot.inclusion_count"
        )
    return Filled(len(sites), len(BIRDS), number, named)


def copy(connection: Connection, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    """Send rows by COPY to a passing table and from there on: PostgreSQL takes no COPY where rows are protected."""
    stage = "pg_temp." + table.replace(".", "_")
    made = f"create temp table {stage} on commit drop as select {columns} from {table} with no data"  # noqa: S608
    connection.execute(made)
    with connection.cursor().copy(f"copy {stage} ({columns}) from stdin") as target:
        for row in rows:
            target.write_row(row)
    connection.execute(f"insert into {table} ({columns}) select {columns} from {stage}")  # noqa: S608
    connection.execute(f"drop table {stage}")


def _accounts(connection: Connection, today: date) -> None:
    """The seven accounts; whatever follows is written in the name of the first one, coordination."""
    scopes = {Role.COUNSELLOR: 1, Role.SITE_REFERENT: 1, Role.PARTNER: 1}
    copy(
        connection,
        "access.account",
        "id, login, name, role, scope_id, password_hash, password_set_at",
        [
            (n, login, name, role.value, scopes.get(role), PASSPHRASE_HASH, today)
            for n, (login, name, role) in enumerate(ACCOUNTS, 1)
        ],
    )
    _continue_after(connection, "access.account")
    connection.execute(
        "select set_config('pilote.uid', '1', true), set_config('pilote.role', 'coordinator', true)"
    )


def _sites(connection: Connection, sites: Sequence[SiteSketch], today: date) -> None:
    region_of = {row["code"]: row["region_code"] for row in regions_and_departments()[1]}
    copy(
        connection,
        "pilot.site",
        "id, name, name_key, kind, city, department_code, region_code, target, opening_on, referent_name, "
        "referent_email, agreement_signed_on, referent_named_on, staff_briefed_on, material_delivered_on, state",
        [_site_row(n, site, region_of[site.department], today) for n, site in enumerate(sites, 1)],
    )
    copy(
        connection,
        "pilot.site_event",
        "site_id, from_state, to_state, effective_on, account_id, reason",
        [row for n, site in enumerate(sites, 1) for row in _story_rows(n, site, today)],
    )
    _continue_after(connection, "pilot.site")


def _site_row(n: int, site: SiteSketch, region: str, today: date) -> tuple[object, ...]:
    spans, done = site.open_spans(today), site.steps_done(today)
    steps = [done.get(step) for step in Step]
    known = bool(done)
    return (
        *(n, site.name, key(site.name), site.kind.value, site.city, site.department, region, site.target),
        spans[0][0] if spans else None,
        f"{FIRST_NAMES[n % len(FIRST_NAMES)]} {BIRDS[n % len(BIRDS)]}" if known else "",
        f"reference{n}@example.org" if known else "",
        *steps,
        site.state.value,
    )


def _story_rows(n: int, site: SiteSketch, today: date) -> Iterable[tuple[object, ...]]:
    before = None
    for ago, state in site.story:
        reason = "Exemple de motif" if state in REASON_NEEDED else ""
        yield (n, before, state.value, today - timedelta(days=ago), 1, reason)
        before = state.value


def _counsellors(connection: Connection, today: date, random: Random) -> None:
    rows = []
    for n, (bird, region) in enumerate(zip(BIRDS, COUNSELLOR_REGIONS, strict=True), 1):
        email = f"{key(FIRST_NAMES[n - 1])}.{key(bird)}@example.org"
        since = today - timedelta(days=random.randint(30, 300))
        organisation = f"Cabinet {'ABCDEFG'[n % 7]} (exemple)"
        hours = random.randint(200, 4000)
        rows.append((n, bird, FIRST_NAMES[n - 1], organisation, region, email, email, hours, since))
    columns = "id, last_name, first_name, organisation, region_code, email, email_key, practice_hours, volunteer_since"
    copy(connection, "pilot.counsellor", columns, rows)
    _continue_after(connection, "pilot.counsellor")


def _plan(connection: Connection, today: date, number: int) -> None:
    """Twenty inclusions when the main wave begins, a hundred at the end; a larger pilot is planned in proportion."""
    scale = max(1, round(number / DEFAULT_PEOPLE))
    main_wave = today - timedelta(days=MAIN_WAVE_DAYS_AGO)
    points = [
        (today - timedelta(days=273), 0),
        (main_wave, 20 * scale),
        (today + timedelta(days=320), 100 * scale),
    ]
    copy(
        connection,
        "pilot.setting",
        "name, value",
        [(DEMO, Jsonb(True)), (MAIN_WAVE_FROM, Jsonb(main_wave.isoformat()))],
    )
    copy(connection, "pilot.plan", "id, made_by, reason", [(1, 1, "Plan de la démonstration")])
    _continue_after(connection, "pilot.plan")
    copy(connection, "pilot.plan_point", "plan_id, on_date, inclusions", [(1, on, n) for on, n in points])


def _people(
    connection: Connection, asked: tuple[Sequence[SiteSketch], date, int, int], progress: Progress | None
) -> int:
    """Write everybody; returns how many names were sealed."""
    sites, today, number, seed = asked
    crowd = people(number, sites, today, Random(seed))
    codes, named, written = Codes(number, Random(f"codes {seed}")), 0, 0
    while some := list(islice(crowd, CHUNK)):
        chunk = Chunk(some, written + 1, codes, with_names=number <= SMALL_ENOUGH)
        for table, columns, rows in chunk.tables():
            copy(connection, table, columns, rows)
        named += chunk.named
        written += len(some)
        if progress is not None:
            progress(written)
    _continue_after(connection, "pilot.beneficiary")
    return named


def _continue_after(connection: Connection, table: str) -> None:
    """Ids were given here; the next ones follow them."""
    connection.execute(
        f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table}))"  # noqa: S608
    )
