"""From what a reader typed to HTML that can do no harm: a subset of Markdown, rendered, then cleaned.

Taken are paragraphs, line breaks, quotations (>), lists, emphasis, code, and links, also bare ones. HTML, images,
headings, tables and reference links are not: their signs stay as typed. The renderer knows no HTML and the cleaner
knows only these tags: each alone would do, so that an error in one of them is no hole.

>>> html("*Ferries* run again: https://faro.example/ferry")
'<p><em>Ferries</em> run again: <a href="https://faro.example/ferry" rel="ugc nofollow noopener">https://faro.example/ferry</a></p>\\n'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

TAGS = {"p", "br", "blockquote", "ul", "ol", "li", "em", "strong", "s", "code", "pre", "a"}
RULES = ["blockquote", "list", "fence", "emphasis", "strikethrough", "backticks", "link", "autolink", "newline",
         "escape", "entity"]  # fmt: skip
NESTING = 12  # quotations of quotations; what is nested deeper is not shown
BARE_LINK = re.compile(r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]}*_~]")
_SIGN = re.compile(r"\[\[([1-9][0-9]{0,3})\]\]")  # of a citation
_MENTION = re.compile(r"\[([^\[\]\n]{2,60})\](?!\()")  # behind an @: a pen name that may hold spaces
_MARK = re.compile(r"<sup>([0-9]+)</sup>")
QUOTED_LIMIT = (
    1_500  # characters of a post that "Quote" brings into the form: more is scrolled past, not read
)


def html(text: str, cited: Mapping[int, int] | None = None, *, anchor: str = "") -> SafeString:
    """The one place where what a reader wrote becomes markup; what comes out holds TAGS and nothing else.

    `cited`: by the number of a `[[number]]` the one that its mark shows, which leads to `#ANCHOR-NUMBER`. Others
    stand as typed.
    """

    def mark(found: re.Match[str]) -> str:
        number = (cited or {}).get(int(found[1]))
        if number is None:
            return f"[[{found[1]}]]"
        return f'<a class="citation" href="#{anchor}-{number}"><sup>{number}</sup></a>'

    return SafeString(_MARK.sub(mark, _cleaned(text)))


def parsed(text: str) -> list[Token]:
    """What was typed, as blocks; a mention by `@[name]` is a token of its own kind."""
    return _markdown.parse(text)


def cited_numbers(text: str) -> list[int]:
    """The numbers of the signs that stand for a citation, each once, in order; those within code do not."""
    blocks = _markdown.parse(text)
    tokens = [token for block in blocks for token in block.children or () if token.type == "citation"]
    return list(dict.fromkeys(int(token.content) for token in tokens))


@lru_cache(maxsize=512)  # some pages' worth of posts: rendering is most of the work of a thread's page
def _cleaned(text: str) -> str:
    """TAGS, and `<sup>3</sup>` for `[[3]]`: nothing that a reader types makes a sup of another kind."""
    return nh3.clean(
        _markdown.render(text),
        tags={*TAGS, "sup"},
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"http", "https"},
        link_rel="ugc nofollow noopener",
        generic_attribute_prefixes=set(),
    )


def normalised(text: str) -> str:
    """Line ends as one character, no trailing blanks, at most one empty line in a row."""
    lines = [line.rstrip() for line in re.split(r"\r\n|\r|\n", text)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def has_words(text: str) -> bool:
    """Whether anything of it is seen: neither spaces nor signs without a body."""
    return any(unicodedata.category(character)[0] not in "ZCM" for character in text)


def links(text: str) -> list[str]:
    """Where the text's links lead, as they would be shown."""
    return re.findall(r'<a href="([^"]*)"', html(text))


def quoted(text: str, author: str) -> str:
    """A post as a quotation to be answered, in Markdown."""
    if len(text) > QUOTED_LIMIT:
        text = f"{text[:QUOTED_LIMIT].rstrip()} …"
    body = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
    return f"> {author}:\n>\n{body}\n\n"


def _make_markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"html": False, "breaks": True, "maxNesting": NESTING}).enable(RULES)
    # Emphasis and strikethrough are settled by a second pass over their delimiters.
    markdown.inline.ruler2.enable(["balance_pairs", "emphasis", "strikethrough", "fragments_join"])
    markdown.inline.ruler.before("link", "citation", _take_citation)
    markdown.inline.ruler.before("link", "mention", _take_mention)
    markdown.add_render_rule("citation", _draw_citation)
    markdown.add_render_rule("mention", _draw_mention)
    markdown.core.ruler.after("inline", "bare_links", _link_bare_addresses)
    return markdown


def _take_citation(state: StateInline, silent: bool) -> bool:
    sign = _SIGN.match(state.src, state.pos, state.posMax)
    if sign is None:
        return False
    if not silent:
        state.push("citation", "", 0).content = sign[1]
    state.pos = sign.end()
    return True


def _draw_citation(renderer: RendererHTML, tokens: Sequence[Token], at: int, *rest: object) -> str:
    return f"<sup>{tokens[at].content}</sup>"


def _take_mention(state: StateInline, silent: bool) -> bool:
    """`[Ana de Alba]` behind an @ that is not escaped and ends no word, as that of a mail address would."""
    before = state.src[: state.pos][-2:]
    if not before.endswith("@") or re.match(r"[\w\\]", before[:-1]):
        return False
    name = _MENTION.match(state.src, state.pos, state.posMax)
    if name is None:
        return False
    if not silent:
        state.push("mention", "", 0).content = name[1]
    state.pos = name.end()
    return True


def _draw_mention(renderer: RendererHTML, tokens: Sequence[Token], at: int, *rest: object) -> str:
    return escapeHtml(tokens[at].content)


def _link_bare_addresses(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = list(_with_links(block.children))


def _with_links(tokens: list[Token]) -> list[Token]:
    inside, found = 0, []
    for token in tokens:
        inside += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        found += [token] if inside or token.type != "text" else _split(token.content)
    return found


def _split(text: str) -> list[Token]:
    tokens, at = [], 0
    for match in BARE_LINK.finditer(text):
        tokens += [_text(text[at : match.start()]), *_link(match[0])]
        at = match.end()
    return [*tokens, _text(text[at:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _link(address: str) -> list[Token]:
    return [Token("link_open", "a", 1, attrs={"href": address}), _text(address), Token("link_close", "a", -1)]


_markdown = _make_markdown()
