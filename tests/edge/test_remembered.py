"""Remembering a genuine pass changes no verdict, and costs a bounded amount of memory."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from careo.edge.app import Edge
from careo.edge.files import Files
from careo.edge.passes import issue
from careo.edge.remembered import Remembered
from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC, SUBSCRIBER, Variant
from tests.edge.test_app import django

KEY = b"a key for tests, of enough bytes"
NOON = 1_800_000_000


class Clock:
    def __init__(self) -> None:
        self.now = float(NOON)

    def __call__(self) -> float:
        return self.now


def edge(clock: Clock) -> Edge:
    store = PageStore(Path("/nonexistent"))  # only the verdict is asked for
    return Edge(
        django,
        store=store,
        pass_key=KEY,
        pass_cookie="pass",
        host="post.example",
        files=Files({}),
        clock=clock,
    )


def lines(end: int) -> st.SearchStrategy[bytes]:
    """Cookie lines such as browsers and forgers send around passes that end then, in few enough shapes to come twice."""
    genuine = st.integers(1, 3).map(lambda reader: issue(KEY, reader, now=end - 300, seconds=300))
    forged = st.integers(1, 3).map(lambda reader: issue(b"another" + KEY, reader, now=end - 300, seconds=300))
    changed = st.tuples(genuine, st.integers(0, 65)).map(lambda p: p[0][: p[1]] + "A" + p[0][p[1] + 1 :])
    value = genuine | forged | changed | st.sampled_from(["", "x", "é"])
    name = st.sampled_from(["pass", "pass", "PASS", "other"])
    pairs = st.tuples(name, value).map(lambda pair: f"{pair[0]}={pair[1]}".encode("latin-1", "replace"))
    return st.lists(pairs, max_size=3).map(b"; ".join)


class ManyReaders(RuleBasedStateMachine):
    """One edge that remembers, asked over and over, beside a fresh one that never saw anything before."""

    @initialize()
    def begin(self) -> None:
        self.clock = Clock()
        self.edge = edge(self.clock)
        self.seen: list[bytes] = []

    def verdicts(self, line: bytes) -> tuple[Variant | None, Variant | None]:
        return self.edge.variant(line), edge(self.clock).variant(line)

    @rule(line=lines(NOON + 100) | lines(NOON + 200))
    def ask(self, line: bytes) -> None:
        self.seen = [*self.seen[-50:], line]
        remembering, fresh = self.verdicts(line)
        assert remembering == fresh

    @rule(seconds=st.floats(-50, 120))
    def time_passes_or_is_set_back(self, seconds: float) -> None:
        self.clock.now += seconds

    @invariant()
    def all_that_was_asked_is_answered_as_if_for_the_first_time(self) -> None:
        for line in getattr(self, "seen", []):
            remembering, fresh = self.verdicts(line)
            assert remembering == fresh


ManyReaders.TestCase.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
TestManyReaders = ManyReaders.TestCase


def test_a_pass_that_is_remembered_opens_nothing_from_its_end_on() -> None:
    clock = Clock()
    paper, line = edge(clock), b"pass=" + issue(KEY, 7, now=NOON, seconds=300).encode()
    assert paper.variant(line) == paper.variant(line) == SUBSCRIBER
    clock.now = NOON + 299.999
    assert paper.variant(line) == SUBSCRIBER
    clock.now = NOON + 300
    assert paper.variant(line) is None  # Django's to decide
    assert len(paper._remembered) == 1


def test_only_genuine_passes_are_remembered() -> None:
    paper = edge(Clock())
    genuine = issue(KEY, 7, now=NOON, seconds=300)
    expired = issue(KEY, 7, now=NOON - 600, seconds=300)
    forgeries = [f"pass={genuine[:30]}{number:06d}{genuine[36:]}".encode() for number in range(2_000)]
    for line in [
        *forgeries,
        b"pass=",
        b"pass=x",
        f"pass={expired}".encode(),
        f"pass={genuine}; pass=x".encode(),
    ]:
        assert paper.variant(line) != SUBSCRIBER
    assert len(paper._remembered) == 0
    assert paper.variant(f"pass={genuine}".encode()) == SUBSCRIBER
    assert paper.variant(f"pass={genuine}A".encode()) == PUBLIC
    assert len(paper._remembered) == 1


@given(
    asked=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 300)), max_size=300),
    limit=st.integers(500, 8_000),
)
@settings(deadline=None)
def test_it_says_what_it_was_told_or_nothing_and_never_holds_more_than_it_may(
    asked: list[tuple[int, int]], limit: int
) -> None:
    remembered, told = Remembered(limit), dict[bytes, int]()
    for number, length in asked:
        line = f"{number} {'x' * length}".encode()
        assert remembered.end_of(line) in (0, told.get(line, 0))
        told[line] = NOON + number
        remembered.remember(line, NOON + number)
        assert sum(len(each) + 200 for each in {*remembered._newer, *remembered._older}) <= limit


def test_of_a_crowd_those_are_kept_who_come_again() -> None:
    remembered = Remembered(100 * 205)
    for number in range(1_000):
        remembered.remember(b"%05d" % number, NOON)
        assert remembered.end_of(b"00000") == NOON
    assert remembered.end_of(b"00500") == 0


def test_a_line_of_kilobytes_is_judged_each_time() -> None:
    paper = edge(Clock())
    line = b"other=" + b"x" * 5_000 + b"; pass=" + issue(KEY, 7, now=NOON, seconds=300).encode()
    assert paper.variant(line) == paper.variant(line) == SUBSCRIBER
    assert len(paper._remembered) == 0
