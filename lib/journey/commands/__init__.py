"""What can be done about a person: orient, decide, record a consent, show the identity, bring in a sheet."""

from lib.journey.commands.decide import RecordConsent, RecordDecision, record_consent, record_decision
from lib.journey.commands.orient import (
    Alike,
    OrientPerson,
    PersonAlike,
    main_wave_from,
    orient_person,
    similar,
    wave_of,
)
from lib.journey.commands.reveal import RevealIdentity, reveal_identity
from lib.journey.commands.sealing import Keyring, keyring
from lib.journey.commands.sheet import REFERRALS, import_referrals, referral_sheet
from lib.journey.commands.writing import NewPerson, Written, write_people

__all__ = [
    "REFERRALS",
    "Alike",
    "Keyring",
    "NewPerson",
    "OrientPerson",
    "PersonAlike",
    "RecordConsent",
    "RecordDecision",
    "RevealIdentity",
    "Written",
    "import_referrals",
    "keyring",
    "main_wave_from",
    "orient_person",
    "record_consent",
    "record_decision",
    "referral_sheet",
    "reveal_identity",
    "similar",
    "wave_of",
    "write_people",
]
