"""Filing: versions in a chain; every kind of tampering shows; nothing is overwritten."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingzhang.perform.filing import Backdated, NotSound, canonical, digest_of, file_version, verify
from mingzhang.perform.filing.verify import sealed

WHEN = datetime(2024, 1, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three versions."""
    for number in range(3):
        file_version({"total": str(90 + number)}, "甲", WHEN, tmp_path / "filed")
    return tmp_path / "filed"


def codes(folder: Path, digest: str = "") -> list[str]:
    return [p.code for p in verify(folder, digest).problems]


def test_a_chain(folder: Path) -> None:
    found = verify(folder)
    assert found.sound
    assert [v.number for v in found.versions] == [1, 2, 3]
    assert [v.previous for v in found.versions] == ["", *(v.digest for v in found.versions[:2])]
    assert verify(folder, found.digest).sound
    assert codes(folder, "0" * 64) == ["head"]


def test_the_bytes_are_the_clock_handed_in(folder: Path, tmp_path: Path) -> None:
    again = file_version({"total": "90"}, "甲", WHEN, tmp_path / "other")
    assert again.path.read_bytes() == (folder / "v0001.json").read_bytes()
    assert b"2024-01-20T09:30:00+00:00" in again.path.read_bytes()


def test_same_content_makes_no_version(folder: Path) -> None:
    filed = file_version({"total": "92"}, "乙", WHEN, folder)
    assert (filed.new, filed.number) == (False, 3)
    assert len(list(folder.iterdir())) == 3


def test_every_byte_counts(folder: Path) -> None:
    path = folder / "v0002.json"
    data = path.read_bytes()
    path.chmod(0o644)
    for at in range(0, len(data), 7):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert codes(folder), at
    path.write_bytes(data)
    assert codes(folder) == []


def test_removed(folder: Path) -> None:
    (folder / "v0002.json").unlink()
    assert codes(folder) == ["removed"]
    (folder / "v0001.json").unlink()
    assert codes(folder) == ["removed", "removed"]


def test_the_last_one_cut_off_shows_against_the_digest_on_record(folder: Path) -> None:
    kept = verify(folder).digest
    (folder / "v0003.json").unlink()
    assert codes(folder) == []  # nothing in the folder can tell
    assert codes(folder, kept) == ["head"]


def test_reordered(folder: Path) -> None:
    one, two = folder / "v0001.json", folder / "v0002.json"
    first, second = one.read_bytes(), two.read_bytes()
    one.chmod(0o644)
    two.chmod(0o644)
    one.write_bytes(second)
    two.write_bytes(first)
    assert set(codes(folder)) == {"order"}
    assert len(codes(folder)) == 3


def test_an_exchanged_version_with_right_digests_breaks_the_chain(folder: Path) -> None:
    path = folder / "v0002.json"
    raw = json.loads(path.read_bytes())
    raw["content"] = {"total": "99.9"}
    raw["content_digest"] = digest_of(raw["content"])
    raw["digest"] = sealed(raw)
    path.chmod(0o644)
    path.write_bytes(canonical(raw))
    assert codes(folder) == ["order"]
    assert verify(folder).problems[0].messages["zh"].startswith("第 3 版")


def test_nothing_is_filed_upon_what_is_not_sound(folder: Path) -> None:
    (folder / "v0001.json").unlink()
    with pytest.raises(NotSound):
        file_version({"total": "1"}, "甲", WHEN, folder)
    assert not (folder / "v0004.json").exists()


def test_nothing_is_overwritten(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone else filed version 4 between looking and writing."""
    import mingzhang.perform.filing.folder as module

    seen = verify(folder)
    file_version({"total": "theirs"}, "乙", WHEN, folder)
    monkeypatch.setattr(module, "verify", lambda _: seen)
    with pytest.raises(FileExistsError):
        file_version({"total": "ours"}, "甲", WHEN, folder)
    monkeypatch.undo()
    assert verify(folder).versions[-1].content == {"total": "theirs"}
    assert len([*folder.iterdir()]) == 4


def test_strays_and_empty_folders(folder: Path, tmp_path: Path) -> None:
    (folder / "note.txt").write_text("x")
    (folder / "v0004.json").write_text("{}")
    assert codes(folder) == ["stray", "unreadable"]
    assert codes(tmp_path / "none") == ["empty"]


@pytest.mark.parametrize(("who", "when"), [(" ", WHEN), ("甲", datetime(2024, 1, 1))])
def test_who_and_when_are_wanted(tmp_path: Path, who: str, when: datetime) -> None:
    with pytest.raises(ValueError, match=r"who|zone"):
        file_version({}, who, when, tmp_path)


DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(DATA)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_canonical_bytes_come_back(data: object) -> None:
    assert canonical(json.loads(canonical(data))) == canonical(data)


def test_no_fractions_in_canonical_data() -> None:
    for bad in (0.5, {"a": [1.0]}, {1: "a"}, object()):
        with pytest.raises(TypeError):
            canonical(bad)


def test_content_exchanged_in_the_last_version_shows(folder: Path) -> None:
    """Sealed anew, but for the digest of the content."""
    path = folder / "v0003.json"
    raw = json.loads(path.read_bytes())
    raw["content"] = {"total": "99.9"}
    raw["digest"] = sealed(raw)
    path.chmod(0o644)
    path.write_bytes(canonical(raw))
    assert codes(folder) == ["changed"]


def test_a_clock_that_runs_back_is_refused_and_seen(folder: Path, tmp_path: Path) -> None:
    early = WHEN - timedelta(seconds=1)
    with pytest.raises(Backdated) as refused:
        file_version({"total": "99"}, "甲", early, folder)
    assert refused.value.last == WHEN
    assert len(list(folder.iterdir())) == 3
    # written by other hands, sealed and chained as it should be: the times still tell
    path = folder / "v0003.json"
    version = json.loads(path.read_bytes())
    version["when"] = early.isoformat()
    version["digest"] = sealed(version)
    path.chmod(0o644)
    path.write_bytes(canonical(version))
    assert codes(folder) == ["clock"]


def test_a_time_in_another_zone_is_compared_as_a_moment(folder: Path) -> None:
    zone = timezone(timedelta(hours=8))
    later = (WHEN + timedelta(minutes=1)).astimezone(zone)
    assert file_version({"total": "99"}, "甲", later, folder).number == 4
    assert verify(folder).sound


def test_two_filings_at_once_make_one_version(tmp_path: Path) -> None:
    """Eight at the same moment: each number is one whole version, the chain is sound, nothing is left."""
    folder = tmp_path / "filed"
    start = threading.Barrier(8)
    lost: list[int] = []

    def one(number: int) -> None:
        start.wait()
        try:
            file_version({"total": str(number)}, "甲", WHEN, folder)
        except FileExistsError:
            lost.append(number)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = verify(folder)
    assert found.sound
    assert len(found.versions) == 8 - len(lost)
    assert sorted(p.name for p in folder.iterdir()) == [v.path.name for v in found.versions]
