"""From a page to the report it holds, and to nothing else that stands on it."""

from __future__ import annotations

import gzip
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis.strategies import binary, lists, sampled_from, text

from careo.press.document import parse
from careo.press.errors import EmptyPage, ExtractError, NoArticle, NotAPage, NotReadable
from careo.press.extract import UNDETERMINED, Extracted, extract
from careo.press.pictures import Picture, known_by
from tests.press.pages import HEADLINE, PARAGRAPHS, STANDFIRST, linked_data, report

URL = "https://elfaro.example/agua"
FIGURE = """<figure><img src="/fotos/plaza-1200x675.jpg" width="1200" height="675" alt="Vecinos con bidones en una plaza">
<figcaption>La ministra habla con los vecinos en la plaza. <span class="credit">Foto: Marta Gil</span></figcaption></figure>"""


def taken(page: str | bytes, url: str = URL, content_type: str = "") -> Extracted:
    return extract(page, url=url, content_type=content_type)


def test_the_text_is_standfirst_and_paragraphs_and_nothing_else() -> None:
    found = taken(report())
    assert found.text == "\n\n".join([STANDFIRST, *PARAGRAPHS])
    assert (found.headline, found.standfirst) == (HEADLINE, STANDFIRST)


def test_section_headlines_stand_between_the_paragraphs() -> None:
    page = report().replace(f"<p>{PARAGRAPHS[2]}", f"<h2>Depósitos a media altura</h2><p>{PARAGRAPHS[2]}")
    lines = taken(page).text.split("\n\n")
    assert lines[lines.index(PARAGRAPHS[2]) - 1] == "Depósitos a media altura"


def test_what_the_page_says_of_itself_is_kept() -> None:
    found = taken(report())
    assert (found.outlet, found.language, found.authors) == ("El Faro de Alba", "es", ("Lucía Serrano",))
    assert (found.published, found.modified, found.canonical_url) == ("2026-03-05T18:30:00+01:00", None, URL)


def test_a_page_that_says_little_is_given_nothing() -> None:
    page = report(byline="").replace('<time datetime="2026-03-05T18:30:00+01:00">5 de marzo</time>', "")
    found = taken(
        page.replace('<meta property="og:site_name" content="El Faro de Alba">', "").replace(
            f'<p class="standfirst">{STANDFIRST}</p>', ""
        )
    )
    assert (found.authors, found.published, found.standfirst, found.outlet) == (
        (),
        None,
        "",
        "elfaro.example",
    )
    assert found.text.startswith(PARAGRAPHS[0])


def test_a_description_that_no_reader_sees_is_no_standfirst() -> None:
    page = report(
        standfirst="",
        head='<meta name="description" content="Toda la actualidad del agua en Meridia, al minuto.">',
    )
    assert taken(page).standfirst == ""


def test_a_caption_is_not_an_alt_and_a_credit_is_neither() -> None:
    found = taken(report(figure=FIGURE))
    assert found.images == (
        Picture(
            "https://elfaro.example/fotos/plaza-1200x675.jpg",
            caption="La ministra habla con los vecinos en la plaza.",
            alt="Vecinos con bidones en una plaza",
            credit="Marta Gil",
        ),
    )
    assert "plaza." not in found.text.split("\n\n")[0]
    assert "Marta Gil" not in found.text


def test_a_caption_is_never_made_from_an_alt_nor_the_other_way() -> None:
    bare = '<figure><img src="/fotos/plaza.jpg" alt="Vecinos con bidones"></figure>'
    assert taken(report(figure=bare)).images[0] == Picture(
        "https://elfaro.example/fotos/plaza.jpg", caption=None, alt="Vecinos con bidones", credit=None
    )


@pytest.mark.parametrize(
    ("caption", "shown", "credit"),
    [
        ("La plaza el jueves. (Marta Gil/Harbour Wire)", "La plaza el jueves.", "Marta Gil/Harbour Wire"),
        ("La plaza el jueves. Foto: Marta Gil", "La plaza el jueves.", "Marta Gil"),
        ("La plaza el jueves | Harbour Wire", "La plaza el jueves", "Harbour Wire"),
        ("La plaza (al fondo, el mercado) el jueves.", "La plaza (al fondo, el mercado) el jueves.", None),
    ],
)
def test_a_credit_at_the_end_of_a_caption_is_told_apart(caption: str, shown: str, credit: str | None) -> None:
    figure = f'<figure><img src="/plaza.jpg" alt="x"><figcaption>{caption}</figcaption></figure>'
    picture = taken(report(figure=figure)).images[0]
    assert (picture.caption, picture.credit) == (shown, credit)


@pytest.mark.parametrize(
    "image",
    [
        '<img src="data:image/gif;base64,R0lGOD" data-src="/plaza.jpg" alt="x">',
        '<img src="/assets/placeholder.png" srcset="/plaza-300x200.jpg 300w, /plaza.jpg 1200w" alt="x">',
        '<picture><source srcset="/plaza.jpg 2x"><img src="/lazyload.gif" alt="x"></picture>',
        '<noscript><img src="/plaza.jpg" alt="x"></noscript><img src="/blank.gif" alt="x">',
    ],
)
def test_a_picture_that_waits_for_a_script_is_found(image: str) -> None:
    assert [known_by(p.url) for p in taken(report(figure=f"<figure>{image}</figure>")).images] == ["plaza"]


@pytest.mark.parametrize(
    "image",
    [
        '<img src="/pixel.gif" width="1" height="1">',
        '<aside><img src="/anuncio.jpg" width="600"></aside>',
        '<div class="author-box"><img src="/lucia.jpg" width="400"></div>',
        '<a href="/otra"><img src="/otra.jpg" alt="Otra noticia" width="600"></a>',
        '<div class="newsletter-signup"><img src="/boletin.png" width="600"></div>',
    ],
)
def test_what_is_no_picture_of_the_report_is_left_out(image: str) -> None:
    page = report().replace(f"<p>{PARAGRAPHS[1]}", f"{image}<p>{PARAGRAPHS[1]}")
    assert taken(page).images == ()


def test_a_label_set_into_the_heading_is_no_part_of_the_headline() -> None:
    page = report(head=linked_data(headline=HEADLINE)).replace("<h1>", "<h1><span>Exclusiva</span> ")
    assert taken(page).headline == HEADLINE


def test_the_outlets_name_behind_a_bar_is_no_part_of_the_headline() -> None:
    page = report().replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    assert taken(page.replace('<meta property="og:title"', "<meta")).headline == HEADLINE


def test_authors_are_names_without_what_stands_around_them() -> None:
    page = report(byline='<p class="byline">By Helen Marsh and Rosa Ibarra, political editor</p>')
    assert taken(page).authors == ("Helen Marsh", "Rosa Ibarra")


def test_linked_data_may_refer_to_its_authors_from_elsewhere() -> None:
    graph = {"@graph": [
        {"@type": "NewsArticle", "headline": HEADLINE, "author": [{"@id": "#ana"}], "datePublished": "2026-03-05T18:30Z"},
        {"@type": "Person", "@id": "#ana", "name": "Ana Quiroga"},
    ]}  # fmt: skip
    found = taken(report(head=linked_data(**graph)))
    assert (found.authors, found.published) == (("Ana Quiroga",), "2026-03-05T18:30:00+00:00")


@pytest.mark.parametrize(
    "script",
    ["{", "[[[[" * 5000, "null", '{"@type": "NewsArticle", "headline": {"@id": "#a"}, "author": 7, "image": [[1]], "@id": {}}',
     '{"@type": ["NewsArticle"], "headline": "a\\u0000b\\ud800", "datePublished": "0001-01-01T00:00:00Z", "author": {}}'],
)  # fmt: skip
def test_broken_linked_data_spoils_nothing(script: str) -> None:
    found = taken(report(head=f'<script type="application/ld+json">{script}</script>'))
    assert found.text.endswith(PARAGRAPHS[-1])
    assert found.published == "2026-03-05T18:30:00+01:00"
    assert "\x00" not in found.headline
    assert found.headline.encode()


@pytest.mark.parametrize(
    ("stated", "kept"),
    [("2026-03-05", "2026-03-05"), ("2026-03-05T18:30:00", "2026-03-05"),
     ("2026-03-05T18:30:00-06:00", "2026-03-05T18:30:00-06:00"),
     ("Thu, 05 Mar 2026 18:30:00 +0100", "2026-03-05T18:30:00+01:00"), ("ayer", None), ("0000-00-00", None)],
)  # fmt: skip
def test_a_date_is_kept_as_exact_as_it_is_stated(stated: str, kept: str | None) -> None:
    assert taken(report(published=stated)).published == kept


def test_a_page_cannot_speak_for_another_outlet() -> None:
    page = report(head='<link rel="canonical" href="https://lavozdelsur.example/agua">')
    assert taken(page).canonical_url == URL


@pytest.mark.parametrize("canonical", ["https://www.elfaro.example/agua-2026", "/agua-2026"])
def test_one_report_has_one_address_within_its_outlet(canonical: str) -> None:
    page = report(head=f'<link rel="canonical" href="{canonical}">')
    assert taken(page, url="https://m.elfaro.example/agua-2026?utm_source=x").canonical_url.endswith(
        "elfaro.example/agua-2026"
    )


def test_a_front_page_is_nobodys_canonical_address() -> None:
    assert taken(report(head='<link rel="canonical" href="https://elfaro.example/">')).canonical_url == URL


def test_marks_that_tell_whence_a_reader_came_are_no_part_of_an_address() -> None:
    assert taken(report(), url=f"{URL}?id=7&utm_source=mail&fbclid=x#top").canonical_url == f"{URL}?id=7"


def test_the_text_tells_the_language_where_the_page_is_wrong() -> None:
    assert taken(report(language="en")).language == "es"
    assert taken(report(language="es-MX")).language == "es-MX"


def test_a_language_that_nobody_told_is_undetermined() -> None:
    words = tuple("blip blop " * 30 + str(n) for n in range(3))
    assert taken(report(language="", paragraphs=words, standfirst="")).language == UNDETERMINED


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", ""), ("windows-1252", "windows-1252"), ("iso-8859-1", "ISO-8859-1"), ("utf-8", "iso-8859-1"), ("utf-16", ""),
     ("utf-8-sig", ""), ("windows-1252", "")],
)  # fmt: skip
def test_letters_are_right_in_every_encoding(encoding: str, declared: str) -> None:
    page = report().replace('<meta charset="utf-8">', f'<meta charset="{declared}">' if declared else "")
    found = taken(page.replace("“", "«").replace("”", "»").encode(encoding))
    assert (found.headline, found.text.split("\n\n")[-1]) == (HEADLINE, PARAGRAPHS[-1])


def test_the_servers_word_on_encoding_comes_first() -> None:
    page = report().replace("utf-8", "ascii").encode("cp1250", "replace")
    assert taken(page, content_type="text/html; charset=windows-1250").text.endswith(PARAGRAPHS[-1])


def test_a_page_in_another_encoding_than_it_says_is_refused() -> None:
    with pytest.raises(
        NotReadable, match="says it is written in utf-8, but its bytes are not; save it anew as UTF-8"
    ):
        taken(report().encode("windows-1252"))


def test_damage_outside_the_report_is_no_reason_to_refuse_it() -> None:
    page = report().encode().replace(b"marisol:", b"marisol \xff\xfe:")
    assert taken(page).text.endswith(PARAGRAPHS[-1])


@pytest.mark.parametrize("page", [b"", b"  \r\n\t ", b"\x00\x00"])
def test_an_empty_page_is_refused(page: bytes) -> None:
    with pytest.raises(EmptyPage, match="is empty; nothing was kept"):
        taken(page)


@pytest.mark.parametrize(
    ("body", "what"),
    [(b"%PDF-1.7\n", "a PDF document"), (b"\x89PNG\r\n\x1a\n", "a PNG picture"), (bytes(range(256)) * 20, "a binary file"),
     (gzip.compress(b"<p>x</p>", mtime=0), "a compressed file"), (b'{"headline": "x"}', "JSON"),
     (b"Just words.", "text without any markup"),
     (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "a feed")],
)  # fmt: skip
def test_what_is_no_page_is_refused_by_name(body: bytes, what: str) -> None:
    with pytest.raises(NotAPage) as refusal:
        taken(body)
    assert f"{URL} is {what}, not an HTML page; nothing was kept." in str(refusal.value)


@pytest.mark.parametrize(
    "body",
    ["<html><body></body></html>", "<h1>Entrar</h1><form><input name=a><p>Entre para leer.</p></form>",
     "<h1>El Faro</h1>" + "".join(f"<p><a href=/{n}>Una noticia más del día</a></p>" for n in range(40)),
     "<title>404</title><h1>No encontrado</h1><p>La página no existe.</p>"],
    ids=["nothing", "log-in", "front page", "error page"],
)  # fmt: skip
def test_a_page_without_an_article_is_refused(body: str) -> None:
    with pytest.raises(
        NoArticle, match=r"holds no article; nothing was kept\. Give the address of one report"
    ):
        taken(f"<html>{body}</html>")


def test_markup_in_a_headline_is_text() -> None:
    found = taken(report(headline="&lt;img src=x onerror=alert(1)&gt; en el agua"))
    assert found.headline == "<img src=x onerror=alert(1)> en el agua"


@pytest.mark.parametrize("depth", [200, 3_000, 50_000])
def test_a_page_nested_beyond_all_measure_is_read_or_refused(depth: int) -> None:
    page = report().replace("<main>", "<main>" + "<b><div>" * (depth // 2))
    try:
        assert taken(page).headline == HEADLINE
    except NoArticle:
        assert depth > 200


def test_letters_are_composed_and_spaces_are_spaces() -> None:
    decomposed = unicodedata.normalize(
        "NFD", report(paragraphs=tuple(p.replace(" ", "\u00a0", 1) for p in PARAGRAPHS))
    )
    assert taken(decomposed).text == "\n\n".join([STANDFIRST, *PARAGRAPHS])


@settings(deadline=None)
@given(binary(max_size=300))
def test_any_bytes_are_a_report_or_a_refusal(body: bytes) -> None:
    for page in (body, b"<html><h1>" + body + b"</h1><p>" + body):
        try:
            found = extract(page, url=URL)
        except ExtractError:
            continue
        else:
            assert found.headline
            assert found.text


@settings(deadline=None)
@given(
    lists(
        sampled_from(
            [
                "<p>",
                "</p>",
                "<h1>",
                "<article>",
                "<br>",
                "<li>",
                "</",
                "&#0;",
                "&nbsp;",
                "<!--",
                "agua para todos los ",
            ]
        ),
        max_size=60,
    )
)
def test_any_markup_leaves_lines_of_words(pieces: list[str]) -> None:
    try:
        found = taken(
            "<html><h1>Agua</h1>" + "".join(pieces) + f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>"
        )
    except ExtractError:
        return
    lines = found.text.split("\n\n")
    assert all(line and line == line.strip() and "\n" not in line for line in lines)
    assert found.text == unicodedata.normalize("NFC", found.text)
    assert "\x00" not in found.text


@settings(deadline=None)
@given(text(max_size=200))
def test_any_words_can_be_a_headline(words: str) -> None:
    parse(f"<h1>{words}</h1>", url=URL)
