"""Showing an identity: to coordination, for a reason, and always in the trail."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from lib.access import Actor, Permission
from lib.journey.commands.sealing import keyring_for
from lib.journey.models import Beneficiary
from lib.journey.rules import Identity
from lib.refusal import NotFound, Refusal

SHORTEST_REASON = 5
REVEAL = text("select vault.reveal(:beneficiary, :reason)").bindparams(
    bindparam("beneficiary"), bindparam("reason")
)


class RevealReasonMissing(Refusal):
    """Who reads an identity says why; the reason is kept."""

    text = "Indiquez en quelques mots pourquoi l'identité est nécessaire : ce motif est conservé."


class NoIdentity(Refusal):
    """Nothing to show: the person came without a name."""

    text = "Aucune identité n'est enregistrée pour ce code."


@dataclass(frozen=True)
class RevealIdentity:
    """Open the identity of one person, once."""

    beneficiary_id: int
    reason: str


def reveal_identity(db: Session, actor: Actor, command: RevealIdentity) -> Identity:
    """The identity; the reveal is logged in the same transaction, so that a failed log shows nothing."""
    actor.require(Permission.REVEAL_IDENTITY)
    reason = " ".join(command.reason.split())
    if len(reason) < SHORTEST_REASON:
        raise RevealReasonMissing
    code = db.scalar(select(Beneficiary.code).where(Beneficiary.id == command.beneficiary_id))
    if code is None:
        raise NotFound
    sealed = db.scalar(REVEAL, {"beneficiary": command.beneficiary_id, "reason": reason})
    if sealed is None:
        raise NoIdentity
    return keyring_for(db).unseal(code, sealed)
