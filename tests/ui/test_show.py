"""What a person typed is shown as it stands: never a link, an emphasis or an icon on somebody else's screen."""

import pytest
from streamlit.testing.v1 import AppTest

from lib.ui.show import escape


@pytest.mark.parametrize(
    "typed", ["[cliquez](https://ailleurs.test)", "**gras**", ":material/home:", "<b>", "`x`"]
)
def test_no_sign_of_markdown_is_left_alone(typed: str) -> None:
    shown = escape(typed).replace("\u2060", "")

    assert shown.replace("\\", "") == typed
    assert all(shown[place - 1] == "\\" for place, sign in enumerate(shown) if sign in "`*_[]<>:")


@pytest.mark.parametrize("typed", ["www.ailleurs.test", "https://ailleurs.test", "material/home"])
def test_an_address_becomes_no_link_and_an_icon_no_picture(typed: str) -> None:
    assert escape(typed).startswith("\u2060")


def test_a_refusal_quotes_what_was_typed_as_it_stands() -> None:
    def page() -> None:
        from lib.sites.commands.register import SiteExists
        from lib.ui import messages

        messages.refused(SiteExists(name="[cliquez](https://ailleurs.test)"))

    shown = AppTest.from_function(page).run().error[0].value

    assert "cliquez" in shown
    assert "[cliquez](" not in shown.replace("\\[", "")
