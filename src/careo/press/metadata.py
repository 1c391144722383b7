"""What a page says of its report: headline, standfirst, authors, dates, outlet, address, language.

Where a page tells it several times (heading, Open Graph, linked data, title) the heading that readers see wins,
if the others bear it out. No rule knows any one outlet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from careo.press import dates
from careo.press.bylines import names
from careo.press.document import Element, folded, marks, metas, squeezed, words
from careo.press.errors import FetchError
from careo.press.structured import LinkedData, Node, text_of, texts_of
from careo.press.targets import target

_BAR = re.compile(r"\s+[|·•»–—-]\s+|\s*\|\s*")
_STANDFIRST = re.compile(
    r"standfirst|sub-?(title|head(line)?|deck)\b|\bde[ck]k?\b|\bdek|lede\b|entradilla|bajada|copete|sumario|"
    r"(article|story|post|entry)[-_]*(summary|excerpt|description|intro|lead)\b|alternative?headline"
)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "publish-date", "pubdate",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "date", "dc.date.issued", "dc.date", "dcterms.created",
    "dcterms.date", "sailthru.date",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_TRACKING = re.compile(r"(^|&)(utm_[^=&]*|fbclid|gclid|mc_[ce]id|igshid)=[^&]*")
LONGEST_LABEL = 25  # characters: "Exclusive: ", "En directo "
_SIDE_DOORS = ("www.", "m.", "amp.", "mobile.", "movil.")


@dataclass(frozen=True)
class Page:
    """One parsed page and the readings of it that several questions share. `url` is where it was fetched from."""

    root: Element
    url: str

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        return metas(self.root)

    @cached_property
    def data(self) -> LinkedData:
        return LinkedData(self.root)

    @cached_property
    def article(self) -> Node:
        """The page's own article in its linked data, or an empty node."""
        return self.data.article(*self._claims, *(words(h1) for h1 in self.root.iter("h1")))

    @cached_property
    def title(self) -> str:
        element = self.root.find(".//title")
        return words(element) if element is not None else ""

    @cached_property
    def _claims(self) -> list[str]:
        """The headline as the page tells other machines."""
        return [
            text for name in ("og:title", "twitter:title", "dc.title") for text in self.metas.get(name, [])
        ]

    @cached_property
    def heading(self) -> Element | None:
        """The heading that readers see over the article: one that the page's other claims bear out, else the first."""
        shown = [h1 for h1 in self.root.iter("h1") if words(h1)]
        told = [*self._claims, text_of(self.article.get("headline")), self.title]
        best = max(
            shown, key=lambda h1: max((likeness(words(h1), one) for one in told), default=0.0), default=None
        )
        if best is None or not any(told):
            return best
        return best if max(likeness(words(best), one) for one in told) >= 0.3 else None

    @cached_property
    def headline(self) -> str:
        """Empty where the page has none."""
        told = [text_of(self.article.get("headline")), *self._claims, self.title]
        told = [without_outlet(claim, self.outlet) for claim in told if claim]
        if self.heading is not None:
            return _without_label(words(self.heading), told)
        return told[0] if told else ""

    @cached_property
    def outlet(self) -> str:
        """The outlet's name; the page's host where it gives none."""
        site = self.metas.get("og:site_name") or self.metas.get("application-name") or []
        publisher = [text_of(node.get("name")) for node in self.data.nodes(self.article.get("publisher"))]
        for name in (*(p for p in publisher if site and folded(p) == folded(site[0])), *site, *publisher):
            if name and not name.startswith(("http:", "https:", "@")):
                return name[:200]
        return host_of(self.url)

    @cached_property
    def canonical_url(self) -> str:
        """The one address of the report, on the host it came from: a page cannot speak for another outlet."""
        links = [
            link.get("href")
            for link in self.root.iter("link")
            if "canonical" in (link.get("rel") or "").casefold()
        ]
        for claim in (*links, *self.metas.get("og:url", []), text_of(self.article.get("url"))):
            address = _address(self.url, claim)
            if (
                address
                and (not self.url or _same_site(address, self.url))
                and not _front_for(address, self.url)
            ):
                return address
        return _without_tracking(self.url)

    @cached_property
    def published(self) -> str | None:
        """ISO 8601: an instant with offset, or a day where only that is stated."""
        return dates.stated(self._moments("datePublished", _PUBLISHED))

    @cached_property
    def modified(self) -> str | None:
        stated = dates.stated([*texts_of(self.article.get("dateModified")), *self._told(_MODIFIED)])
        return None if stated == self.published else stated

    @cached_property
    def authors(self) -> tuple[str, ...]:
        return names(self)

    @cached_property
    def declared_language(self) -> str:
        """BCP 47 as the page declares it; empty where it does not."""
        for claim in (
            self.root.get("lang"), self.root.get("xml:lang"), text_of(self.article.get("inLanguage")),
            *self.metas.get("og:locale", []), *self.metas.get("content-language", []), *self.metas.get("language", []),
        ):  # fmt: skip
            if claim and re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", claim.strip()):
                return claim.strip().replace("_", "-")
        return ""

    @cached_property
    def descriptions(self) -> list[str]:
        """The article in a sentence or two, as told to other machines."""
        given = [text_of(self.article.get(key)) for key in ("description", "alternativeHeadline", "abstract")]
        given += [
            text
            for name in ("og:description", "description", "twitter:description")
            for text in self.metas.get(name, [])
        ]
        return [text for text in dict.fromkeys(given) if text]

    def called_standfirst(self, element: Element) -> bool:
        """Whether the page's makers call an element what we call the standfirst."""
        return bool(_STANDFIRST.search(marks(element)))

    def _moments(self, key: str, names: tuple[str, ...]) -> Iterator[str]:
        yield from texts_of(self.article.get(key))
        yield from self._told(names[:-1])
        yield from self._times(key)
        yield from texts_of(self.data.page().get(key))
        yield from self._told(names[-1:])

    def _told(self, names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            yield from self.metas.get(name, [])

    def _times(self, key: str) -> Iterator[str]:
        """The machine-readable times of the article: those so marked, then the first after its heading."""
        marked = [
            t for t in self.root.iter() if isinstance(t.tag, str) and key in (t.get("itemprop") or "").split()
        ]
        for element in marked:
            yield element.get("datetime") or element.get("content") or words(element)
        if self.heading is not None:
            after = self.heading.xpath("following::time[@datetime]")[:2]
            before = self.heading.xpath("ancestor::*[self::header or self::article][1]//time[@datetime]")[:1]
            for element in (*after[:1], *before):
                yield element.get("datetime")


def likeness(one: str, other: str) -> float:
    """The share of the shorter text's words that the other has, scaled by how long it is; 0..1."""
    a, b = set(re.findall(r"\w+", one.casefold())), set(re.findall(r"\w+", other.casefold()))
    return len(a & b) / max(1, max(len(a), min(len(b), 2 * len(a)))) if a and b else 0.0


def without_outlet(title: str, outlet: str) -> str:
    """A title less the outlet's name behind (or before) a bar: "Agua, ya | El Faro" → "Agua, ya".

    >>> without_outlet("Agua, ya - Política | El Faro de Alba", "El Faro de Alba")
    'Agua, ya - Política'
    """
    parts = _BAR.split(title)
    if len(parts) < 2:
        return title
    known = folded(outlet)
    for part, rest in ((parts[-1], title[: title.rindex(parts[-1])]), (parts[0], title[len(parts[0]) :])):
        name = folded(part)
        if name and (name in known or known in name) and len(part) < 60:
            return rest.strip(" |·•»–—-")
    return title


def host_of(url: str) -> str:
    """The host by which an outlet is known: without www. and the doors for telephones.

    >>> host_of("https://www.elfaro.example:8443/agua")
    'elfaro.example'
    """
    host = (urlsplit(url).hostname or "").casefold()
    for door in _SIDE_DOORS:
        if host.startswith(door) and host.count(".") > 1:
            return host[len(door) :]
    return host


def _without_label(shown: str, told: list[str]) -> str:
    """A heading without a word such as "Exclusive" set into it, which no other mark of the page has in its headline."""
    for claim in told:
        label = len(shown) - len(claim)
        inside = folded(shown).startswith(folded(claim)) or folded(shown).endswith(folded(claim))
        if (
            claim
            and 0 < label <= LONGEST_LABEL
            and inside
            and [folded(one) for one in told].count(folded(claim)) > 1
        ):
            return claim
    return shown


def _address(base: str, claim: str | None) -> str:
    if not claim:
        return ""
    try:
        return target(urljoin(base, squeezed(claim))).url
    except (FetchError, ValueError):
        return ""


def _same_site(one: str, other: str) -> bool:
    a, b = host_of(one), host_of(other)
    ports = urlsplit(one).port == urlsplit(other).port
    return ports and (a == b or a.endswith(f".{b}") or b.endswith(f".{a}"))


def _front_for(address: str, url: str) -> bool:
    """Whether a front page is given as the address of something within it."""
    return (
        urlsplit(address).path in ("", "/")
        and not urlsplit(address).query
        and urlsplit(url).path not in ("", "/")
    )


def _without_tracking(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(query=_TRACKING.sub("", parts.query).lstrip("&"), fragment="").geturl()
