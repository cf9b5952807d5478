"""Foundation: accounts, sites, counsellors, people up to inclusion, counts, and the trail of it all."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from data.reference.load import partners, regions_and_departments
from lib.db.migrate import run_sql_beside

revision = "0001"
down_revision = None


def upgrade() -> None:
    run_sql_beside(op.get_bind(), __file__, "roles")
    op.execute("set local role pilote_owner")
    create_tables()
    for part in ("access", "signin", "study"):
        run_sql_beside(op.get_bind(), __file__, part)
    load_reference()
    op.execute("reset role")
    run_sql_beside(op.get_bind(), __file__, "version")


def load_reference() -> None:
    regions, departments = regions_and_departments()
    region = sa.table("region", *map(sa.column, ("code", "name", "overseas", "position")), schema="pilot")
    department = sa.table("department", *map(sa.column, ("code", "name", "region_code")), schema="pilot")
    partner = sa.table("partner", sa.column("name"), schema="pilot")
    op.bulk_insert(region, regions)
    op.bulk_insert(department, departments)
    op.bulk_insert(partner, partners())


def create_tables() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope_id", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.Text(), server_default="fr", nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(role in ('counsellor', 'site_referent', 'partner')) = (scope_id is not null)",
            name=op.f("ck_account_scope_of_role"),
        ),
        sa.CheckConstraint("language in ('fr', 'en')", name=op.f("ck_account_language")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
        schema="access",
    )
    op.create_table(
        "change",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_key", sa.Text(), nullable=False),
        sa.Column("about_person", sa.Boolean(), nullable=False),
        sa.Column("before", JSONB(), nullable=True),
        sa.Column("after", JSONB(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        schema="audit",
    )
    op.create_index(op.f("ix_change_at"), "change", ["at"], unique=False, schema="audit")
    op.create_index(
        op.f("ix_change_table_name_row_key"),
        "change",
        ["table_name", "row_key"],
        unique=False,
        schema="audit",
    )
    op.create_table(
        "denial",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_denial")),
        schema="audit",
    )
    op.create_table(
        "export",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("columns", ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
        schema="audit",
    )
    op.create_table(
        "reveal",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveal")),
        schema="audit",
    )
    op.create_index(
        op.f("ix_reveal_beneficiary_id"), "reveal", ["beneficiary_id"], unique=False, schema="audit"
    )
    op.create_table(
        "flow_count",
        sa.Column("site_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("month_on", sa.Date(), nullable=False),
        sa.Column("furthest", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "site_id", "wave", "month_on", "furthest", "state", "reason", name=op.f("pk_flow_count")
        ),
        schema="pilot",
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("saved", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        schema="pilot",
    )
    op.create_index(op.f("ix_import_batch_digest"), "import_batch", ["digest"], unique=False, schema="pilot")
    op.create_table(
        "inclusion_count",
        sa.Column("site_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("month_on", sa.Date(), nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", "wave", "month_on", "week_on", name=op.f("pk_inclusion_count")),
        schema="pilot",
    )
    op.create_table(
        "partner",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("name", name=op.f("uq_partner_name")),
        schema="pilot",
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        schema="pilot",
    )
    op.create_table(
        "region",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("overseas", sa.Boolean(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
        sa.UniqueConstraint("name", name=op.f("uq_region_name")),
        schema="pilot",
    )
    op.create_table(
        "revision",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("topic", name=op.f("pk_revision")),
        schema="pilot",
    )
    op.create_table(
        "revision_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_event")),
        schema="pilot",
        prefixes=["UNLOGGED"],
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
        schema="pilot",
    )
    op.create_table(
        "submission",
        sa.Column("nonce", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("nonce", name=op.f("pk_submission")),
        schema="pilot",
    )
    op.create_table(
        "account_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("by_account_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["access.account.id"], name=op.f("fk_account_event_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_event")),
        schema="access",
    )
    op.create_index(
        op.f("ix_account_event_account_id"), "account_event", ["account_id"], unique=False, schema="access"
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose in ('invite', 'reset')", name=op.f("ck_invitation_purpose")),
        sa.ForeignKeyConstraint(["account_id"], ["access.account.id"], name=op.f("fk_invitation_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
        schema="access",
    )
    op.create_index(
        op.f("ix_invitation_account_id"), "invitation", ["account_id"], unique=False, schema="access"
    )
    op.create_table(
        "session",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_hash", sa.LargeBinary(), nullable=True),
        sa.Column("ticket_expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("browser", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["access.account.id"], name=op.f("fk_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("ticket_hash", name=op.f("uq_session_ticket_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
        schema="access",
    )
    op.create_index(op.f("ix_session_account_id"), "session", ["account_id"], unique=False, schema="access")
    op.create_table(
        "counsellor",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), server_default="", nullable=False),
        sa.Column("region_code", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_key", sa.Text(), nullable=False),
        sa.Column("practice_hours", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("volunteer_since", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("practice_hours >= 0", name=op.f("ck_counsellor_practice_hours")),
        sa.ForeignKeyConstraint(
            ["region_code"], ["pilot.region.code"], name=op.f("fk_counsellor_region_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counsellor")),
        sa.UniqueConstraint("email_key", name=op.f("uq_counsellor_email_key")),
        schema="pilot",
    )
    op.create_index(
        op.f("ix_counsellor_region_code"), "counsellor", ["region_code"], unique=False, schema="pilot"
    )
    op.create_table(
        "department",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_code"], ["pilot.region.code"], name=op.f("fk_department_region_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_department")),
        sa.UniqueConstraint("name", name=op.f("uq_department_name")),
        schema="pilot",
    )
    op.create_index(
        op.f("ix_department_region_code"), "department", ["region_code"], unique=False, schema="pilot"
    )
    op.create_table(
        "plan_point",
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("inclusions", sa.Integer(), nullable=False),
        sa.CheckConstraint("inclusions >= 0", name=op.f("ck_plan_point_inclusions")),
        sa.ForeignKeyConstraint(["plan_id"], ["pilot.plan.id"], name=op.f("fk_plan_point_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "on_date", name=op.f("pk_plan_point")),
        schema="pilot",
    )
    op.create_table(
        "site",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), server_default="", nullable=False),
        sa.Column("department_code", sa.Text(), nullable=True),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("opening_on", sa.Date(), nullable=True),
        sa.Column("referent_name", sa.Text(), server_default="", nullable=False),
        sa.Column("referent_email", sa.Text(), server_default="", nullable=False),
        sa.Column("agreement_signed_on", sa.Date(), nullable=True),
        sa.Column("referent_named_on", sa.Date(), nullable=True),
        sa.Column("staff_briefed_on", sa.Date(), nullable=True),
        sa.Column("material_delivered_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), server_default="prospect", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("target >= 0", name=op.f("ck_site_target")),
        sa.ForeignKeyConstraint(
            ["department_code"], ["pilot.department.code"], name=op.f("fk_site_department_code")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["pilot.region.code"], name=op.f("fk_site_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("name_key", name=op.f("uq_site_name_key")),
        schema="pilot",
    )
    op.create_index(
        op.f("ix_site_department_code"), "site", ["department_code"], unique=False, schema="pilot"
    )
    op.create_index(op.f("ix_site_region_code"), "site", ["region_code"], unique=False, schema="pilot")
    op.create_table(
        "beneficiary",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=False),
        sa.Column("birth_year", sa.SmallInteger(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("employment", sa.Text(), nullable=True),
        sa.Column("source_key", sa.LargeBinary(), nullable=True),
        sa.Column("source_digest", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("state_since", sa.Date(), nullable=True),
        sa.Column("seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("furthest", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("recontact_on", sa.Date(), nullable=True),
        sa.Column("informed_on", sa.Date(), nullable=True),
        sa.Column("included_on", sa.Date(), nullable=True),
        sa.CheckConstraint("code ~ '^BC-[2345679ACDEFHJKMNPRTWXY]{4,8}$'", name=op.f("ck_beneficiary_code")),
        sa.CheckConstraint("birth_year between 1900 and 2100", name=op.f("ck_beneficiary_birth_year")),
        sa.ForeignKeyConstraint(["site_id"], ["pilot.site.id"], name=op.f("fk_beneficiary_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beneficiary")),
        sa.UniqueConstraint("code", name=op.f("uq_beneficiary_code")),
        sa.UniqueConstraint("source_key", name=op.f("uq_beneficiary_source_key")),
        schema="pilot",
    )
    op.create_index(
        op.f("ix_beneficiary_included_on"),
        "beneficiary",
        ["included_on"],
        unique=False,
        schema="pilot",
        postgresql_where=sa.text("included_on is not null"),
    )
    op.create_index(
        op.f("ix_beneficiary_referred_on_id"),
        "beneficiary",
        ["referred_on", "id"],
        unique=False,
        schema="pilot",
    )
    op.create_index(
        op.f("ix_beneficiary_site_id_state"),
        "beneficiary",
        ["site_id", "state"],
        unique=False,
        schema="pilot",
    )
    op.create_index(
        "ix_beneficiary_waiting",
        "beneficiary",
        ["state", "state_since"],
        unique=False,
        schema="pilot",
        postgresql_where=sa.text("state in ('identified', 'screening', 'eligible', 'informed', 'deferred')"),
    )
    op.create_table(
        "site_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=True),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["pilot.site.id"], name=op.f("fk_site_event_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_event")),
        schema="pilot",
    )
    op.create_index(
        op.f("ix_site_event_site_id_effective_on"),
        "site_event",
        ["site_id", "effective_on"],
        unique=False,
        schema="pilot",
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("form_version", sa.Text(), server_default="", nullable=False),
        sa.Column("recipient", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["pilot.beneficiary.id"], name=op.f("fk_consent_beneficiary_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        schema="pilot",
    )
    op.create_index(
        op.f("ix_consent_beneficiary_id_kind"),
        "consent",
        ["beneficiary_id", "kind"],
        unique=False,
        schema="pilot",
    )
    op.create_table(
        "state_event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=True),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=True),
        sa.Column("recontact_on", sa.Date(), nullable=True),
        sa.Column("note_version", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["pilot.beneficiary.id"], name=op.f("fk_state_event_beneficiary_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_event")),
        sa.UniqueConstraint("beneficiary_id", "seq", name=op.f("uq_state_event_beneficiary_id_seq")),
        schema="pilot",
    )
    op.create_table(
        "identity",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["pilot.beneficiary.id"], name=op.f("fk_identity_beneficiary_id")
        ),
        sa.PrimaryKeyConstraint("beneficiary_id", name=op.f("pk_identity")),
        schema="vault",
    )
    op.create_table(
        "trace",
        sa.Column("beneficiary_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["beneficiary_id"], ["pilot.beneficiary.id"], name=op.f("fk_trace_beneficiary_id")
        ),
        sa.PrimaryKeyConstraint("beneficiary_id", "kind", name=op.f("pk_trace")),
        schema="vault",
    )
    op.create_index(op.f("ix_trace_digest"), "trace", ["digest"], unique=False, schema="vault")
