"""The served pages: what they answer, what they refuse, and under which policy."""

import asyncio
import json
import re
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from served_pages import CLAIMS, DYAD, PAGES
from talleyrand.store import Store, open_casebook
from talleyrand.web import shell
from talleyrand.web.app import Desk, application
from talleyrand.web.base import Base
from talleyrand.web.guard import Guard
from talleyrand.web.shelf import Shelf, kept
from talleyrand.web.tabs import TABS


class Client:
    """Asks the application as a browser on this machine would, without a socket."""

    def __init__(self, app: Guard) -> None:
        self.app = app

    def get(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        """One request; an underscore in a header's name is a hyphen."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as one:
                names = {name.replace("_", "-"): value for name, value in headers.items()}
                return await one.request(method, path, headers=names)

        return asyncio.run(ask())


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """The application on the bundled casebook."""
    with open_casebook() as store:
        yield Client(application(Base(store, {CLAIMS.name: CLAIMS})))


@pytest.mark.parametrize("path", PAGES)
def test_each_page_answers_with_its_own_policy(client: Client, path: str) -> None:
    """Every page comes whole, and nothing on it needs more than the policy allows."""
    found = client.get(path)
    assert found.status_code == 200, re.findall("<p class=.headline.>.*", found.text)
    policy = found.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert found.text.count("<meta http-equiv") == 0
    assert policy == shell.policy(found.text)
    assert not re.search(r'\sstyle="|\son[a-z]+="', found.text), "the policy forbids these"
    assert set(re.findall(r"<script[^>]*>", found.text)) == {'<script src="/serve.js" defer>'}
    assert found.text.count("<h1>") == 1
    assert found.text.count('<nav class="bar"') == 1
    for name, value in shell.HEADERS.items():
        assert found.headers[name] == value


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_json_too(client: Client, path: str) -> None:
    """By its address, and by what is accepted."""
    name, _, query = path.partition("?")
    by_address = client.get(f"{'/start' if name == '/' else name}.json?{query}")
    assert by_address.status_code == 200
    accepted = client.get(path, accept="application/json")
    assert accepted.headers["content-type"].startswith("application/json")
    assert accepted.json() == by_address.json()


def test_the_json_is_the_contract(client: Client) -> None:
    """The answer of `assess.json` is that of `talleyrand.assess`."""
    import talleyrand

    answer = client.get(f"/assess.json?{DYAD}").json()
    told = talleyrand.assess("CHN", "RUS", at="2022-09-15").to_dict()
    assert answer["headline"] == told["headline"]
    assert answer["dimensions"] == json.loads(json.dumps(told["dimensions"]))


def test_links_between_pages_lead_somewhere(client: Client) -> None:
    """Every link of ours on the first page and on an answer gives a page."""
    found = set()
    for path in ("/", f"/assess?{DYAD}"):
        text = client.get(path).text
        found |= set(re.findall(r'href="(/[^"]*)"', text)[:14])
    for link in sorted(found):
        assert client.get(link.replace("&amp;", "&")).status_code == 200, link


def test_a_point_leads_to_its_evidence(client: Client) -> None:
    """Each dot of a plot has its place on the page of points."""
    page = client.get(f"/assess?{DYAD}").text
    section = page[page.index('id="dimension-0"') : page.index('id="dimension-1"')]
    where = re.search(r'data-points="([^"]+)"', section)
    assert where
    points = client.get(where[1].replace("&amp;", "&")).text
    assert client.get(where[1].replace("&amp;", "&").replace("?", ".json?")).json()["points"]
    inside = [day for day in re.findall(r'data-day="([^"]+)"', section) if day > "2022-02"]
    assert inside
    assert all(f'id="on-{day}"' in points for day in inside if day < "2023-08")


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.name)
def test_a_tab_without_a_question_shows_its_form(client: Client, tab: object) -> None:
    """Nothing asked is no error: the form is there, and works without a script."""
    found = client.get(f"/{tab.name}")  # type: ignore[attr-defined]
    assert found.status_code == 200


def test_trouble_says_what_to_mend(client: Client) -> None:
    """What cannot be answered is told in words, with the form to mend it."""
    found = client.get("/assess?sender=Nowhereland&target=RUS&at=2022-09-15")
    assert found.status_code == 400
    assert "no state is called" in found.text
    assert 'value="Nowhereland"' in found.text
    told = client.get("/assess.json?sender=CHN&target=RUS")
    assert told.status_code == 400
    assert told.json() == {"error": "at must be given too"}
    assert client.get("/nowhere").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assess/../../store.sql", "/serve.css",
     "/claims?file=../pyproject.toml", "/claims?file=%2Fetc%2Fpasswd", "/templates/page.css"],
)  # fmt: skip
def test_no_path_leads_to_a_file(client: Client, path: str) -> None:
    """Nothing is served by its name on the disk."""
    found = client.get(path)
    assert found.status_code in (400, 404)
    assert "root:" not in found.text
    assert "requires-python" not in found.text


def test_other_methods_hosts_and_sites_are_refused(client: Client) -> None:
    """It only answers, to its own name, and not to another site's script."""
    assert client.get("/", method="POST").status_code == 405
    assert client.get("/", host="evil.example").status_code == 421
    assert client.get("/", host="localhost.evil.example:8000").status_code == 421
    assert client.get("/", host="127.0.0.1:8000").status_code == 200
    assert client.get("/", host="[::1]:8000").status_code == 200
    other = {"sec_fetch_site": "cross-site"}
    assert client.get("/start.json", **other, sec_fetch_mode="no-cors").status_code == 403
    assert client.get("/start.json", **other, sec_fetch_mode="cors").status_code == 403
    assert client.get("/", **other, sec_fetch_mode="navigate").status_code == 200
    assert "access-control-allow-origin" not in client.get("/", origin="http://e.example").headers
    assert client.get(f"/assess?sender={'x' * 3000}").status_code == 414
    assert client.get("/" + "x" * 300).status_code == 414


def test_an_answer_is_sent_once(client: Client) -> None:
    """Who has it already gets no body."""
    first = client.get("/dimensions")
    again = client.get("/dimensions", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


def test_too_much_at_once_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limits of waiting and of time the status is 503, with when to come again."""
    monkeypatch.setattr("talleyrand.web.app.MOST_WAITING", 0)
    found = client.get("/trade.json?sender=USA&target=CHN&since=2020&until=2020")
    assert found.status_code == 503
    assert found.headers["retry-after"] == "2"
    assert "error" in found.json()
    monkeypatch.setattr("talleyrand.web.app.MOST_WAITING", 5)
    monkeypatch.setattr("talleyrand.web.app.LONGEST", 0.0)
    late = client.get("/trade?sender=USA&target=CHN&since=2019&until=2019")
    assert late.status_code == 503
    assert "takes too long" in late.text


def test_passages_are_paged_and_not_without_end(client: Client) -> None:
    """A page holds fifty; one so deep that it would cost all before it is refused."""
    first = client.get("/evidence.json?sender=CHN&target=RUS").json()
    second = client.get("/evidence.json?sender=CHN&target=RUS&page=2").json()
    assert (first["page"], second["page"], len(first["hits"]), len(second["hits"])) == (
        1,
        2,
        50,
        50,
    )
    assert first["hits"][-1] != second["hits"][0]
    assert first["of"] <= 40
    for page in ("41", "99999", "0", "-1", "x", "٣"):
        assert client.get(f"/evidence?sender=CHN&page={page}").status_code == 400


_TEXT = st.text(st.characters(codec=None), max_size=30)
_NAMES = st.sampled_from(sorted({field.name for tab in TABS for field in tab.fields}))
_VALUES = st.one_of(
    _TEXT,
    st.sampled_from(["CHN", "RUS", "2022-09-15", "0001-01-01", "9999-12-31", "no_limits", "words"]),
    st.sampled_from(["1", "-1", "1e309", "nan", "600mo", "NATO", "\x00", "<script>", "' OR 1 --"]),
)
_PATHS = st.one_of(st.sampled_from([tab.name for tab in TABS if tab.name != "claims"]), _TEXT)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(_PATHS, st.dictionaries(_NAMES, _VALUES, max_size=5), st.booleans())
def test_no_address_breaks_it(
    client: Client, page: str, asked: dict[str, str], as_json: bool
) -> None:
    """Whatever is asked gets an answer or a word on what is wrong with it, never a 500."""
    from urllib.parse import quote, urlencode

    query = urlencode(asked, errors="surrogatepass")
    ending = ".json" if as_json else ""
    path = "/" + quote(page, errors="surrogatepass") + ending + f"?{query}"
    if path.startswith("//"):
        path = "/x" + path
    found = client.get(path)
    assert found.status_code in (200, 400, 404, 414), path
    assert "<script>" not in found.text


def test_json_that_echoes_a_tag_holds_none(client: Client) -> None:
    """An address is repeated in the error, its brackets as escapes."""
    found = client.get("/assess.json?sender=%3Cscript%3E&target=RUS&at=2022-09-15")
    assert found.status_code == 400
    assert "<" not in found.text
    assert "<script>" in found.json()["error"]


def test_the_shelf_is_bounded() -> None:
    """What was not asked for longest goes first, and nothing huge is kept."""
    shelf = Shelf(1000)
    for i in range(20):
        shelf.put(i, kept(200, "text/plain", "x" * 100, ""))
        shelf.get(0)
    assert shelf.size <= 1000
    assert len(shelf) == 10
    assert shelf.get(0)
    assert shelf.get(1) is None
    shelf.put("huge", kept(200, "text/plain", "x" * 900, ""))
    assert shelf.get("huge") is None


def test_what_the_first_page_links_to_is_worked_out_while_nobody_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Then it is on the shelf when it is clicked."""
    monkeypatch.setattr("talleyrand.web.app._QUIET", 0.01)
    shelf = Shelf()

    async def wait(store: Store) -> None:
        desk = Desk(Base(store), shelf)
        await desk.warm()
        desk.close()

    with open_casebook() as store:
        asyncio.run(wait(store))
        assert len(shelf) == 4
        links = re.findall(r'href="(/(?:assess|exposure)\?[^"]*)"', shelf_page(shelf))
        client, size = Client(application(Base(store), shelf=shelf)), len(shelf)
        assert all(client.get(one.replace("&amp;", "&")).status_code == 200 for one in links[:3])
        assert len(shelf) == size, "the links are the questions worked out"


def shelf_page(shelf: Shelf) -> str:
    """The first page as it is kept."""
    found = shelf.get(("", False, ()))
    assert found
    return found.body.decode("utf-8")


def test_the_map_leads_to_every_state(client: Client) -> None:
    """First to who acts, then to the answer, at the date asked for or that of the last text."""
    first = client.get("/map.json").json()
    assert first["sender"] == ""
    told = {one["iso3"]: one for one in first["states"]}
    assert told["CHN"]["texts"] > told["FRA"]["texts"]
    page = client.get("/map?sender=China").text
    assert "China towards whom?" in page
    assert "CHN" not in {one["iso3"] for one in client.get("/map.json?sender=CHN").json()["states"]}
    at = client.get("/map?sender=CHN&at=2022-09-15").text
    assert 'href="/assess?sender=CHN&amp;target=RUS&amp;at=2022-09-15"' in at
    assert 'href="/assess?sender=CHN&amp;target=TUV' in at
    assert client.get("/map?sender=Atlantis").status_code == 400
    assert client.get("/map?at=tomorrow").status_code == 400


def test_capitals_are_on_the_map() -> None:
    """Each within the frame, each of a state we know."""
    from talleyrand import states
    from talleyrand.report import map as report

    known = report.capitals()
    assert len(known) > 190
    assert set(known) <= set(states.all_states())
    for iso3 in known:
        x, y = report.place(iso3)
        assert 0 <= x <= 1000
        assert 0 <= y <= 452


def test_a_timeline_leads_on(client: Client) -> None:
    """To the answer, the statements of the day and the map; its edits are told."""
    asked = "sender=CHN&target=RUS&at=2022-09-15T09:00"
    told = client.get(f"/timeline.json?{asked}").json()
    assert told["states"] == ["CHN", "RUS"]
    assert {row["day"][:7] for row in told["statements"]} == {"2022-09"}
    between = [change["between"] for edit in told["edits"] for change in edit["changes"]]
    assert ["2022-09-15T14:45Z", "2022-09-15T15:27Z"] in between
    page = client.get(f"/timeline?{asked}").text
    for href in ("/assess?sender=CHN", "/statement?id=", "/map?sender=CHN", "/evidence?sender"):
        assert f'href="{href}' in page
    assert "/quotes?id=" not in page, "the casebook has no texts to quote from"
    assert client.get(f"/quotes?id={told['statements'][0]['id']}").status_code == 400
    for days in ("99", "0", "00031", "0003999", "٣", "3.0"):
        assert client.get(f"/timeline?{asked}&days={days}").status_code == 400
