"""Every parser of untrusted input on its samples and on what chance makes of them.

The coverage-guided runs are made by benchmarks/fuzz.py with the same targets.
"""

import random
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import fuzz_targets

TARGETS = {target.name: target for target in fuzz_targets.targets()}
_EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["cut", "put", "twice", "flip"]),
              st.sampled_from([b'"', b"\n", b"\r", b"\0", b",", b";", b"\t", b"<", b"&#1;", b"]]>",
                               b"99999999999999999999", b"-1", b"1e999", b"\xff", b"\xed\xa0\x80",
                               "\u202e".encode(), "٣".encode(), b"<![", b"9999-12-31", b"["])),
    min_size=1, max_size=8,
)  # fmt: skip


def edited(data: bytes, edits: list[tuple[float, str, bytes]]) -> bytes:
    """The sample with pieces cut, put in, doubled or flipped."""
    for share, how, what in edits:
        at = int(share * len(data))
        if how == "cut":
            data = data[:at] + data[at + len(what) * 3 :]
        elif how == "put":
            data = data[:at] + what + data[at:]
        elif how == "twice":
            data = data[:at] + data[at // 2 :]
        elif at < len(data):
            data = data[:at] + bytes([data[at] ^ what[0]]) + data[at + 1 :]
    return data[:200_000]


def test_the_targets_cover_every_source() -> None:
    """A source without a target would not be fuzzed, but for those read as Parquet."""
    from talleyrand import registry

    fuzzed = {name.split(":")[0] for name in TARGETS}
    assert {source.name for source in registry.SOURCES} - fuzzed <= {"atop"}


@pytest.mark.parametrize("name", TARGETS)
def test_the_samples_are_read(name: str) -> None:
    """Each seed gives something or is refused in good order."""
    target = TARGETS[name]
    counts = [fuzz_targets.tried(target, seed) for seed in target.seeds]
    assert max(counts) > 0 or name == "net:address"


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(TARGETS)), st.integers(0, 9), _EDITS)
def test_damaged_samples_are_read_or_refused(
    name: str, seed: int, edits: list[tuple[float, str, bytes]]
) -> None:
    """No parser raises anything but its own errors, whatever becomes of a sample."""
    target = TARGETS[name]
    fuzz_targets.tried(target, edited(target.seeds[seed % len(target.seeds)], edits))


def test_noise_is_read_or_refused() -> None:
    """Bytes of chance, in every parser."""
    chance = random.Random(7)
    for target in TARGETS.values():
        for size in (0, 1, 64, 2_000):
            fuzz_targets.tried(target, chance.randbytes(size))
