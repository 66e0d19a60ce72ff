"""The repository itself: nothing of one machine, nothing that names a registry."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_BANNED = re.compile(
    r"files\.python"
    + r"hosted|py"
    + r"pi\.org|index-"
    + r"url\s*=?\s*http|/ro"
    + r"ot/|/ho"
    + r"me/\w|/Us"
    + r"ers/\w|(?<![\w./])/wo"
    + r"rk/\w"
)


def tracked() -> list[Path]:
    """The files git tracks; in an archive without git, there are none to check."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    return [ROOT / name for name in found.stdout.decode().split("\0") if name]


def test_no_file_names_a_machine_or_a_registry() -> None:
    """No path of somebody's machine and no registry's host stands in a tracked file."""
    files = tracked()
    if not files:
        pytest.skip("not a git checkout")
    for path in files:
        if path.suffix not in {".parquet", ".png"} and path.is_file():
            found = _BANNED.search(path.read_text("utf-8", "replace"))
            assert not found, f"{path.relative_to(ROOT)}: {found and found[0]}"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_pinned_package_has_hashes(name: str) -> None:
    """A lock pins exact versions, each with its hashes."""
    entries = re.split(r"\n(?=\S)", (ROOT / name).read_text("utf-8"))
    pinned = [entry for entry in entries if "==" in entry.split("\n")[0]]
    assert len(pinned) > 10
    assert all("--hash=sha256:" in entry for entry in pinned)
