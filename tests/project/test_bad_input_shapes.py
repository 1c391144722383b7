"""The JSON of the commands held against what other programs may rely on: every key, null or not, spans and days."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.project.command import Careo
from tests.project.reports_in_files import Commands, commands

__all__ = ["commands"]

Check = Callable[[Any, str], None]
KINDS = ("direct", "indirect", "mixed")
GRANULARITIES = ("day", "week", "month", "quarter", "year", "vague")
STORY = "# Water\n\n“The dam is fine,” Helen Marsh said on 12 March 2026. Some 2,900 families will receive tanks.\n"


def word(value: Any, _: str) -> None:
    assert isinstance(value, str)


def number(value: Any, _: str) -> None:
    assert isinstance(value, int | float)
    assert not isinstance(value, bool)


def score(value: Any, _: str) -> None:
    number(value, _)
    assert 0 <= value <= 1


def day(value: Any, _: str) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", value)


def moment(value: Any, _: str) -> None:
    """A day, or a time with its offset."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?", value)


def span(value: Any, text: str) -> None:
    begin, end = value
    assert 0 <= begin < end <= len(text)


def one_of(*values: Any) -> Check:
    def check(value: Any, _: str) -> None:
        assert value in values

    return check


def maybe(check: Check) -> Check:
    return lambda value, text: None if value is None else check(value, text)


def many(check: Check) -> Check:
    def each(value: Any, text: str) -> None:
        assert isinstance(value, list)
        for one in value:
            check(one, text)

    return each


def having(**keys: Check) -> Check:
    """An object with at least these keys; more may be added by later versions."""

    def check(value: Any, text: str) -> None:
        assert keys.keys() <= value.keys()
        for key, kind in keys.items():
            kind(value[key], text)

    return check


DAYS: dict[str, Check] = {"from": maybe(day), "to": maybe(day), "granularity": one_of(*GRANULARITIES)}
STATEMENT: dict[str, Check] = {
    "source": many(span), "cue": many(span), "content": many(span), "kind": one_of(*KINDS),
    "speaker": maybe(having(name=word, office=maybe(word), score=score)), "said_on": maybe(having(**DAYS)), "score": score,
}  # fmt: skip
READING = having(
    careo=one_of(1), language=one_of("en", "es"), published=maybe(day), text=word, statements=many(having(**STATEMENT)),
    people=many(having(name=word, office=maybe(word), mentions=many(span))), times=many(having(span=span, **DAYS)),
)  # fmt: skip
REPORT = having(
    careo=one_of(1), url=word, canonical_url=word, outlet=word, language=word, headline=word, standfirst=maybe(word),
    authors=many(word), published=maybe(moment), modified=maybe(moment), text=word,
    images=many(having(url=word, caption=maybe(word), alt=maybe(word), credit=maybe(word))),
    snapshot=lambda value, _: None if re.fullmatch("[0-9a-f]{64}", value) else pytest.fail(value),
    near_duplicate_of=maybe(number),
)  # fmt: skip
RELATIONS = one_of("same", "differs", "conflicts", "follows")
COMPARISON = having(
    careo=one_of(1), reports=many(having(id=lambda *_: None, outlet=maybe(word), language=word)),
    statements=many(having(id=word, report=lambda *_: None, **STATEMENT)), remarks=many(many(word)),
    relations=many(having(a=word, b=word, kind=RELATIONS, score=score, why=many(word))),
)  # fmt: skip
FINDINGS = having(
    careo=one_of(1),
    findings=many(having(kind=word, level=one_of("block", "warn"), span=span, message=word,
                         passages=many(having(report=lambda *_: None, span=many(number))))),
)  # fmt: skip
PATHS = "home section story closed_story forum thread person event search login desk desk_event"
ACCOUNT = many(word)
MAP = having(
    careo=one_of(1), address=word, paths=having(**dict.fromkeys(PATHS.split(), maybe(word))), marker=word, post_marker=word,
    logins=having(editor=ACCOUNT, subscriber=ACCOUNT, reader=ACCOUNT, moderator=ACCOUNT),
)  # fmt: skip


def days_agree(statement: dict[str, Any]) -> None:
    """What is vague has null for both ends; of one day they are equal."""
    said = statement["said_on"]
    if said:
        assert (said["granularity"] == "vague") == (said["from"] is None) == (said["to"] is None)
        assert said["granularity"] != "day" or said["from"] == said["to"]


def test_a_reading(commands: Commands) -> None:
    for name in (*commands.texts(), commands.page()):
        answer = commands.careo("read", name, "--json", "--published", "2026-03-03")
        assert answer.err == ""
        assert answer.out.count("\n") == 1
        READING(answer.object, answer.object["text"])
        assert answer.object["statements"]
        for statement in answer.object["statements"]:
            days_agree(statement)


def test_a_report(commands: Commands) -> None:
    answer = commands.careo("capture", commands.page(), "--no-store", "--json")
    assert answer.out.count("\n") == 1
    REPORT(answer.object, answer.object["text"])


def test_a_comparison(commands: Commands) -> None:
    answer = commands.careo("compare", commands.lines(), "--json")
    COMPARISON(answer.object, "x" * 10_000)
    ids = [one["id"] for one in answer.object["statements"]]
    assert sorted(id_ for remark in answer.object["remarks"] for id_ in remark) == sorted(ids)
    assert {one[end] for one in answer.object["relations"] for end in "ab"} <= set(ids)
    assert {one["report"] for one in answer.object["statements"]} <= {
        one["id"] for one in answer.object["reports"]
    }


def test_findings(commands: Commands) -> None:
    answer = commands.careo(
        "check", commands.write("story.md", STORY), "--against", commands.lines(), "--json"
    )
    assert answer.code == 1
    assert answer.object["findings"]
    FINDINGS(answer.object, STORY)


@pytest.mark.slow
def test_the_map_of_the_demonstration_is_the_same_each_time(tmp_path: Path) -> None:
    careo = Careo(tmp_path / "data")
    first = json.loads(careo("demo", "--json").stdout)
    MAP(first, "")
    assert all(len(login) == 2 for login in first["logins"].values())
    assert json.loads(careo("demo", "--json").stdout) == first
