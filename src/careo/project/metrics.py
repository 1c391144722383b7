"""Figures about this process for Prometheus, on a port of their own that must not be public: CAREO_METRICS_BIND.

What is counted names no reader, no address and no page: how many answers of which kind, how long Django took, what the
page store weighs, how many tasks wait. docs/running.md has the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from careo.edge.app import Edge

# A page at hand takes Django 5 ms, one to be drawn 25, a report to be taken in seconds.
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """An observer of the edge. One registry each, so that several can live in one process."""

    watches = True

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._answers = Counter(
            "careo_answers",
            "Answers, by whom and with which status",
            ["by", "status"],
            registry=self.registry,
        )
        self._bytes = Counter(
            "careo_answer_bytes", "Bytes of bodies that the edge gave by itself", registry=self.registry
        )
        self._seconds = Histogram(
            "careo_django_seconds",
            "Seconds until Django had answered",
            buckets=SECONDS,
            registry=self.registry,
        )

    def given(self, method: str, path: str, status: int, size: int, kind: str) -> None:
        self._answers.labels(kind, str(status)).inc()
        self._bytes.inc(size)

    def passed_on(self, method: str, path: str, status: int, seconds: float, stale: bool) -> None:
        self._answers.labels("stale" if stale else "django", str(status)).inc()
        self._seconds.observe(seconds)

    def watch(self, edge: Edge, waiting: Callable[[], dict[str, int]]) -> None:
        """Also tell what is asked for at each scrape; `waiting` counts the tasks by their state."""
        self.registry.register(_AtEachScrape(edge, waiting))

    def serve(self, host: str, port: int) -> None:
        """In a thread of its own, until the process ends. Raises OSError where the address cannot be had."""
        start_http_server(port, addr=host, registry=self.registry)


class _AtEachScrape(Collector):
    def __init__(self, edge: Edge, waiting: Callable[[], dict[str, int]]) -> None:
        self._edge, self._waiting = edge, waiting

    def collect(self) -> Iterable[Metric]:
        pages, weight = self._edge.store.at_hand()
        yield GaugeMetricFamily("careo_in_hand", "Requests that Django is answering", self._edge.in_hand)
        yield GaugeMetricFamily("careo_pages_at_hand", "Pages in this process's memory", pages)
        yield GaugeMetricFamily("careo_pages_bytes", "Bytes they take, about", weight)
        yield from self._tasks()

    def _tasks(self) -> Iterator[Metric]:
        try:
            counted = self._waiting()
        except Exception:  # a database that is gone must not take the other figures with it
            return
        tasks = GaugeMetricFamily("careo_tasks", "Tasks in the queue, by state", labels=["state"])
        for state, number in counted.items():
            tasks.add_metric([state.lower()], number)
        yield tasks
