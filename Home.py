"""Pilote Bilan: the ASGI application, and the script that Streamlit runs for each view."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from lib.config import settings
from lib.manage import start
from lib.ui import browser, shell
from lib.web.bundles import CompressedBundles
from lib.web.headers import SecurityHeaders, content_security_policy, inline_scripts
from lib.web.routes import routes
from lib.web.sockets import answer_at_once
from lib.web.upkeep import collect_garbage

STREAMLIT = Path(st.__file__).parent / "static"


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Have the database ready before the first request, and leave it in order after the last."""
    start.prepare_or_stop(settings(), int(st.get_option("server.port")))
    answer_at_once()
    upkeep = asyncio.create_task(collect_garbage())
    yield
    upkeep.cancel()
    start.finish()


if __name__ == "__main__":
    shell.run()
else:
    # Pages beside Home.py could otherwise be opened without it, before the first st.navigation of the process.
    PagesManager.uses_pages_directory = False
    policy = content_security_policy([browser.SCRIPT, *inline_scripts(STREAMLIT / "index.html")])
    secure = start.settings_or_stop().secure_cookie
    app = st.App(
        __file__,
        lifespan=lifespan,
        routes=routes(secure),
        middleware=[
            Middleware(SecurityHeaders, policy=policy, title=shell.NAME, secure=secure),
            Middleware(CompressedBundles, folder=STREAMLIT),
        ],
        on_script_error=shell.script_failed,
    )
