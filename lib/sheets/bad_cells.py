"""Why a cell is refused: what is wrong with it, then what is expected, in one sentence each."""

from lib.refusal import Refusal


class BadCell(Refusal):
    """A cell that cannot be taken as it is; slices add their own beside their converters."""

    text = "« {value} » ne convient pas ici."


class Blank(BadCell):
    """A cell that has to be filled in."""

    text = "La case est vide. Attendu : une valeur, cette information est nécessaire."


class FormulaError(BadCell):
    """#REF!, #N/A: the formula that should give the value is broken."""

    text = (
        "La formule donne l'erreur « {value} ». Attendu : une valeur. "
        "Corrigez la formule ou saisissez la valeur."
    )


class NoResult(BadCell):
    """A formula saved without its result; it is never computed here."""

    text = (
        "Cette formule est enregistrée sans son résultat. Attendu : une valeur. Ouvrez le fichier dans votre "
        "tableur et enregistrez-le, ou saisissez la valeur."
    )


class TooLong(BadCell):
    """A text longer than the field it is meant for."""

    text = "Ce texte a {length} caractères. Attendu : {limit} caractères au plus."


class NotADate(BadCell):
    """No usual way to write a day."""

    text = "« {value} » n'est pas une date lisible. Attendu : jour/mois/année, par exemple 23/11/2026."


class NoSuchDay(BadCell):
    """31/02: well written, but on no calendar."""

    text = "« {value} » n'existe pas dans le calendrier. Attendu : jour/mois/année, par exemple 23/11/2026."


class DateOutOfRange(BadCell):
    """A real day, but not a likely one here."""

    text = (
        "« {value} » est hors de la période possible. Attendu : une date entre le {earliest} et le {latest}."
    )


class NotANumber(BadCell):
    """No number at all."""

    text = "« {value} » n'est pas un nombre. Attendu : un nombre, par exemple 12 ou 7,5."


class AmbiguousNumber(BadCell):
    """1.250 is 1250 to some and 1,25 to others."""

    text = "« {value} » peut se lire de deux façons. Attendu : {thousands} ou {decimal}, sans point."


class NotAWholeNumber(BadCell):
    """A number with decimals, or none at all, where things are counted."""

    text = "« {value} » n'est pas un nombre entier. Attendu : un nombre, par exemple 12."


class TooSmall(BadCell):
    """Below the least that makes sense."""

    text = "« {value} » est trop petit. Attendu : un nombre d'au moins {minimum}."


class TooBig(BadCell):
    """Above the most that makes sense."""

    text = "« {value} » est trop grand. Attendu : un nombre d'au plus {maximum}."


class NotAYear(BadCell):
    """Not four digits, or not a possible year."""

    text = (
        "« {value} » n'est pas une année possible. Attendu : quatre chiffres, entre {earliest} et {latest}."
    )


class NotAnEmail(BadCell):
    """No address, a mistyped one, or several."""

    text = "« {value} » n'est pas une adresse de courriel. Attendu : une adresse, par exemple nom@exemple.fr."


class NotADepartment(BadCell):
    """Not one of the 101 codes; 20 stands for no department any more."""

    text = "« {value} » n'est pas un numéro de département. Attendu : par exemple 01, 69, 2A ou 971."


class NotYesOrNo(BadCell):
    """Neither yes nor no."""

    text = "« {value} » n'est ni oui ni non. Attendu : oui ou non."


class NotAChoice(BadCell):
    """Not in the list of possible values."""

    text = "« {value} » n'est pas une valeur connue. Attendu : {expected}."


class NotKnown(BadCell):
    """A name that stands for nothing recorded, and looks like nothing recorded."""

    text = "« {value} » n'est pas connu et ne ressemble à rien de connu. Attendu : un nom déjà enregistré."


class NearName(BadCell):
    """A name close to known ones: a person decides, nothing is merged unseen. `proposals` holds them."""

    text = "« {value} » n'est pas connu. S'agit-il de {near} ? Attendu : le nom exact, ou votre accord."


class AlreadyInFile(BadCell):
    """The same thing twice in one file; the first row counts."""

    text = "« {value} » : même valeur qu'à la ligne {row}. Attendu : une valeur différente sur chaque ligne."


class MissingColumn(Refusal):
    """A column without which no row can be understood."""

    text = "La colonne « {title} » est introuvable. Attendu : cet en-tête, ou une colonne à choisir."
