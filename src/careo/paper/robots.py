"""What robots.txt says, by purpose: finding the paper, fetching a page because somebody asked, training models.

Robots are told apart by the names their makers give them (2026-11); one that is in no list is taken for a search engine.
The reservation of text and data mining (EU 2019/790, article 4) is said in the form of the W3C community's TDMRep.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from careo.paper.models import Machines

# Pages that are nobody's but a reader's own, or that a robot could ask for without end.
NOT_FOR_ROBOTS = ("/desk/", "/account/", "/forum/", "/search/")
TRAINING = (
    "GPTBot",
    "ClaudeBot",
    "anthropic-ai",
    "CCBot",
    "Google-Extended",
    "Applebot-Extended",
    "Bytespider",
    "meta-externalagent",
    "cohere-training-data-crawler",
    "Diffbot",
)
FETCHING = (
    "ChatGPT-User",
    "Claude-User",
    "Perplexity-User",
    "meta-externalfetcher",
    "MistralAI-User",
    "DuckAssistBot",
)


def robots_txt(asked: Machines, sitemaps: Sequence[str]) -> str:
    """The whole file; `sitemaps` are addresses."""
    groups = [
        _group(("*",), allowed=asked.search),
        _group(FETCHING, allowed=asked.fetching),
        _group(TRAINING, allowed=asked.training),
    ]
    lines = [line for group in groups for line in (*group, "")]
    return "\n".join([*lines, *(f"Sitemap: {address}" for address in sitemaps), ""])


def _group(robots: Sequence[str], *, allowed: bool) -> Iterator[str]:
    yield from (f"User-agent: {robot}" for robot in robots)
    yield from (f"Disallow: {path}" for path in (NOT_FOR_ROBOTS if allowed else ("/",)))


def reservation(asked: Machines) -> list[dict[str, object]]:
    """The content of `/.well-known/tdmrep.json`."""
    return [{"location": "/", "tdm-reservation": 0 if asked.training else 1}]
