"""The screens that are measured, by their address, and how a filter of each is moved."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Screen:
    """A page of the product: its address, who opens it, and the select box whose change is its update."""

    name: str
    path: str
    role: str = "coordinator"
    filter: str = ""

    @property
    def signed_in(self) -> bool:
        return bool(self.role)


SIGN_IN = Screen("connexion", "", role="")
HOME = Screen("accueil", "")
RECRUITMENT = Screen("recrutement", "recrutement", filter="Région")
PEOPLE = Screen("personnes", "personnes", filter="État")
SCREENS = (SIGN_IN, HOME, RECRUITMENT, PEOPLE)
