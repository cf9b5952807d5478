"""Roles, permissions, and the table that says which role may do what."""

from enum import StrEnum

from lib.refusal import Labelled


class Role(Labelled):
    """The seven roles of the pilot; each account has exactly one."""

    COORDINATOR = "coordinator", "Coordination"
    TRAINER = "trainer", "Formation"
    COUNSELLOR = "counsellor", "Conseil"
    SITE_REFERENT = "site_referent", "Référence de site"
    EVALUATOR = "evaluator", "Évaluation"
    PARTNER = "partner", "Partenaire"
    ADMIN = "admin", "Administration"


SCOPED = frozenset({Role.COUNSELLOR, Role.SITE_REFERENT, Role.PARTNER})
"""Roles bound to one counsellor, one site or one partner."""


class Permission(StrEnum):
    """What can be asked of the application; pages and commands name one of these."""

    VIEW_HOME = "view_home"
    EDIT_OWN_ACCOUNT = "edit_own_account"
    VIEW_RECRUITMENT = "view_recruitment"
    EDIT_PLAN = "edit_plan"
    VIEW_SITES = "view_sites"
    EDIT_SITES = "edit_sites"
    VIEW_PEOPLE = "view_people"
    ORIENT_PERSON = "orient_person"
    DECIDE_PATH = "decide_path"
    REVEAL_IDENTITY = "reveal_identity"
    VIEW_COUNSELLORS = "view_counsellors"
    EDIT_COUNSELLORS = "edit_counsellors"
    IMPORT_FILES = "import_files"
    EXPORT_LISTS = "export_lists"
    MANAGE_ACCOUNTS = "manage_accounts"
    VIEW_AUDIT = "view_audit"
    VIEW_RELEASES = "view_releases"


_EVERYBODY = frozenset({Permission.VIEW_HOME, Permission.EDIT_OWN_ACCOUNT})

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.COORDINATOR: _EVERYBODY
    | {
        Permission.VIEW_RECRUITMENT,
        Permission.EDIT_PLAN,
        Permission.VIEW_SITES,
        Permission.EDIT_SITES,
        Permission.VIEW_PEOPLE,
        Permission.ORIENT_PERSON,
        Permission.DECIDE_PATH,
        Permission.REVEAL_IDENTITY,
        Permission.VIEW_COUNSELLORS,
        Permission.EDIT_COUNSELLORS,
        Permission.IMPORT_FILES,
        Permission.EXPORT_LISTS,
        Permission.VIEW_AUDIT,
    },
    Role.TRAINER: _EVERYBODY
    | {Permission.VIEW_COUNSELLORS, Permission.EDIT_COUNSELLORS, Permission.EXPORT_LISTS},
    Role.COUNSELLOR: _EVERYBODY,
    Role.SITE_REFERENT: _EVERYBODY | {Permission.VIEW_PEOPLE, Permission.ORIENT_PERSON},
    Role.EVALUATOR: _EVERYBODY
    | {Permission.VIEW_RECRUITMENT, Permission.VIEW_SITES, Permission.VIEW_PEOPLE, Permission.EXPORT_LISTS},
    Role.PARTNER: _EVERYBODY | {Permission.VIEW_RELEASES},
    Role.ADMIN: _EVERYBODY | {Permission.MANAGE_ACCOUNTS, Permission.VIEW_AUDIT, Permission.EXPORT_LISTS},
}
