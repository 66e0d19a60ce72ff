"""Reading files as published: in order, bounded, and honest about what could not be read."""

from __future__ import annotations

import gzip
import io
import lzma
import os
import random
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talleyrand.archives import MOST_BYTES, count, read
from talleyrand.errors import UnreadableFile
from talleyrand.model import Raw, Rejected

MEMBERS = {
    "b/2.md": b"two",
    "a/1.md": b"one" * 999,
    "3.md": b"",
    "中/4.md": random.Random(4).randbytes(90_000),
}


def tar_of(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def saved(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def packed(folder: Path, suffix: str) -> Path:
    """The members in one of the forms that can be read."""
    if suffix == "folder":
        for name, data in MEMBERS.items():
            saved(folder / "all" / name, data)
        return folder / "all"
    if suffix == ".zip":
        with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in MEMBERS.items():
                archive.writestr(name, data)
        return folder / "all.zip"
    data = tar_of(MEMBERS)
    data = gzip.compress(data) if suffix.endswith("gz") else data
    data = lzma.compress(data) if suffix.endswith("xz") else data
    return saved(folder / f"all{suffix}", data)


def kept_until_trouble(path: Path) -> tuple[list[Raw | Rejected], str]:
    """What was read, and the trouble that ended it."""
    kept = []
    try:
        for item in read(path):
            kept.append(item)
    except UnreadableFile as error:
        return kept, str(error)
    return kept, ""


@pytest.mark.parametrize("suffix", ["folder", ".tar", ".tar.gz", ".tar.xz", ".zip"])
def test_every_form_gives_the_same_members(tmp_path: Path, suffix: str) -> None:
    """A folder, a tar and a zip hold the same files, and their number is known beforehand."""
    path = packed(tmp_path, suffix)
    items = list(read(path))
    assert {item.name: item.data for item in items if isinstance(item, Raw)} == MEMBERS
    assert count(path) == len(items) == len(MEMBERS)


def test_a_folder_is_read_in_order_with_its_archives_and_hidden_files(tmp_path: Path) -> None:
    """Nothing in a folder is passed over in silence; who uses it is for the source to say."""
    saved(tmp_path / "z" / "LICENSE", b"free")
    saved(tmp_path / ".hidden", b"h")
    saved(tmp_path / "m.tar.gz", gzip.compress(tar_of({"in.md": b"inside"})))
    assert [item.name for item in read(tmp_path) if isinstance(item, Raw)] == [
        ".hidden", "in.md", "z/LICENSE",
    ]  # fmt: skip
    assert count(tmp_path) == 3


@pytest.mark.parametrize(
    ("suffix", "data"), [(".gz", gzip.compress(b"{}\n")), (".xz", lzma.compress(b"{}\n"))]
)
def test_a_compressed_file_is_one_member_named_without_its_suffix(
    tmp_path: Path, suffix: str, data: bytes
) -> None:
    """rows.jsonl.xz gives rows.jsonl."""
    path = saved(tmp_path / f"rows.jsonl{suffix}", data)
    assert list(read(path)) == [Raw("rows.jsonl", b"{}\n")]


def test_links_devices_and_bad_names_do_no_harm(tmp_path: Path) -> None:
    """Links and devices are set aside; `..` and absolute names are labels only."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, kind in (
            ("soft", tarfile.SYMTYPE),
            ("hard", tarfile.LNKTYPE),
            ("device", tarfile.CHRTYPE),
            ("pipe", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        for name in ("../../escape.md", "/etc/escape.md"):
            info = tarfile.TarInfo(name)
            info.size = 1
            archive.addfile(info, io.BytesIO(b"x"))
    items = list(read(saved(tmp_path / "in" / "bad.tar", made.getvalue())))
    assert [i.locator for i in items if isinstance(i, Rejected)] == [
        "soft",
        "hard",
        "device",
        "pipe",
    ]
    assert [i.name for i in items if isinstance(i, Raw)] == ["../../escape.md", "/etc/escape.md"]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["bad.tar", "in"]


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    """Not even to a folder above; a link the user names is followed."""
    saved(tmp_path / "secret", b"s")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "file").symlink_to(tmp_path / "secret")
    (tmp_path / "in" / "folder").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "in" / "pipe")
    items = list(read(tmp_path / "in"))
    assert all(isinstance(item, Rejected) for item in items)
    assert len(items) == 3
    assert list(read(tmp_path / "in" / "file")) == [Raw("file", b"s")]


@pytest.mark.parametrize("suffix", [".tar", ".tar.gz", ".tar.xz"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_archive_gives_what_came_before_the_cut(
    tmp_path: Path, suffix: str, share: float
) -> None:
    """Then it says what is wrong and what to do."""
    path = packed(tmp_path, suffix)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    kept, trouble = kept_until_trouble(path)
    assert len(kept) < len(MEMBERS)
    assert all(isinstance(i, Raw) and MEMBERS[i.name] == i.data for i in kept)
    assert "damaged or cut short" in trouble
    assert "fetch the file again" in trouble


def test_a_tar_cut_between_two_members_is_noticed(tmp_path: Path) -> None:
    """The missing end mark tells, though every member that is there is whole."""
    path = saved(tmp_path / "all.tar", tar_of(MEMBERS)[: 512 * 2])  # the first member and no more
    kept, trouble = kept_until_trouble(path)
    assert len(kept) == 1
    assert "cut short" in trouble


def test_a_damaged_header_does_not_end_the_archive_in_silence(tmp_path: Path) -> None:
    """A flipped byte in the second header is no end of the archive."""
    data = bytearray(tar_of(MEMBERS))
    data[512 * 2 + 20] ^= 0xFF
    kept, trouble = kept_until_trouble(saved(tmp_path / "all.tar", bytes(data)))
    assert len(kept) == 1
    assert "damaged" in trouble


def test_a_wrong_checksum_is_noticed(tmp_path: Path) -> None:
    """The members are given, and the trouble is told all the same."""
    data = bytearray(gzip.compress(tar_of(MEMBERS)))
    data[-8] ^= 0xFF
    kept, trouble = kept_until_trouble(saved(tmp_path / "all.tar.gz", bytes(data)))
    assert len(kept) == len(MEMBERS)
    assert trouble


def test_of_lines_cut_short_the_whole_ones_are_kept(tmp_path: Path) -> None:
    """Half a line is not taken for a line, half a text not for a text."""
    lines = b"".join(
        b'{"n": %d, "t": "%s"}\n' % (n, os.urandom(20).hex().encode()) for n in range(4000)
    )
    data = gzip.compress(lines)
    for name, expected in (("a.jsonl.gz", 1), ("a.md.gz", 0)):
        kept, trouble = kept_until_trouble(saved(tmp_path / name, data[: len(data) // 2]))
        assert len(kept) == expected
        assert trouble
        for item in kept:
            assert isinstance(item, Raw)
            assert item.data.endswith(b"\n")
            assert lines.startswith(item.data)


def test_one_bad_file_in_a_folder_does_not_hide_the_others(tmp_path: Path) -> None:
    """The rest is given first."""
    saved(tmp_path / "a.tar.gz", b"not gzip")
    saved(tmp_path / "b.md", b"b")
    kept, trouble = kept_until_trouble(tmp_path)
    assert kept == [Raw("b.md", b"b")]
    assert "a.tar.gz" in trouble


def test_a_damaged_member_of_a_zip_costs_itself(tmp_path: Path) -> None:
    """A zip has an index: what follows the damage is read."""
    path = packed(tmp_path, ".zip")
    data = bytearray(path.read_bytes())
    data[data.index(b"a/1.md") + 12] ^= 0xFF
    items = list(read(saved(path, bytes(data))))
    assert sum(isinstance(item, Rejected) for item in items) == 1
    assert len(items) == len(MEMBERS)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """A small file that unpacks to a thousand times its size is stopped early."""
    path = saved(tmp_path / "bomb.gz", gzip.compress(bytes(72 * 1024 * 1024)))
    kept, trouble = kept_until_trouble(path)
    assert kept == []
    assert "bomb" in trouble


def test_a_member_that_is_too_large_is_set_aside(tmp_path: Path) -> None:
    """The next one is read."""
    path = tmp_path / "large.tar"
    info, small = tarfile.TarInfo("large"), tarfile.TarInfo("small")
    info.size, small.size = MOST_BYTES + 1, 1
    with path.open("wb") as stream:
        stream.write(info.tobuf())
        stream.seek(512 + (MOST_BYTES // 512 + 1) * 512)
        stream.write(small.tobuf() + b"x".ljust(512, b"\0") + bytes(1024))
    large, after = read(path)
    assert isinstance(large, Rejected)
    assert "larger than" in large.reason
    assert after == Raw("small", b"x")


def test_a_missing_path_is_said(tmp_path: Path) -> None:
    """With what to do."""
    with pytest.raises(UnreadableFile, match="check the spelling"):
        list(read(tmp_path / "none"))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(("a.tar", "a.tar.gz", "a.tar.xz", "a.zip", "a.gz", "a.xz", "a.md")),
    st.binary(max_size=600),
)
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes
) -> None:
    """No file makes the reader raise anything but UnreadableFile."""
    path = saved(tmp_path_factory.mktemp("any") / name, data)
    kept_until_trouble(path)
    count(path)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5_000), st.integers(1, 255))
def test_a_flipped_byte_never_passes_for_the_original(
    tmp_path_factory: pytest.TempPathFactory, place: int, flip: int
) -> None:
    """Of an archive with a checksum, damage is told or did not touch what was read."""
    data = bytearray(gzip.compress(tar_of({"a.md": random.Random(1).randbytes(4_000)})))
    data[10 + place % (len(data) - 10)] ^= flip  # past the header, which holds a name and a time
    path = saved(tmp_path_factory.mktemp("flip") / "a.tar.gz", bytes(data))
    kept, trouble = kept_until_trouble(path)
    assert trouble or kept == [Raw("a.md", random.Random(1).randbytes(4_000))]
