"""The documentation is true: commands parse, links resolve, generated pages are current."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from talleyrand import registry
from talleyrand.cli import main, parser
from talleyrand.codebook import load

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"```(?:sh|console)\n(.*?)```", re.DOTALL)
_PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
_TOML = re.compile(r"```toml\n(.*?)```", re.DOTALL)
_CLAIMS = ROOT / "claims"
_PHRASES = ROOT / "docs" / "add-a-phrase.md"
_SERIES = "date,value\n" + "".join(
    f"{2021 + i // 12}-{i % 12 + 1:02d},{(i * 7 % 5) / 5 + (3 if i >= 20 else 0)}\n"
    for i in range(36)
)
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?")


def commands() -> list[tuple[str, str]]:
    """Every `talleyrand ...` line of every shell block, with its page."""
    found = []
    for page in PAGES:
        for block in _BLOCK.findall(page.read_text("utf-8")):
            lines = block.replace("\\\n", " ").splitlines()
            found += [
                (page.name, line.removeprefix("$ ").split(" #")[0].strip())
                for line in lines
                if line.removeprefix("$ ").startswith("talleyrand ")
            ]
    return found


def runs_anywhere(line: str) -> bool:
    """Whether a documented command needs no archive of records and no store of one's own."""
    return not any(
        word in line
        for word in (" ingest ", "--build", "--store", " reduce ", " codings ", " --in ")
    )


def words_of(line: str) -> list[str]:
    """The arguments of a documented command, without redirection."""
    return shlex.split(line.split(" > ")[0].split(" | ")[0])[1:]


@pytest.mark.parametrize(("page", "line"), commands())
def test_every_documented_command_parses(page: str, line: str) -> None:
    """The real parser accepts what the pages show."""
    assert parser().parse_args(words_of(line)).command, page


@pytest.mark.parametrize("line", sorted({line for _, line in commands() if runs_anywhere(line)}))
def test_documented_commands_run(
    line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What needs no file of the user's but those the pages describe runs from the casebook."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TALLEYRAND_STORE", str(tmp_path / "none.duckdb"))
    (tmp_path / "series.csv").write_text(_SERIES, "utf-8")
    (tmp_path / "statement.txt").write_text("中俄友好没有止境。", "utf-8")  # invented
    (tmp_path / "article.txt").write_text(
        "会谈\n俄方表示：“中俄友好没有止境。”", "utf-8"
    )  # invented
    for claims in _CLAIMS.glob("*.toml"):
        (tmp_path / claims.name).write_bytes(claims.read_bytes())
    (tmp_path / "mine.toml").write_text(_TOML.findall(_PHRASES.read_text("utf-8"))[-1], "utf-8")
    assert main(words_of(line)) == 0
    assert capsys.readouterr().out.strip()


def test_commands_are_documented() -> None:
    """Each command appears in a shell block of the README or the docs."""
    shown = {words_of(line)[0] for _, line in commands()}
    actions = [a for a in parser()._actions if hasattr(a, "choices") and a.dest == "command"]
    assert set(actions[0].choices or ()) <= shown


@pytest.mark.parametrize(
    "command", ["", "assess", "shift", "code", "silence", "evidence", "ingest"]
)
def test_help_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command's help ends with examples."""
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])
    assert ended.value.code == 0
    assert "examples:" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_between_pages_resolve(page: Path) -> None:
    """No link of the documentation leads nowhere."""
    for target, anchor in _LINK.findall(page.read_text("utf-8")):
        there = page.parent / target if target else page
        assert there.exists(), f"{page.name} links to {target}"
        assert not anchor or anchor in anchors(there), f"{page.name} links to {target}#{anchor}"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are made from them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_generated_pages_are_current() -> None:
    """The reference pages are what the registries and the codebook say."""
    script = [sys.executable, str(ROOT / "docs" / "reference.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_source_dimension_and_code_appears() -> None:
    """Nothing registered is missing from the reference pages."""
    names = ("sources", "dimensions", "codes")
    text = {name: (ROOT / f"docs/{name}.md").read_text("utf-8") for name in names}
    assert all(f"## `{s.name}`" in text["sources"] for s in registry.SOURCES)
    assert all(f"## `{d.name}`" in text["dimensions"] for d in registry.DIMENSIONS)
    assert all(f"`{name}`" in text["codes"] for name in load().codes)


def test_the_tutorial_shows_the_answer_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """The answer printed in the tutorial is what the command prints today."""
    assert main(["assess", "CHN", "RUS", "--at", "2022-09-15", "--casebook"]) == 0
    answer = capsys.readouterr().out.rstrip()
    assert answer in (ROOT / "docs/tutorial.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_python_examples_run(page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the pages show of the library runs as shown."""
    monkeypatch.chdir(tmp_path)
    for block in _PYTHON.findall(page.read_text("utf-8")):
        exec(compile(block, page.name, "exec"), {})
