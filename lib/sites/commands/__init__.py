"""What can be done to a site."""

from lib.sites.commands.register import (
    CreateSite,
    EditSite,
    MarkStep,
    SiteFacts,
    create_site,
    edit_site,
    mark_step,
)
from lib.sites.commands.sheet import SITES, import_sites, site_sheet
from lib.sites.commands.states import MoveSite, move_site

__all__ = [
    "SITES",
    "CreateSite",
    "EditSite",
    "MarkStep",
    "MoveSite",
    "SiteFacts",
    "create_site",
    "edit_site",
    "import_sites",
    "mark_step",
    "move_site",
    "site_sheet",
]
