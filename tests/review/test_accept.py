"""Accepting: what was looked at becomes a note, what has changed since is told again."""

from __future__ import annotations

from datetime import date

import pytest
from drafts import finding, report

from mingzhang.review import accept, apply, review, stale

WRONG = finding("MZ001", "s1.2 p5.1", "860", "363")
FORM = finding("MZ202", "level", "住房保障（款）", severity="warning")
BOTH = report([WRONG, FORM])
ENTRIES = accept([WRONG], "批复如此", "王明", date(2024, 3, 15))


def test_an_accepted_finding_is_a_note_that_says_who_and_why() -> None:
    done = apply(BOTH, ENTRIES)
    told, accepted = done.findings
    assert told == FORM
    assert accepted.severity == "note"
    assert accepted.message_in("zh") == "已接受（批复如此；王明，2024-03-15）：s1.2 p5.1不对"
    assert accepted.message_in("en") == "Accepted (批复如此; 王明, 2024-03-15): s1.2 p5.1 is wrong"
    assert accepted.facts["accepted"] == {
        "severity": "error", "reason": "批复如此", "who": "王明", "date": "2024-03-15",
    }  # fmt: skip
    assert accepted.places == WRONG.places
    assert done.exit_status == 1  # the warning
    assert apply(BOTH, [*ENTRIES, *accept([FORM], "x")]).exit_status == 0


def test_the_verdict_is_not_for_people_to_decide() -> None:
    assert apply(report([WRONG]), ENTRIES).verdict == "contradictory"


def test_the_fingerprint_stays_even_where_it_is_made_of_the_sentence() -> None:
    loose = finding("MZ001", "", "860")
    done = apply(report([loose]), accept([loose], "x"))
    assert done.findings[0].fingerprint == loose.fingerprint
    again = apply(done, accept([loose], "x"))
    assert again.findings[0].fingerprint == loose.fingerprint


def test_nothing_is_accepted_by_an_empty_file() -> None:
    assert apply(BOTH, ()) == BOTH


def test_a_new_layout_changes_nothing() -> None:
    moved = finding("MZ001", "s1.2 p5.1", "8 60", "363", line=77)
    assert review(report([moved]), ENTRIES).accepted


def test_a_finding_whose_position_shifted_is_known_by_its_figures() -> None:
    """A new paragraph renumbers the figures: another fingerprint, the same rule and excerpts."""
    shifted = finding("MZ001", "s1.2 p6.1", "363", "860")
    done = review(report([shifted]), ENTRIES)
    assert len(done.accepted) == 1
    assert not done.gone
    assert not done.changed


def test_the_fingerprint_of_another_figure_does_not_hide_it() -> None:
    """The same positions, other figures: nobody has looked at these."""
    other = finding("MZ001", "s1.2 p5.1", "999", "363")
    done = review(report([other]), ENTRIES)
    assert done.report.findings == (other,)
    assert done.changed == ENTRIES
    assert not done.gone


def test_fewer_places_than_accepted_are_accepted_and_more_are_not() -> None:
    fewer = finding("MZ001", "s1.2 p5.1", "860")
    more = finding("MZ001", "s1.2 p5.1", "860", "363", "7")
    assert review(report([fewer]), ENTRIES).accepted
    assert review(report([more]), ENTRIES).changed == ENTRIES


def test_another_rule_with_the_same_figures_is_another_finding() -> None:
    other = finding("MZ003", "s1.2 p5.1", "860", "363")
    assert review(report([other]), ENTRIES).gone == ENTRIES


def test_what_no_longer_fits_is_told() -> None:
    other = finding("MZ001", "s1.2 p5.1", "999")
    both = [*ENTRIES, *accept([FORM], "旧科目")]
    changed, gone = stale(report([other]), both, "书.mingzhang.toml", "en")
    assert "now rests on other figures" in changed
    assert WRONG.fingerprint in changed
    assert "is not in this draft any more" in gone
    assert FORM.fingerprint in gone
    assert stale(BOTH, both, "x") == ()


def test_a_reason_is_needed() -> None:
    with pytest.raises(ValueError, match="say why"):
        accept([WRONG], "  ", lang="en")


def test_signatures_of_every_kind() -> None:
    assert accept([FORM], "r")[0].signed("en") == "r"
    assert accept([FORM], "r", "w")[0].signed("en") == "r; w"
    assert accept([FORM], "r", "", date(2024, 1, 2))[0].signed("zh") == "r；2024-01-02"
