"""The pictures of a report: those that stand with its headline or among its paragraphs, with caption, alt and credit.

Caption and alt are different things and are kept apart; neither is made from the other. Logos, portraits of authors,
teasers and measuring pixels are no pictures of the report. Nothing is fetched here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from careo.press.document import Element, folded, marks, words
from careo.press.frame import NO_PLACE_FOR_PICTURES
from careo.press.metadata import Page
from careo.press.structured import text_of

MOST = 60  # a gallery has forty
_FOREIGN = frozenset({"aside", "nav", "footer", "form", "button", "article"})
LEAST_SIDE = 120  # pixels, where the page states them: smaller are icons and portraits

_LAZY = ("data-src", "data-lazy-src", "data-original", "data-url", "data-image", "data-original-src")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_BLANK = re.compile(
    r"^(data:|about:)|placeholder|spacer|lazy-?load|blank\.(gif|png)|grey|transparent|1x1|pixel|loading\.(gif|svg)",
    re.IGNORECASE,
)
_NO_PICTURE = re.compile(
    r"\.svg($|\?)|/(logo|icons?|sprites?|avatars?|emoji)[/_.-]|gravatar\.com|logo[^/]*\.(png|svg)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"credit|source|author|autor|firma|byline|copyright|attribution|fuente|photographer|rights|agenc(y|ia)"
)
_CAPTION = re.compile(r"caption|pie-?(de-?)?foto|leyenda|epigrafe|description")
_OF_A_PICTURE = r"(?:(?:photo(?:graph)?|image|picture|foto(?:graf[ií]a)?|imagen)s?)"
_CREDIT_OF = r"(?:credits?|cr[eé]ditos?|source|fuente|by|de|courtesy of|via)"
_AGENCIES = r"(?:AP|AFP|EFE|Reuters|Getty)\b"
_SAYS_CREDIT = re.compile(
    rf"^\W*{_OF_A_PICTURE}?\s*{_CREDIT_OF}?\s*[:/]\s*|^\W*(?:{_OF_A_PICTURE}\s+)?(?:credit|by|courtesy of)\s+|^\W*©\s*",
    re.IGNORECASE,
)
# What closes a caption: "… . (EFE)", "… (Photo by Rosa Ibarra)", "… | Reuters", "… Credit: Reuters", "… . Photo by …".
_IN_CAPTION = re.compile(
    r"(?<=[.!?”\"»])\s*[(\[]([^()\[\]]{2,100})[)\]]\s*$|"
    rf"\s*[(\[]((?:{_OF_A_PICTURE}|{_CREDIT_OF}\s|{_AGENCIES})[^()\[\]]{{0,100}})[)\]]\s*$|"
    r"\s+[|•]\s*([^|•]{2,80})$|"
    rf"\s*\b((?:{_OF_A_PICTURE}|credits?|cr[eé]ditos?|source|fuente)\s*{_CREDIT_OF}?\s*:\s*.{{2,80}}?)$|"
    rf"(?<=[.!?”\"»])\s+({_OF_A_PICTURE}\s+(?:by|de|courtesy of)\s+.{{2,100}}?)$",
    re.IGNORECASE,
)
_SIZE = re.compile(r"[-_](\d{2,4}x\d{2,4}|w?\d{3,4}[wh]?|scaled)$")
_ENDING = re.compile(r"(\.(jpe?g|png|webp|avif|gif))+$")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture; `None` is what the page does not say. The lead picture comes first."""

    url: str
    caption: str | None = None
    alt: str | None = None
    credit: str | None = None


def pictures(page: Page, text: str) -> tuple[Picture, ...]:
    """The report's pictures in the page's order, each once. `text` is the report's, as `text.text` gives it."""
    told = {known_by(url): node for url, node in _told(page)}
    found: dict[str, Picture] = {}
    for image in _images(page, text, set(told)):
        url = _url(image, page.url)
        if url and len(found) < MOST:
            name = known_by(url)
            one = _picture(image, url, told.get(name, {}))
            found[name] = _fuller(found[name], one) if name in found else one
    if not found:
        return tuple(_of_data(url, node) for url, node in list(_told(page))[:1])
    return tuple(found.values())


def known_by(url: str) -> str:
    """What tells one picture from another whatever its size: its file's name, less size and type.

    >>> known_by("https://a.example/x/dam-1200x675.jpg") == known_by("https://a.example/y/dam-300x169.webp?w=2")
    True
    """
    parts = urlsplit(url)
    inner = parse_qs(parts.query).get("url", [""])[0]
    if inner.startswith(("http:", "https:")) and inner != url:
        return known_by(inner)
    steps = [step for step in unquote(parts.path).casefold().split("/") if step]
    if not steps:
        return url
    name = _ENDING.sub("", steps[-1])
    name = _SIZE.sub("", name) or name
    return (
        f"{steps[-2]}/{name}"
        if len(steps) > 1 and (len(name) < 4 or name in ("image", "original", "default"))
        else name
    )


def _told(page: Page) -> Iterator[tuple[str, dict[str, object]]]:
    """The pictures that the page tells other machines of, with what linked data says of each."""
    for node in page.data.nodes(page.article.get("image")):
        url = text_of(node.get("contentUrl")) or text_of(node.get("url")) or text_of(node.get("name"))
        if url.startswith(("http", "/")):
            yield urljoin(page.url, url), node
    for name in ("og:image", "og:image:url", "twitter:image"):
        for url in page.metas.get(name, [])[:1]:
            yield urljoin(page.url, url), {}


def _of_data(url: str, node: dict[str, object]) -> Picture:
    credit = (
        text_of(node.get("creditText")) or text_of(node.get("author")) or text_of(node.get("copyrightHolder"))
    )
    return Picture(url, text_of(node.get("caption")) or None, None, credit or None)


def _images(page: Page, text: str, told: set[str]) -> Iterator[Element]:
    """Images from the headline to the end of the text, and those above the headline in the same article."""
    paragraphs = _paragraphs(page, text)
    if not paragraphs:
        return
    order = {element: number for number, element in enumerate(page.root.iter())}
    holder = _common(paragraphs)
    frame = {holder, *holder.iterancestors()}
    top = page.heading if page.heading is not None else paragraphs[0]
    begin = min(order[top], order[paragraphs[0]])
    end = max(_end(paragraphs[-1], order), _end(holder, order) if _is_body(holder) else 0)
    article = next(top.iterancestors("article"), None)
    opening = order[article] if article is not None else begin
    for image in page.root.iter("img"):
        at = order[image]
        shown_above = at < begin and known_by(_url(image, page.url) or "") in told
        in_head = opening <= at < begin and _figure(image) is not None
        if (begin <= at <= end or shown_above or in_head) and _belongs(image, page, frame):
            yield image


def _end(element: Element, order: dict[Element, int]) -> int:
    """The number of an element's last descendant."""
    return order[element] + sum(1 for _ in element.iter()) - 1


def _is_body(element: Element) -> bool:
    """Whether an element holds an article's body alone: then its closing picture belongs to it too."""
    return element.tag not in ("body", "html", "main", "article")


def _paragraphs(page: Page, text: str) -> list[Element]:
    """The page's elements whose words are lines of the text, in the page's order."""
    lines = {folded(line) for line in text.split("\n\n") if len(line) > 40}
    found = []
    for element in page.root.iter("p", "li", "div", "h2", "h3", "blockquote", "td"):
        if element.tag == "div" and len(element) > 12:
            continue
        shown = words(element)
        if 40 < len(shown) < 5_000 and folded(shown) in lines:
            found.append(element)
    return found


def _common(elements: list[Element]) -> Element:
    """The innermost element that holds most of them."""
    counts: dict[Element, int] = {}
    for element in elements:
        for ancestor in element.iterancestors():
            counts[ancestor] = counts.get(ancestor, 0) + 1
    enough = [e for e, n in counts.items() if n >= 0.6 * len(elements)]
    return max(enough, key=lambda e: sum(1 for _ in e.iterancestors()))


def _belongs(image: Element, page: Page, frame: set[Element]) -> bool:
    """Whether an image is one of the report, not of something that stands within it. `frame`: what holds the text."""
    if (
        _too_small(image)
        or _NO_PICTURE.search(_url(image, page.url) or "")
        or NO_PLACE_FOR_PICTURES.search(marks(image))
    ):
        return False
    for ancestor in image.iterancestors():
        if ancestor in frame:
            break
        if ancestor.tag in _FOREIGN or NO_PLACE_FOR_PICTURES.search(marks(ancestor)):
            return False
    return not _leads_away(image, page)


def _leads_away(image: Element, page: Page) -> bool:
    """Whether an image is a link to another page: a teaser, unless it stands in a figure of this one."""
    link = next(image.iterancestors("a"), None)
    figure = _figure(image)
    if link is None or (figure is not None and link not in set(figure.iterancestors())):
        return False
    href = urljoin(page.url, link.get("href") or "").partition("#")[0]
    return not re.search(r"\.(jpe?g|png|webp|avif|gif)($|\?)", href, re.IGNORECASE) and href not in (
        "",
        page.url,
    )


def _too_small(image: Element) -> bool:
    for side in ("width", "height"):
        stated = (image.get(side) or "").removesuffix("px")
        if stated.isdecimal() and int(stated[:6]) < LEAST_SIDE:
            return not (stated == "1" and image.get("data-src"))
    return False


def _url(image: Element, base: str) -> str | None:
    """The image's own address: what is shown, or what a script would show in its place."""
    candidates = [*(image.get(name) for name in _LAZY), image.get("src")]
    picture = next(image.iterancestors("picture"), None)
    sources = [image, *(picture.iter("source") if picture is not None else ())]
    candidates += [
        widest for source in sources for name in _SETS if (widest := _widest(source.get(name) or ""))
    ]
    for candidate in candidates:
        if candidate and not _BLANK.search(candidate.strip()):
            url = urljoin(base, candidate.strip())
            if url.startswith(("http:", "https:", "/")) or not base:
                return url
    return None


def _widest(srcset: str) -> str:
    """The address of the largest picture of a srcset."""
    best, most = "", -1.0
    for entry in re.split(r",\s+|,(?=https?:)", srcset.strip()):
        url, _, size = entry.strip().partition(" ")
        number = float(match.group()) if (match := re.match(r"\d{1,6}(\.\d{1,3})?", size.strip())) else 0.0
        if url and number > most:
            best, most = url, number
    return best


def _figure(image: Element) -> Element | None:
    return next(image.iterancestors("figure"), None)


def _picture(image: Element, url: str, told: dict[str, object]) -> Picture:
    shown, credit = _caption(image)
    return Picture(url, shown or None, words_of(image.get("alt")), credit or _of_data(url, told).credit)


def words_of(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def _fuller(one: Picture, other: Picture) -> Picture:
    """The same picture again, in another size: what either says of it."""
    return Picture(one.url, one.caption or other.caption, one.alt or other.alt, one.credit or other.credit)


def _caption(image: Element) -> tuple[str, str]:
    """Caption and credit, apart; empty where there is none."""
    holder = _holder(image)
    if holder is None:
        return "", ""
    caption = next((e for e in holder.iter("figcaption") if words(e)), None)
    if caption is None:
        caption = next(
            (e for e in holder.iter("p", "div", "span") if _CAPTION.search(marks(e)) and words(e)), None
        )
    shown = words(caption) if caption is not None else ""
    credit = _credit(holder, caption)
    if credit and credit in shown:
        before, _, after = shown.rpartition(credit)
        shown = f"{before} {after}".strip(" |·•/–—-:()")
    elif not credit and (match := _IN_CAPTION.search(shown)):
        credit, shown = next(filter(None, match.groups())), shown[: match.start()].strip()
    return " ".join(shown.split()), _without_label(credit)


def _credit(holder: Element, caption: Element | None) -> str:
    """What is marked as the credit: the outermost such element that is not the whole of figure or caption."""
    for element in holder.iter():
        if (
            element is holder
            or element is caption
            or not isinstance(element.tag, str)
            or element.tag in ("img", "picture", "source")
        ):
            continue
        if (element.tag in ("cite", "small") or _CREDIT.search(marks(element))) and next(
            element.iter("img"), None
        ) is None:
            shown = words(element)
            if 2 <= len(shown) <= 150 and (caption is None or caption not in set(element.iterdescendants())):
                return shown
    return ""


def _without_label(credit: str) -> str:
    """The name alone: "Photo: Rosa Ibarra" → "Rosa Ibarra"."""
    return _SAYS_CREDIT.sub("", credit).strip(" ()[]") or credit


def _holder(image: Element) -> Element | None:
    """What holds an image together with its caption: its figure, or a small box around it alone."""
    figure = _figure(image)
    if figure is not None:
        return figure
    around = [a for a in image.iterancestors() if a.tag not in ("picture", "source")]
    for ancestor in around[:4]:
        if ancestor.tag in ("article", "main", "body", "section") or sum(1 for _ in ancestor.iter("img")) > 2:
            return None
        if any(
            _CAPTION.search(marks(e)) and words(e)
            for e in ancestor.iterdescendants()
            if isinstance(e.tag, str)
        ):
            return ancestor
    return None
