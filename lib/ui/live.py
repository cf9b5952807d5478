"""Parts of a page that keep themselves up to date; each turn costs one poll of the revision."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

F = TypeVar("F", bound=Callable[..., None])


def every(seconds: float) -> Callable[[F], F]:
    """Run the decorated part again by itself every so many seconds, while its page is open."""

    def decorate(part: F) -> F:
        return st.fragment(part, run_every=seconds)

    return decorate
