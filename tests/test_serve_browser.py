"""The pages in a real browser: no console errors, nothing that axe finds, dots that answer.

Skipped where playwright (the extra `browser`) or a Chromium is missing.
"""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from served_pages import CLAIMS, DYAD, PAGES
from talleyrand.store import open_casebook
from talleyrand.web import server
from talleyrand.web.base import Base
from talleyrand.web.guard import LOOPBACK

playwright = pytest.importorskip("playwright.sync_api", reason="install the extra `browser`")
axe_package = pytest.importorskip("axe_playwright_python", reason="install the extra `browser`")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")

LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1200, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}},
    "dark": {"viewport": {"width": 1200, "height": 900}, "color_scheme": "dark"},
    "dark phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}
_AXE = ";axe.run().then(r => JSON.stringify(r.violations.map(v => [v.id, v.nodes[0].html])))"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server on the casebook."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    with open_casebook() as casebook:
        base = Base(casebook, {CLAIMS.name: CLAIMS})
        running = uvicorn.Server(server.configured(base, "127.0.0.1", port, LOOPBACK))
        thread = threading.Thread(target=running.run, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not running.started and time.monotonic() < until:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
        running.should_exit = True
        thread.join(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_clean(browser: Any, address: str, look: str) -> None:
    """No console message, no request elsewhere, no sideways scrolling, nothing axe objects to."""
    axe = (Path(axe_package.__file__).parent / "axe.min.js").read_text("utf-8")
    context = browser.new_context(**LOOKS[look])
    page, said, elsewhere = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda one: elsewhere.append(one.url))
    for path in (*PAGES, "/assess"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        asked = {"expression": axe + _AXE, "awaitPromise": True, "returnByValue": True}
        found = context.new_cdp_session(page).send("Runtime.evaluate", asked)
        assert found["result"]["value"] == "[]", path
    assert said == []
    assert all(url.startswith((address, "data:")) for url in elsewhere)
    context.close()


def test_ask_by_keyboard_and_follow_a_point(browser: Any, address: str) -> None:
    """From the first page to what is behind a dot, with the mouse and without."""
    page = browser.new_page()
    page.goto(address)
    for name, value in (("sender", "中国"), ("target", "Россия"), ("at", "2022-09-15")):
        page.fill(f"input[name={name}]", value)
    page.keyboard.press("Enter")
    page.wait_for_url("**/assess?*")
    dots = page.locator("#dimension-0 .wide circle[data-day]")
    dots.nth(12).hover()
    assert page.locator(".tip:visible").text_content().startswith("September 2022: ")
    plot = page.locator("#dimension-0 .wide svg")
    whole = plot.get_attribute("viewBox")
    page.locator("#dimension-0 .plot-tools button").first.click()
    assert plot.get_attribute("viewBox") != whole
    page.locator("#dimension-0 .plot-tools button").last.click()
    assert [float(x) for x in plot.get_attribute("viewBox").split()] == [
        float(x) for x in whole.split()
    ]
    dots.nth(12).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**#on-2022-10-01")
    page.close()


def test_without_scripts_the_page_is_whole(browser: Any, address: str) -> None:
    """The text, the plots and the way to every point need no script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/assess?{DYAD}")
    page.click("text=Every point of words")
    assert page.locator("#on-2022-10-01").count() == 1
    context.close()


def test_choose_a_dyad_on_the_map(browser: Any, address: str) -> None:
    """With the mouse, by keyboard alone, zoomed, and without scripts."""
    page = browser.new_page()
    page.goto(f"{address}/map")
    page.locator("svg a[href*='sender=CHN']").hover()
    page.locator("svg a[href*='sender=CHN']").click()
    page.wait_for_url("**/map?sender=CHN")
    whole = page.locator("svg.map").get_attribute("viewBox")
    page.locator(".plot-tools button").first.click()
    assert page.locator("svg.map").get_attribute("viewBox") != whole
    assert page.locator(".plot-tools span").text_content() == ""
    page.locator(".plot-tools button").last.click()
    page.locator("svg a[aria-label^='Russia:']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/assess?sender=CHN&target=RUS*")
    page.close()
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{address}/map?sender=CHN&at=2022-09-15")
    plain.locator(".places a", has_text="Russia").first.click()
    plain.wait_for_url("**/assess?sender=CHN&target=RUS&at=2022-09-15")
    context.close()


def test_a_dot_of_the_timeline_leads_to_its_row(browser: Any, address: str) -> None:
    """It tells its time, and opens the row of the report."""
    page = browser.new_page()
    page.goto(f"{address}/timeline?sender=CHN&target=RUS&at=2022-09-15T09:00")
    dot = page.locator("svg circle[data-day]").first
    dot.hover()
    assert page.locator(".tip:visible").text_content().startswith("2022-09-")
    dot.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#on-2022-09-*")
    assert page.locator("tr:target").count() == 1
    page.close()
