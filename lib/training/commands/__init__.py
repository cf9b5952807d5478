"""What can be done to the register of counsellors."""

from lib.training.commands.register import (
    AddCounsellor,
    CounsellorFacts,
    EditCounsellor,
    add_counsellor,
    edit_counsellor,
)
from lib.training.commands.sheet import COUNSELLORS, counsellor_sheet, import_counsellors

__all__ = [
    "COUNSELLORS",
    "AddCounsellor",
    "CounsellorFacts",
    "EditCounsellor",
    "add_counsellor",
    "counsellor_sheet",
    "edit_counsellor",
    "import_counsellors",
]
