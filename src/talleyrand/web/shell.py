"""What every served page gets: the bar of tabs, the form, and the policy of what it may do."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from urllib.parse import urlencode

from talleyrand import states
from talleyrand.report import html
from talleyrand.web.tabs import BY_NAME, TABS, Tab

_META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
SCRIPT = "/serve.js"

# What is sent with every response, whatever it is.
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def dressed(page: str, tab: str, params: Mapping[str, str]) -> tuple[str, str]:
    """A page with bar, form and script, and the policy to send with it.

    The policy names the hash of each style on the page: nothing else may style it, and no script
    but our own may run.
    """
    bar = _bar(tab, params)
    form = _form(BY_NAME.get(tab or "assess"), params, folded=bool(tab) and _answered(tab, params))
    extra = f'<link rel="icon" href="data:,">\n<style>{_text("serve.css")}</style>\n'
    extra += f'<script src="{SCRIPT}" defer></script>\n</head>'
    page = _META.sub("", page, count=1).replace("</head>", extra, 1)
    if '<div id="ask"></div>' in page:
        page = page.replace('<div id="ask"></div>', form, 1)
        form = ""
    page = page.replace("<body>\n", f"<body>\n{bar}{form}", 1)
    return page, policy(page)


def policy(page: str) -> str:
    """The Content-Security-Policy under which exactly this page's own styles apply."""
    hashes = " ".join(
        f"'sha256-{b64encode(sha256(style.encode('utf-8', 'replace')).digest()).decode()}'"
        for style in dict.fromkeys(_STYLE.findall(page))
    )
    return (
        f"default-src 'none'; style-src {hashes or chr(39) + 'none' + chr(39)}; script-src 'self';"
        " img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
        " require-trusted-types-for 'script'"
    )


@cache
def _text(name: str) -> str:
    return (files("talleyrand.report") / "templates" / name).read_text("utf-8")


def script() -> str:
    """Our own script."""
    return _text("serve.js")


def _answered(tab: str, params: Mapping[str, str]) -> bool:
    found = BY_NAME.get(tab)
    return bool(found and params and not found.lacks(found.asked(params)))


def _bar(tab: str, params: Mapping[str, str]) -> str:
    return html.served_page(
        "bar.html",
        tab=tab,
        tabs=[(one.name, one.title, _carried(one, params)) for one in TABS
              if one.name not in ("statement", "quotes")],
        json=_as_json(tab, params),
    )  # fmt: skip


def _carried(tab: Tab, params: Mapping[str, str]) -> str:
    """The address of a tab with what was asked so far, where it is enough for an answer or none."""
    known = {field.name for field in tab.fields}
    kept = {name: params[name] for name in tab.carried if params.get(name) and name in known}
    return f"/{tab.name}" + (f"?{urlencode(kept, errors='replace')}" if kept else "")


def _as_json(tab: str, params: Mapping[str, str]) -> str:
    asked = BY_NAME[tab].asked(params) if tab in BY_NAME else {}
    if tab in BY_NAME and BY_NAME[tab].lacks(asked):
        return ""
    return f"/{tab or 'start'}.json" + (f"?{urlencode(asked, errors='replace')}" if asked else "")


def _form(tab: Tab | None, params: Mapping[str, str], *, folded: bool) -> str:
    if tab is None or tab.name in ("statement", "quotes"):
        return ""
    return html.served_page(
        "form.html",
        tab=tab.name,
        title=tab.title,
        fields=[field for field in tab.fields if field.name not in ("page", "file", "only")],
        asked=tab.asked(params),
        folded=folded,
        states=() if folded else _states(),
    )


@cache
def _states() -> Sequence[tuple[str, str]]:
    return [
        (iso3, ", ".join(states.name(iso3, language) for language in ("en", "zh", "ru")))
        for iso3 in states.all_states()
    ]
