"""The JSON contract of the answer."""

from __future__ import annotations

import json

import pytest

import assessment_sample as sample
from talleyrand.report import as_json
from talleyrand.report.verdict import Verdict

TOP = {"sender", "target", "at", "window_months", "headline", "dimensions", "casebook", "version"}
FINDING = {
    "outcome", "direction", "change", "interval", "margin", "p_shift", "p_steady", "n_before",
    "n_after", "reason",
}  # fmt: skip
DIMENSION = FINDING | {"name", "side", "unit", "evidence", "would_settle"}


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")


def read(verdict: Verdict) -> dict[str, object]:
    answer = json.loads(verdict.to_json(), parse_constant=refuse)
    assert isinstance(answer, dict)
    return answer


def test_the_answer_has_the_fields_of_the_contract() -> None:
    answer = Verdict(sample.assessment()).to_dict()
    assert answer.keys() >= TOP
    assert answer["headline"].keys() == {"position", "perception", "text"}
    assert all(one.keys() >= DIMENSION for one in answer["dimensions"])
    evidence = [e for one in answer["dimensions"] for e in one["evidence"]]
    assert all(
        e.keys() >= {"id", "url", "date"} and {"value", "quote"} & e.keys() for e in evidence
    )
    assert answer["at"] == "2022-09-15"
    assert answer["dimensions"][0]["interval"] == [-0.19, 0.11]


def test_an_own_series_has_the_fields_of_the_contract() -> None:
    found = as_json.finding_to_dict(sample.assessment().judged[0].finding)
    assert found.keys() >= FINDING | {"breaks"}
    assert found["breaks"][0] == {"date": "2022-03-01", "probability": 0.913, "change": -0.21}


def test_what_is_unknown_is_null() -> None:
    opinion = Verdict(sample.assessment()).to_dict()["dimensions"][4]
    assert [opinion[name] for name in ("change", "interval", "p_shift", "p_steady")] == [None] * 4


def test_no_figure_is_ever_nan() -> None:
    answer = read(Verdict(sample.hostile()))
    first = answer["dimensions"][0]  # type: ignore[index]
    assert first["change"] is None
    assert first["interval"] is None
    assert first["evidence"][1]["value"] is None


def test_hostile_text_survives_without_steering_the_terminal() -> None:
    written = Verdict(sample.hostile()).to_json()
    written.encode("utf-8")
    assert not {c for c in written if c != "\n" and not c.isprintable() and c != "\u3000"}
    assert "\u202e" not in written
    text = json.loads(written)["headline"]["text"]
    assert "\u202egnp.exe" in text
    assert "\x1b[31m" in text


def test_chinese_and_russian_stay_readable() -> None:
    written = Verdict(sample.assessment()).to_json()
    assert "虚构样本" in written
    assert "Вымышленный" in written


@pytest.mark.parametrize("make", [sample.assessment, sample.hostile, sample.empty])
def test_text_and_values_say_the_same(make) -> None:  # type: ignore[no-untyped-def]
    verdict = Verdict(make())
    assert read(verdict) == verdict.to_dict()
