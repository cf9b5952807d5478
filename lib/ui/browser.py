"""The one small script that runs in the browser: the cookie's ticket, the language, and links of tables.

A click on a link of a table opens another page as the menu does, without loading the application anew.
"""

from html import escape

import streamlit as st

# Fixed to the letter: the content security policy allows this script by its hash, and no other.
# In braces, for it runs again at sign-in, and a browser refuses to declare the same name twice.
SCRIPT = (
    "{ const pilote = document.querySelectorAll('.pilote-browser');"
    "const last = pilote[pilote.length - 1];"
    "document.documentElement.lang = last.dataset.language;"
    "if (last.dataset.path) { fetch(last.dataset.path, {method: 'POST', body: last.dataset.ticket}); }"
    "if (!window.piloteLinks) { window.piloteLinks = true; document.addEventListener('click', (event) => {"
    "const link = event.target.closest('.pilote-table a');"
    "if (!link || link.origin !== location.origin || link.pathname === location.pathname) return;"
    "if (event.ctrlKey || event.metaKey || event.shiftKey) return;"
    "event.preventDefault(); history.pushState(null, '', link.href);"
    "window.dispatchEvent(new PopStateEvent('popstate')); }, true); } }"
)


def tell(language: str, path: str = "", ticket: str = "") -> None:
    """Set the page's language, and post the ticket to one of our own routes when there is one."""
    facts = f'data-language="{escape(language)}" data-path="{escape(path)}" data-ticket="{escape(ticket)}"'
    st.html(
        f'<div class="pilote-browser" hidden {facts}></div><script>{SCRIPT}</script>',
        unsafe_allow_javascript=True,
    )
