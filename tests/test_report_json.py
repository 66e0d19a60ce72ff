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
    assert answer["headline"].keys() == {"position", "perception", "text", "rule", "first"}
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
    assert found["breaks"][0] == {
        "date": "2022-03-01",
        "probability": 0.913,
        "change": -0.21,
        "date_interval": None,
    }


def test_margins_trend_and_what_the_date_leaves_out_are_told() -> None:
    first, *_, last = Verdict(sample.assessment()).to_dict()["dimensions"]
    assert last["margin_why"] == "15 in 100 headlines turned from neutral"
    assert (first["at_half_margin"], first["at_double_margin"]) == ("UNCLEAR", "STEADY")
    assert (first["p_trend"], first["left_out"]) == (0.04, ["2022-09-01"])
    assert first["elsewhere"]["date"] == "2022-03-01"
    assert first["span"] == ["2021-03-01", "2024-02-01"]
    assert last["caveats"] == ["headlines begins 2022-01-05"]


def test_evidence_can_be_limited_to_the_nearest() -> None:
    answer = Verdict(sample.assessment()).to_dict(most_evidence=2)["dimensions"][0]
    assert [e["date"] for e in answer["evidence"]] == ["2022-09-01", "2022-10-01"]
    assert answer["evidence_total"] == 36


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
