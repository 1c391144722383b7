"""Somebody without a right to it tries to get at a subscriber's story, a post, or what is not published, by each way in.

Over real HTTP against `careo serve`, mostly without a browser: with one, half of these requests could not be made.
"""

from __future__ import annotations

import html
import json
import re
import socket
import stat
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.project.newspaper import Newspaper
from tests.walk.asker import Answer, Asker
from tests.walk.conftest import Meridia

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("meridia")]

# Each stands in one story that nobody may see, in its headline and its text; the last in one that anybody may.
DRAFT, EMBARGOED, PRIVATE, EXPIRED, WITHDRAWN = (
    "zugzwang",
    "quixotry",
    "lacustrine",
    "vespertine",
    "sibilance",
)
SECRETS = (DRAFT, EMBARGOED, PRIVATE, EXPIRED, WITHDRAWN)
FALLEN, LEFT = "fallen@readers.example", "left@readers.example"
# A story that is open first, with a word of it; the slug it is given later.
TURNING, TURNED, BEFORE = "turning-words", "turned-words", "borborygmus"
PASSWORD = "a long and winding password"
PUBLIC = ("home", "section", "story", "closed_story", "search", "login", "forum")
FEEDS = tuple(
    f"/feeds/{where}{form}" for where in ("", "politics/") for form in ("rss.xml", "atom.xml", "feed.json")
)
EDITIONS = ("/editions/", "/editions/2026-03-06-daily/", "/editions/2026-03-07-weekly/")
LISTS = ("/", "/politics/", "/archive/", "/sitemap.xml", *FEEDS, *EDITIONS)
HTML = "text/html; charset=utf-8"

HIDE = f"""
from datetime import timedelta
from django.utils import timezone
from wagtail.models import PageViewRestriction
from careo.readers.actions import end, grant, open_account
from careo.readers.models import Plan
from careo.stories.models import Section, Story
section, now = Section.objects.get(slug="politics"), timezone.now()

def story(word, **fields):
    told = [("paragraph", f"<p>All of it is {{word}}.</p>"), ("paragraph", f"<p>And {{word}} again.</p>")]
    made = Story(title=f"A story of {{word}}", slug=word, standfirst=f"More {{word}}", live=False, body=told, **fields)
    section.add_child(instance=made)
    return made

def out(made):
    made.save_revision().publish()
    return Story.objects.get(pk=made.pk)

draft = story({DRAFT!r})
draft.save_revision()
embargoed = out(story({EMBARGOED!r}, go_live_at=now + timedelta(days=1)))
assert not embargoed.live
private = story({PRIVATE!r})
PageViewRestriction.objects.create(page=private, restriction_type="login")
private = out(private)
expired = out(story({EXPIRED!r}, expire_at=now + timedelta(days=1)))
Story.objects.filter(pk=expired.pk).update(expire_at=now - timedelta(hours=1))
withdrawn = out(story({WITHDRAWN!r}))
withdrawn.unpublish()
plan = Plan.objects.first()
for email in ({FALLEN!r}, {LEFT!r}):
    grant(open_account(email, {PASSWORD!r}), plan, by=None)
for made in (draft, embargoed, private, expired, withdrawn):
    print(made.pk)
"""

UNDO = f"""
from careo.readers.models import Reader
from careo.stories.models import Story
for one in Story.objects.filter(slug__in={SECRETS!r}):
    one.delete()
Reader.objects.filter(email__in={(FALLEN, LEFT)!r}).delete()
"""


@pytest.fixture(scope="module")
def hidden(meridia: Meridia) -> Iterator[dict[str, int]]:
    """The numbers of the stories that nobody may see, by their words."""
    numbers = [int(line) for line in meridia.newspaper.python(HIDE).split()]
    yield dict(zip(SECRETS, numbers, strict=True))
    meridia.newspaper.python(UNDO)


@pytest.fixture
def visitor(meridia: Meridia) -> Asker:
    return Asker(meridia.newspaper)


def logged_in(meridia: Meridia, email: str, password: str) -> Asker:
    asker = Asker(meridia.newspaper)
    answer = asker.log_in(email, password)
    assert answer.status == 302, answer.text
    return asker


@pytest.fixture(scope="module")
def reader(meridia: Meridia) -> Asker:
    """Has an account and no subscription."""
    return logged_in(meridia, *meridia.map["logins"]["reader"])


@pytest.fixture(scope="module")
def subscriber(meridia: Meridia) -> Asker:
    asker = logged_in(meridia, *meridia.map["logins"]["subscriber"])
    assert meridia.map["marker"] in asker.ask(closed(meridia)).text
    return asker


@pytest.fixture(scope="module")
def editor(meridia: Meridia) -> Asker:
    return logged_in(meridia, *meridia.map["logins"]["editor"])


def closed(meridia: Meridia) -> str:
    return str(meridia.map["paths"]["closed_story"])


def thread(meridia: Meridia) -> str:
    return str(meridia.map["paths"]["thread"])


def tells_nothing(meridia: Meridia, answer: Answer, *, asked: str = "", but: str = "") -> Answer:
    """No word that is not for everybody, in headers or body, and no error of ours. What was `asked` may be repeated."""
    told = html.unescape(answer.everything).replace(asked, "") if asked else answer.everything
    assert answer.status < 500, answer.status
    for word in (meridia.map["marker"], meridia.map["post_marker"], *SECRETS):
        assert word == but or word not in told.lower(), (word, answer.status)
    return answer


# The closed story


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br", "zstd, *;q=0", "br;q=0, gzip", "x" * 5_000])
@pytest.mark.parametrize("who", ["visitor", "reader"])
def test_the_closed_part_is_in_no_encoding(
    meridia: Meridia, request: pytest.FixtureRequest, who: str, encoding: str
) -> None:
    asker = request.getfixturevalue(who)
    for name in PUBLIC:
        answer = asker.ask(meridia.map["paths"][name], headers={"Accept-Encoding": encoding})
        tells_nothing(meridia, answer)


def test_head_tells_the_length_of_the_public_page_alone(
    meridia: Meridia, visitor: Asker, subscriber: Asker
) -> None:
    whole = subscriber.ask(closed(meridia))
    got, headed = visitor.ask(closed(meridia)), visitor.ask(closed(meridia), method="HEAD")
    assert headed.body == b""
    assert headed.header("content-length") == got.header("content-length") == str(len(got.body))
    assert headed.header("content-length") != whole.header("content-length")


def test_what_a_subscriber_s_browser_holds_is_never_said_to_be_what_a_visitor_would_get(
    meridia: Meridia, visitor: Asker, subscriber: Asker
) -> None:
    whole = subscriber.ask(closed(meridia))
    assert meridia.map["marker"] in whole.text
    for tag in (whole.header("etag"), f"W/{whole.header('etag')}", f'"x", {whole.header("etag")}'):
        answer = tells_nothing(meridia, visitor.ask(closed(meridia), headers={"If-None-Match": tag}))
        assert answer.status == 200
    assert visitor.ask(closed(meridia)).header("etag") != whole.header("etag")
    assert tells_nothing(meridia, visitor.ask(closed(meridia), headers={"If-None-Match": "*"})).body == b""


@pytest.mark.parametrize("ranges", ["bytes=0-", "bytes=9000-", "bytes=0-1,5-9", "bytes=-500", "lines=1"])
def test_no_range_reaches_beyond_the_open_part(meridia: Meridia, visitor: Asker, ranges: str) -> None:
    answer = tells_nothing(
        meridia, visitor.ask(closed(meridia), headers={"Range": ranges, "If-Range": '"x"'})
    )
    assert answer.body == visitor.ask(closed(meridia)).body


@pytest.mark.parametrize(
    "query",
    ["variant=subscriber", "preview=true", "mode=form", "in_preview_panel=true", "page=2", "is_preview=1", "?", "&&=",
     "format=json", "amp", "print=1", "userbar_rev=1", "%00", "a=" + "b" * 6_000],
)  # fmt: skip
def test_no_query_opens_it(meridia: Meridia, visitor: Asker, query: str) -> None:
    answer = tells_nothing(meridia, visitor.ask(f"{closed(meridia)}?{query}"))
    assert answer.status == 200


def test_no_spelling_of_its_address_opens_it(meridia: Meridia, visitor: Asker) -> None:
    path = closed(meridia)
    section, slug = path.strip("/").split("/")
    spelled = [
        f"/{path}", f"/.{path}", f"/x/..{path}", f"/{section}//{slug}/", f"/{section}/./{slug}/", path.upper(),
        path.replace("/", "%2f"), path.replace("a", "%61"), f"{path}%00", f"{path}.", f"{path};a=b", f"{path}%20",
        f"{path}index.html", f"{path}amp/", f"{path}%c0%ae/", f"{path}..%2f", path.rstrip("/"), f"{path}\\", f"{path}#x",
        f"/static/..{path}", f"/media/..{path}", f"/desk/..{path}", f"{path}%e2%80%a8", f"{path}{'a/' * 2_000}",
    ]  # fmt: skip
    for one in spelled:
        tells_nothing(meridia, visitor.ask(one))


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "GETS", "get"]
)
def test_no_other_method_opens_it(meridia: Meridia, visitor: Asker, method: str) -> None:
    for path in (closed(meridia), thread(meridia), "/forum/", f"/politics/{DRAFT}/"):
        tells_nothing(meridia, visitor.ask(path, method=method, body=""))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-HTTP-Method-Override", "PUT"),
        ("X-Original-URL", "/desk/"),
        ("X-Rewrite-URL", "/desk/"),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-User", "editor@meridiapost.example"),
        ("Remote-User", "editor@meridiapost.example"),
        ("Authorization", "Basic ZWRpdG9yOmVkaXRvcg=="),
        ("Forwarded", "for=127.0.0.1;host=evil.example"),
        ("HX-Request", "true"),
        ("X-Requested-With", "XMLHttpRequest"),
        ("Accept", "application/json"),
        ("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"),
        ("Referer", "https://www.google.com/"),
        ("Purpose", "prefetch"),
        ("Cookie", "sessionid=1; variant=subscriber; careo_pass; careo_session=" + "a" * 32),
    ],
)
def test_no_header_opens_it(meridia: Meridia, visitor: Asker, name: str, value: str) -> None:
    for path in (closed(meridia), thread(meridia), "/desk/", "/desk/pages/"):
        answer = tells_nothing(meridia, visitor.ask(path, headers={name: value}))
        assert "evil.example" not in answer.everything


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "", "localhost", "[::1]", "a b", "é.example"]
)
def test_another_host_is_refused(meridia: Meridia, visitor: Asker, host: str) -> None:
    for path in ("/", closed(meridia), "/account/login/"):
        answer = tells_nothing(meridia, visitor.ask(path, headers={"Host": host}))
        assert answer.status == 400


@pytest.mark.parametrize(
    "head",
    [
        "GET http://evil.example{path} HTTP/1.1\r\nHost: {host}",
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nHost: evil.example",
        "GET {path} HTTP/1.0",
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: careo_pass=\x00\xff",
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
        "GET {path}\x00 HTTP/1.1\r\nHost: {host}",
        "GET\t{path} HTTP/1.1\r\nHost: {host}",
        "GET {path} HTTP/9.9\r\nHost: {host}",
    ],
)
def test_no_odd_request_opens_it(meridia: Meridia, head: str) -> None:
    for path in (closed(meridia), thread(meridia)):
        sent = head.format(path=path, host=meridia.newspaper.host) + "\r\nConnection: close\r\n\r\n"
        got = meridia.newspaper.send(sent.encode("latin-1"), seconds=2)
        assert b" 500 " not in got[:20]
        assert meridia.map["marker"].encode() not in got
        assert meridia.map["post_marker"].encode() not in got


def test_no_forged_pass_opens_it(meridia: Meridia, visitor: Asker, subscriber: Asker) -> None:
    genuine = subscriber.cookies["careo_pass"]
    raw = bytearray(urlsafe_b64decode(genuine + "=="))
    raw[16] += 1  # a second longer
    forged = [
        urlsafe_b64encode(raw).decode().rstrip("="), genuine[:-1], f"{genuine}A", f"{genuine}=", genuine.swapcase(),
        f'"{genuine}"x', genuine[::-1], "A" * 66, "A" * 30_000, "é" * 66, "🔑" * 17, "..", "null", "true", "1", "",
        urlsafe_b64encode(b"\x02" + bytes(raw[1:])).decode().rstrip("="), f"{genuine[:65]}{chr(ord(genuine[65]) ^ 1)}",
    ]  # fmt: skip
    for one in forged:
        visitor.cookies = {"careo_pass": one}
        tells_nothing(meridia, visitor.ask(closed(meridia), keep=False))
        visitor.cookies = {"careo_pass": one}
        tells_nothing(meridia, visitor.ask(thread(meridia), keep=False))


def test_a_pass_that_ran_out_opens_nothing_without_its_session(meridia: Meridia, visitor: Asker) -> None:
    for seconds, own in ((-1, True), (300, False)):
        visitor.cookies = {"careo_pass": a_pass(meridia, "subscriber@meridiapost.example", seconds, own=own)}
        answer = tells_nothing(meridia, visitor.ask(closed(meridia)))
        assert "The rest of this story is for subscribers" in answer.text
    visitor.cookies = {"careo_pass": a_pass(meridia, "subscriber@meridiapost.example", -1)}
    visitor.ask(closed(meridia))
    assert visitor.cookies == {}, "an old pass is taken away"


def a_pass(meridia: Meridia, email: str, seconds: int, *, own: bool = True) -> str:
    """A pass for somebody that ends in so many seconds, under the newspaper's own key or another's."""
    key = "settings.CAREO_PASS_KEY" if own else "b'the key of another newspaper, or so'"
    return meridia.newspaper.python(
        "import time\nfrom django.conf import settings\nfrom careo.edge.passes import issue\n"
        "from careo.readers.models import Reader\n"
        f"print(issue({key}, Reader.objects.get(email={email!r}).pk, now=time.time() + {seconds - 300}, seconds=300))"
    )


def test_a_pass_is_good_for_reading_stories_and_for_nothing_else(meridia: Meridia, subscriber: Asker) -> None:
    alone = Asker(meridia.newspaper, cookies={"careo_pass": subscriber.cookies["careo_pass"]})
    assert alone.ask(thread(meridia)).status == 403
    alone.cookies = {"careo_pass": subscriber.cookies["careo_pass"]}
    tells_nothing(meridia, alone.ask("/forum/", keep=False))
    tells_nothing(meridia, alone.ask("/account/", keep=False))


@pytest.mark.usefixtures("hidden")
@pytest.mark.parametrize(
    ("email", "ending"),
    [
        (FALLEN, "from careo.readers.actions import end; end(one.subscriptions.get())"),
        (LEFT, "one.is_active = False; one.save()"),
    ],
)
def test_whoever_no_longer_subscribes_reads_no_longer_than_the_pass(
    meridia: Meridia, email: str, ending: str
) -> None:
    asker = logged_in(meridia, email, PASSWORD)
    assert meridia.map["marker"] in asker.ask(closed(meridia)).text
    assert asker.ask(thread(meridia)).status == 200
    meridia.newspaper.python(
        f"from careo.readers.models import Reader\none = Reader.objects.get(email={email!r})\n{ending}"
    )
    assert tells_nothing(meridia, asker.ask(thread(meridia), keep=False)).status == 403
    asker.cookies["careo_pass"] = a_pass(meridia, email, -1)
    answer = tells_nothing(meridia, asker.ask(closed(meridia)))
    assert "careo_pass" not in asker.cookies
    assert "private" in answer.header("cache-control")
    tells_nothing(meridia, asker.ask("/forum/"))


def test_logging_out_takes_pass_and_session_away(meridia: Meridia) -> None:
    asker = logged_in(meridia, *meridia.map["logins"]["subscriber"])
    before = dict(asker.cookies)
    assert asker.post("/account/logout/", {}, form="/account/corner/").status == 302
    assert "careo_pass" not in asker.cookies
    tells_nothing(meridia, asker.ask(closed(meridia)))
    asker.cookies = {"careo_session": before["careo_session"]}
    assert tells_nothing(meridia, asker.ask(thread(meridia))).status == 403


def test_what_caches_on_the_way_are_told_keeps_each_variant_apart(
    meridia: Meridia, visitor: Asker, subscriber: Asker
) -> None:
    whole = subscriber.ask(closed(meridia))
    assert "private" in whole.header("cache-control")
    assert "public" not in whole.header("cache-control")
    for asker in (visitor, subscriber):
        for path in (closed(meridia), "/", *FEEDS, "/archive/", "/search/?q=port"):
            answer = asker.ask(path)
            assert "cookie" in answer.header("vary").lower(), path
            assert not (answer.cookies and "private" not in answer.header("cache-control")), path
    refused = visitor.ask(thread(meridia))
    assert refused.header("cache-control") == "private, no-store"


@pytest.mark.usefixtures("hidden")
def test_lists_feeds_and_robots_are_told_nothing(meridia: Meridia, visitor: Asker, reader: Asker) -> None:
    for asker in (visitor, reader):
        for path in (*LISTS, "/robots.txt", "/archive/?page=2", "/politics/?page=99", "/about/"):
            tells_nothing(meridia, asker.ask(path))


def test_a_subscriber_s_feeds_and_search_are_everybody_s(meridia: Meridia, subscriber: Asker) -> None:
    for path in (*FEEDS, "/archive/", "/search/?q=strike", f"/search/?q={meridia.map['marker']}"):
        tells_nothing(meridia, subscriber.ask(path), asked=meridia.map["marker"] if "?" in path else "")


def test_a_closed_story_has_no_markdown_and_a_person_s_page_tells_nothing_of_it(
    meridia: Meridia, visitor: Asker, subscriber: Asker
) -> None:
    for asker in (visitor, subscriber):
        assert tells_nothing(meridia, asker.ask(f"{closed(meridia)[:-1]}.md")).status == 404
        person = tells_nothing(meridia, asker.ask(meridia.map["paths"]["person"]))
        assert person.status == 200


# Of the closed story the citations that stand in its open part.
OPEN_CITATIONS = tuple(f"citations/{number}/" for number in range(1, 6))
RECORD = ("versions/", "versions/1/", "made/", *(f"citations/{number}/" for number in range(1, 13)))


def test_the_record_of_a_closed_story_tells_of_its_open_part_alone(
    meridia: Meridia, visitor: Asker, reader: Asker, subscriber: Asker
) -> None:
    whole = {page: subscriber.ask(closed(meridia) + page) for page in RECORD}
    assert meridia.map["marker"] in whole["versions/1/"].text
    assert whole["citations/6/"].status == 200
    for asker in (visitor, reader):
        for page in RECORD:
            answer = tells_nothing(meridia, asker.ask(closed(meridia) + page))
            assert (answer.status == 404) is (page.startswith("citations/") and page not in OPEN_CITATIONS), (
                page
            )
            assert "Rosa Ibarra" not in answer.text, "she speaks in the closed part"


@pytest.mark.usefixtures("hidden")
def test_what_is_not_published_has_no_record(meridia: Meridia, visitor: Asker, subscriber: Asker) -> None:
    for asker in (visitor, subscriber):
        for word in SECRETS:
            for page in RECORD:
                assert tells_nothing(meridia, asker.ask(f"/politics/{word}/{page}")).status == 404
    for path in (
        "/corrections/",
        *(f"/feeds/corrections/{form}" for form in ("rss.xml", "atom.xml", "feed.json")),
    ):
        assert tells_nothing(meridia, visitor.ask(path)).status == 200


def test_machines_are_told_of_the_open_part_alone(meridia: Meridia, visitor: Asker) -> None:
    page = visitor.ask(closed(meridia)).text
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(blocks[0])
    assert told["isAccessibleForFree"] is False
    assert "articleBody" not in told
    assert "wordCount" not in told
    shown = set(re.findall(r'<p class="passage-source">.*?href="([^"]+)"', page, re.DOTALL))
    assert {html.unescape(address) for address in shown} >= {cited["url"] for cited in told["citation"]}


def test_no_search_answer_depends_on_what_is_not_for_all(
    meridia: Meridia, hidden: dict[str, int], visitor: Asker, subscriber: Asker
) -> None:
    nothing = "No story has all of these words"
    for word in (meridia.map["marker"], meridia.map["post_marker"], *hidden):
        for asker in (visitor, subscriber):
            for query in (
                word,
                word.upper(),
                f"strike {word}",
                f"{word[:-1]}*",
                f'"{word}"',
                f"title:{word}",
            ):
                answer = asker.ask(f"/search/?{urlencode({'q': query})}")
                tells_nothing(meridia, answer, asked=query)
                assert nothing in answer.text, query
    more = {"q": "strike", "access": "subscribers", "order_by": "body", "live": "0", "page": "-1"}
    tells_nothing(meridia, visitor.ask(f"/search/?{urlencode(more)}"))


@pytest.mark.parametrize(
    "query",
    [
        "'",
        '"',
        "%",
        "\x00",
        "a" * 5_000,
        "NEAR(a b)",
        "a AND",
        "-",
        "*",
        "{x}",
        "\ud7ff\U0010ffff",
        "🚢 port",
    ],
)
def test_no_query_breaks_the_search(meridia: Meridia, visitor: Asker, query: str) -> None:
    answer = visitor.ask(f"/search/?{urlencode({'q': query})}")
    assert tells_nothing(meridia, answer).status == 200


# What is not published


def test_what_is_not_published_is_not_there(meridia: Meridia, hidden: dict[str, int], visitor: Asker) -> None:
    nothing = visitor.ask("/politics/no-such-story/")
    for word in hidden:
        answer = tells_nothing(meridia, visitor.ask(f"/politics/{word}/"), asked=f"/politics/{word}/")
        if word in (EXPIRED, WITHDRAWN):  # all could read them: that they are gone is no secret
            assert answer.status == 410, word
        elif word != PRIVATE:  # leads to the log-in: whoever asks knew the address
            assert (answer.status, answer.text) == (404, nothing.text), word


def test_subscribers_and_readers_see_no_more_of_it(
    meridia: Meridia, hidden: dict[str, int], subscriber: Asker, reader: Asker
) -> None:
    for asker in (subscriber, reader):
        for word in hidden:
            if word != PRIVATE:
                assert tells_nothing(meridia, asker.ask(f"/politics/{word}/")).status in (404, 410)
    for word, number in hidden.items():
        answer = subscriber.ask(f"/forum/{number}/")
        if word != EXPIRED:  # until the clock has struck for it, subscribers who wrote of it may go on
            assert answer.status == 404, word
            assert word not in answer.text
    for path in ("/forum/", "/forum/notices/", "/account/"):
        page = subscriber.ask(path).text
        assert not [word for word in hidden if word != EXPIRED and word in page]


DOORS = r"""
import re
from django.urls import get_resolver

def doors(patterns, before=""):
    for one in patterns:
        path = before + re.sub(r"^\^|\$$", "", str(one.pattern))
        yield from doors(one.url_patterns, path) if hasattr(one, "url_patterns") else [path]

for path in sorted(set(doors(get_resolver().url_patterns))):
    if path.startswith("desk/"):
        filled = re.sub(r"<int:\w+>|\(\?P<(pk|\w*id)>[^)]*\)", "NUMBER", path)
        print(re.sub(r"<[\w:]+>|\(\?P<\w+>[^)]*\)", "story", filled).replace("\\", ""))
"""


@pytest.fixture(scope="module")
def doors(meridia: Meridia) -> list[str]:
    """Every address of the desk, its own rooms' and Wagtail's; NUMBER stands for what is asked for."""
    found = meridia.newspaper.python(DOORS).splitlines()
    assert {
        "desk/mail/",
        "desk/reports/NUMBER/",
        "desk/pages/NUMBER/view_draft/",
        "desk/stories/citing/",
    } <= set(found)
    return found


@pytest.mark.parametrize("who", ["visitor", "reader", "subscriber"])
def test_every_door_of_the_desk_is_shut(
    meridia: Meridia, hidden: dict[str, int], doors: list[str], request: pytest.FixtureRequest, who: str
) -> None:
    asker = request.getfixturevalue(who)
    for door in doors:
        for number in (hidden[DRAFT], 1):
            path = f"/{door.replace('NUMBER', str(number))}"
            answer = tells_nothing(meridia, asker.ask(quote(path, safe="/?=&%:*.")))
            if path not in (
                "/desk/sprite/",
                "/desk/jsi18n/",
            ):  # Wagtail's icons, and its words in other languages
                assert answer.status in (301, 302, 403, 404), path
                assert answer.status != 301 or answer.header("location") == f"{path}/", path
                assert answer.status != 302 or re.match(
                    r"(http://[^/]+)?/(account|desk)/", answer.header("location")
                ), path


def test_who_moderates_the_forum_grants_no_subscriptions_and_reads_no_mail(meridia: Meridia) -> None:
    moderator = logged_in(meridia, *meridia.map["logins"]["moderator"])
    for door in ("mail", "subscriptions", "subscriptions/new", "plans/new", "readers/choose",
                 "readers/choose/results", "readers/choose/create", "readers/choose/1", "users", "users/new", "groups",
                 "settings/stories/housestyle"):  # fmt: skip
        answer = moderator.ask(f"/desk/{door}/")
        assert answer.status in (302, 403, 404), door
        assert "@readers.example" not in answer.text, door


@pytest.mark.parametrize("who", ["visitor", "reader", "subscriber"])
def test_wagtails_other_doors_are_shut(meridia: Meridia, request: pytest.FixtureRequest, who: str) -> None:
    asker = request.getfixturevalue(who)
    for path in (
        "/_util/login/", "/_util/authenticate_with_password/1/3/", "/api/v2/pages/", "/api/v3/pages/", "/admin/",
        "/documents/1/x.pdf", "/images/x/1/original/", "/cms/", "/django-admin/", "/graphql", "/__debug__/", "/oembed/",
        "/accounts/login/", "/account/social/", "/_allauth/browser/v1/config", "/metrics", "/.git/config",
    ):  # fmt: skip
        assert tells_nothing(meridia, asker.ask(path)).status in (301, 404), path


@pytest.mark.parametrize("path", ["/desk/login/", "/_util/login/", "/desk/password_reset/"])
def test_there_is_one_door_to_log_in_by(meridia: Meridia, visitor: Asker, path: str) -> None:
    """Beside it attempts would go uncounted."""
    email, password = meridia.map["logins"]["editor"]
    visitor.ask("/account/login/")
    token = visitor.cookies["careo_csrf"]
    visitor.send(path, {"username": email, "password": password, "csrfmiddlewaretoken": token})
    assert "careo_session" not in visitor.cookies or visitor.ask("/desk/").status == 302


NAMES = """
from datetime import timedelta
from django.utils import timezone
from wagtail.models import PageViewRestriction
from careo.stories.models import Section, Story
"""
TAKE_AWAY = f"""{NAMES}
PageViewRestriction.objects.exclude(page__slug={PRIVATE!r}).delete()
for one in Story.objects.filter(slug__in={(TURNING, TURNED)!r}):
    one.delete()
"""
PRINT = f"""{TAKE_AWAY}
body = [("paragraph", "<p>Openly.</p>"), ("paragraph", "<p>Then {BEFORE}.</p>")]
story = Story(title="A turning", slug={TURNING!r}, live=False, body=body)
Section.objects.get(slug="economy").add_child(instance=story)
story.save_revision().publish()
"""


@pytest.fixture(scope="module")
def turning(meridia: Meridia) -> Iterator[None]:
    """What a test changes is put back by the next one, and by this after the last."""
    yield
    meridia.newspaper.python(TAKE_AWAY)


@pytest.mark.parametrize(
    "change",
    [
        "story.access = 'subscribers'; story.open_blocks = 1; story.save_revision().publish()",
        "story.unpublish()",
        "story.slug = 'turned-words'; story.access = 'subscribers'; story.open_blocks = 0; story.save_revision().publish()",
        "story.delete()",
        "PageViewRestriction.objects.create(page=story, restriction_type='login')",
        "PageViewRestriction.objects.create(page=story.get_parent(), restriction_type='groups')",
        "story.open_blocks = 0; story.access = 'subscribers'; story.title = 'x'; story.save()",
        "story.go_live_at = timezone.now() + timedelta(days=1); story.save()",
    ],
)
def test_what_is_taken_from_all_is_gone_at_once(
    meridia: Meridia, visitor: Asker, turning: None, change: str
) -> None:
    """By another process than the one that serves, from every page on which it stood."""
    meridia.newspaper.python(PRINT)
    paths = (f"/economy/{TURNING}/", "/feeds/rss.xml", "/feeds/economy/atom.xml")
    for path in paths:
        assert BEFORE in visitor.ask(path).text, path
    meridia.newspaper.python(f"{NAMES}story = Story.objects.get(slug={TURNING!r})\n{change}")
    for path in (*paths, f"/economy/{TURNED}/", f"/search/?q={BEFORE}&x=1"):
        for encoding in ("identity", "gzip", "br"):
            told = visitor.ask(path, headers={"Accept-Encoding": encoding}).text
            assert BEFORE not in told.replace(f"“{BEFORE}”", "").replace(f'"{BEFORE}"', ""), path


# The forum


def forum_paths(meridia: Meridia) -> list[str]:
    number = thread(meridia).strip("/").split("/")[1]
    acts = (
        "",
        "edit/",
        "delete/",
        "flag/",
        "history/",
        "hide/",
        "restore/",
        "keep/",
        "amend/",
        "pick/",
        "unpick/",
        "block/",
    )
    posts = [f"/forum/post/{post}/{act}" for post in (1, 2, 999_999) for act in acts]
    threads = [
        f"/forum/{story}/{act}"
        for story in (number, 999_999)
        for act in ("", "reply/", "follow/", "participants/", "slow/", "close/", "reopen/")
    ]
    others = [
        "/forum/",
        "/forum/notifications/",
        "/forum/notices/",
        "/forum/notices/choices/",
        "/forum/following/",
        "/forum/blocks/",
        "/forum/open/",
        "/forum/t1/",
        "/forum/t999999/live/",
        "/forum/moderation/",
        "/forum/moderation/log/",
        "/forum/moderation/appeal/1/",
        "/forum/moderation/notice/1/",
        "/forum/decisions/",
        "/forum/decisions/1/",
        "/forum/reader/1/record/",
        "/forum/reader/1/sanction/",
    ]
    return [*posts, *threads, *others, f"/forum/{number}/?page=2", f"/forum/{number}/reply/?to=1&quote=1"]


@pytest.mark.parametrize("who", ["visitor", "reader"])
def test_every_address_of_the_forum_gives_one_answer(
    meridia: Meridia, request: pytest.FixtureRequest, who: str
) -> None:
    asker, pages = request.getfixturevalue(who), set()
    asker.ask("/account/")  # tells what is left to be told, once
    for path in forum_paths(meridia):
        answer = tells_nothing(meridia, asker.ask(path))
        assert answer.status == 403, path
        assert answer.header("cache-control") == "private, no-store"
        page = re.sub(r'value="[^"]{64}"', "", answer.text)
        pages.add(page.replace(f"next={quote(path)}", ""))
    assert len(pages) == 1, "an answer tells what exists"


@pytest.mark.parametrize("who", ["visitor", "reader"])
def test_nobody_writes_in_the_forum_who_may_not_read_it(
    meridia: Meridia, request: pytest.FixtureRequest, who: str
) -> None:
    asker = request.getfixturevalue(who)
    asker.ask("/account/login/" if who == "visitor" else "/account/")
    token = asker.cookies["careo_csrf"]
    for path in forum_paths(meridia):
        answer = asker.send(
            path, {"csrfmiddlewaretoken": token, "text": "Let me in", "why": "I want to", "days": "1"}
        )
        assert tells_nothing(meridia, answer).status == 403, path


def test_a_subscriber_moderates_nothing(meridia: Meridia, subscriber: Asker) -> None:
    for path in forum_paths(meridia):
        if re.search(
            r"moderation|open|history|hide|restore|keep|amend|pick|slow|close|reopen|record|sanction", path
        ):
            assert subscriber.ask(path).status in (403, 404, 405), path


@pytest.mark.parametrize(
    "number",
    ["0", "-1", "9" * 20, "9" * 5_000, "1e3", "0x1", "%31%32", "١٢", "1;", "1'", "1%00", "../1", "true"],
)
def test_no_number_breaks_the_forum(meridia: Meridia, visitor: Asker, subscriber: Asker, number: str) -> None:
    for path in (f"/forum/{number}/", f"/forum/post/{number}/", f"{thread(meridia)}?page={number}",
                 f"{thread(meridia)}reply/?to={number}&quote=1"):  # fmt: skip
        path = quote(path, safe="/?=&%.")
        tells_nothing(meridia, visitor.ask(path))
        assert subscriber.ask(path).status < 500, path


def test_the_story_s_page_says_nothing_of_its_thread(meridia: Meridia, visitor: Asker) -> None:
    page = visitor.ask(meridia.map["paths"]["story"]).text
    door = page.partition('<section class="forum-door"')[2].partition("</section>")[0]
    words = re.sub(r"<[^>]+>", "", door.partition(">")[2])
    assert not re.search(r"\d", words), "no count of posts"


# Accounts


@pytest.mark.parametrize(
    "to",
    ["https://evil.example/", "//evil.example/", "///evil.example/", "/\\evil.example", "\\\\evil.example",
     "javascript:alert(1)", "http:evil.example", "https:///evil.example", "/\t/evil.example", "http://{host}@evil.example/",
     "http://{host}.evil.example/", "data:text/html,x", "//evil.example\\@{host}/", "http://[::1", "http://127.0.0.1:1/"],
)  # fmt: skip
def test_log_in_leads_to_no_other_house(meridia: Meridia, to: str) -> None:
    asker, to = Asker(meridia.newspaper), to.format(host=meridia.newspaper.host)
    email, password = meridia.map["logins"]["reader"]
    form = f"/account/login/?{urlencode({'next': to})}"
    page = asker.ask(form)
    assert not re.search(r'(href|action|src)="[^"]*evil\.example', page.text)
    answer = asker.post("/account/login/", {"login": email, "password": password, "next": to}, form=form)
    assert re.fullmatch(r"/[^/\\].*", answer.header("location")), answer.header("location")
    after = asker.ask(form)
    assert re.fullmatch(r"/[^/\\].*", after.header("location")), after.header("location")


def test_a_session_given_beforehand_is_not_the_one_logged_in(meridia: Meridia) -> None:
    asker = Asker(meridia.newspaper, cookies={"careo_session": "a" * 32, "careo_pass": "A" * 66})
    asker.log_in(*meridia.map["logins"]["subscriber"])
    assert asker.cookies["careo_session"] != "a" * 32
    assert asker.cookies["careo_pass"] != "A" * 66
    fixed = Asker(meridia.newspaper, cookies={"careo_session": "a" * 32})
    assert fixed.ask(thread(meridia)).status == 403


def test_no_form_is_taken_from_another_house(meridia: Meridia, subscriber: Asker, editor: Asker) -> None:
    sent = [
        (subscriber, f"{thread(meridia)}reply/", {"text": "Written elsewhere"}),
        (subscriber, "/account/logout/", {}),
        (subscriber, "/account/", {"pen_name": "Mallory"}),
        (subscriber, "/account/email/", {"email": "mallory@evil.example", "action_add": "1"}),
        (subscriber, "/account/password/change/", {"oldpassword": "x", "password1": "y"}),
        (subscriber, "/forum/notices/", {}),
        (subscriber, f"{thread(meridia)}follow/", {}),
        (subscriber, "/forum/notices/choices/", {"answers": "once", "follows_own": "on"}),
        (subscriber, "/forum/post/1/block/", {}),
        (editor, "/desk/capture/", {"addresses": "https://evil.example/"}),
        (editor, "/desk/subscriptions/new/", {"reader": "1", "plan": "1"}),
        (editor, "/desk/events/1/close/", {}),
    ]
    for asker, path, fields in sent:
        token = asker.cookies["careo_csrf"]
        assert (
            asker.send(path, fields, headers={"Origin": f"http://{meridia.newspaper.host}"}).status == 403
        ), path
        foreign = fields | {"csrfmiddlewaretoken": token}
        assert asker.send(path, foreign, headers={"Origin": "https://evil.example"}).status == 403, path
    assert subscriber.ask(thread(meridia)).status == 200, "still logged in"


def test_cookies_are_for_the_server_and_for_no_other_site(meridia: Meridia) -> None:
    asker = Asker(meridia.newspaper)
    set_by = asker.ask("/account/login/").cookies | asker.log_in(*meridia.map["logins"]["subscriber"]).cookies
    for name in ("careo_session", "careo_pass"):
        assert "httponly" in set_by[name].lower()
    for name, line in set_by.items():
        assert "samesite=lax" in line.lower(), name
        assert "path=/" in line.lower(), name
        assert "domain" not in line.lower(), name


def test_behind_tls_cookies_are_secure_and_bound_to_the_host(tmp_path: Path) -> None:
    newspaper = Newspaper(tmp_path / "data", CAREO_ADDRESS="https://post.example")
    try:
        newspaper.wait_until_it_answers()
        asker = Asker(newspaper, host="post.example")
        newspaper.python(
            "from careo.readers.actions import grant, open_account\nfrom careo.readers.models import Plan\n"
            f"grant(open_account({LEFT!r}, {PASSWORD!r}), Plan.objects.create(name='A', slug='a'), by=None)"
        )
        fields = {"login": LEFT, "password": PASSWORD}
        answer = asker.post(
            "/account/login/",
            fields,
            headers={"Origin": "https://post.example", "Referer": "https://post.example/"},
        )
        assert answer.status == 302, answer.text
        assert {"__Host-careo_session", "__Host-careo_pass"} <= set(answer.cookies)
        assert all("secure" in line.lower() for line in answer.cookies.values())
        for path in ("/", "/account/login/", "/static/paper/paper.css", "/nowhere/"):
            assert "max-age=" in asker.ask(path).header("strict-transport-security"), path
    finally:
        newspaper.end()


def test_a_mail_s_link_leads_to_this_house_whatever_the_request_says(
    meridia: Meridia, visitor: Asker
) -> None:
    host = f"127.0.0.1:{free_of(meridia)}"
    visitor.host = host
    email, _ = meridia.map["logins"]["reader"]
    asked = visitor.post(
        "/account/password/reset/", {"email": email}, headers={"X-Forwarded-Host": "evil.example"}
    )
    assert asked.status == 302
    mails = "".join(file.read_text() for file in sorted((meridia.newspaper.data / "mail").iterdir()))
    links = re.findall(r"(https?://[^/\s\"<>]+)/account/password/reset/key/", mails)
    assert set(links) == {f"http://{meridia.newspaper.host}"}


def free_of(meridia: Meridia) -> int:
    return 6666 if meridia.newspaper.port != 6666 else 6667


def test_nobody_learns_whether_an_address_has_an_account(meridia: Meridia) -> None:
    known, unknown = meridia.map["logins"]["editor"][0], "nobody@readers.example"
    pages = []
    for email in (known, unknown):
        asker = Asker(meridia.newspaper)
        answers = [
            asker.log_in(email, "not the password"),
            asker.post("/account/password/reset/", {"email": email}),
        ]
        page = "".join(f"{answer.status} {answer.header('location')} {answer.text}" for answer in answers)
        pages.append(re.sub(r'value="[^"]{64}"', "", page).replace(email, "…"))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("path", ["/account/", "/account/email/", "/account/password/change/"])
def test_an_account_s_pages_are_its_reader_s(meridia: Meridia, visitor: Asker, path: str) -> None:
    answer = tells_nothing(meridia, visitor.ask(path))
    assert answer.status == 302
    assert "@" not in answer.text


# Markup from outside


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg onload=alert(1)>"


@pytest.mark.parametrize(
    "path",
    ["/search/?q={x}", "/nowhere/{x}/", "/{x}", "/account/login/?next={x}", "/forum/{x}/", "/archive/?page={x}",
     "/account/login/?next=/{x}", "/feeds/{x}/rss.xml", "/account/signup/?next={x}", "/account/confirm-email/{x}/",
     "/account/password/reset/key/1-{x}/"],
)  # fmt: skip
def test_markup_in_a_request_comes_back_as_text(meridia: Meridia, visitor: Asker, path: str) -> None:
    answer = tells_nothing(meridia, visitor.ask(path.format(x=quote(HOSTILE, safe=""))))
    runs_nothing(answer)


def runs_nothing(answer: Answer) -> None:
    for mark in ("<script>alert", "<img src=x", "<svg onload", 'href="javascript:', "</script><script"):
        assert mark not in answer.text
    assert "default-src 'self'" in answer.header("content-security-policy") or not answer.header(
        "content-type"
    ).startswith("text/html")


PRINTED = """
from datetime import UTC, datetime
from careo.press.actions import take_in
from careo.press.fetch import Fetched
from careo.stories.models import Section, Story
bad = {bad!r}
import html
page = f'''<html lang="en"><head><title>{{html.escape(bad)}} | Mallory</title><link rel="canonical" href="javascript:alert(1)">
<meta property="og:site_name" content="{{html.escape(bad)}}"><meta name="author" content="{{html.escape(bad)}}">
<meta property="og:image" content="javascript:alert(1)"></head><body><article><h1>{{html.escape(bad)}}</h1>
<p>“{{html.escape(bad)}} is what we have,” {{html.escape(bad)}} Mallory said on Thursday at the harbour of the town.</p>
<p>The minister had nothing more to say about it on that day, and went home early in the evening.</p></article></body></html>'''
fetched = Fetched("https://mallory.example/report", 200, (("content-type", "text/html"),), page.encode(), datetime.now(UTC))
report = take_in(fetched).report
body = [("paragraph", f'<p><a linktype="citation" passages="{{report.pk}}:0:60">They printed something.</a> '
         '<a href="javascript:alert(1)">A link.</a><script>alert(1)</script></p>')]
story = Story(title=bad, slug="hostile", standfirst=bad, byline=bad, dateline=bad, lead_caption=bad, live=False, body=body)
Section.objects.get(slug="economy").add_child(instance=story)
story.live = True
story.save()
print(report.pk)
"""


def test_markup_in_what_an_outlet_printed_comes_back_as_text(
    meridia: Meridia, visitor: Asker, editor: Asker
) -> None:
    number = meridia.newspaper.python(PRINTED.format(bad=HOSTILE))
    try:
        for path in ("/economy/hostile/", "/economy/", "/archive/", "/search/?q=alert"):
            answer = visitor.ask(path)
            assert "&lt;svg onload" in answer.text, path
            runs_nothing(answer)
        for path in ("/feeds/rss.xml", "/feeds/atom.xml"):
            feed = visitor.ask(path).text
            assert "<script" not in feed
            assert "javascript:alert" not in feed
        for path in (f"reports/{number}/", "reports/", "events/", f"stories/citing/reports/{number}/", "",
                     "stories/citing/results/?q=mallory", f"stories/citing/told/?passages={number}:0:60"):  # fmt: skip
            page = editor.ask(f"/desk/{path}")
            assert page.status == 200, path
            if not page.header("content-type").startswith("application/json"):
                for mark in ("<script>alert", "<img src=x", "<svg onload", 'href="javascript:'):
                    assert mark not in page.text, path
    finally:
        meridia.newspaper.python(
            "from careo.stories.models import Story; Story.objects.get(slug='hostile').delete()"
        )


def test_markup_in_a_post_comes_back_as_text(meridia: Meridia, subscriber: Asker) -> None:
    preview = subscriber.post(
        f"{thread(meridia)}reply/",
        {"text": f"{HOSTILE}\n\n[a](javascript:alert(1)) <https://x.example/> ![b](x.png)", "preview": "1",
         "form_token": "6f1c1b52-4f0e-4f27-9a51-1d64a3a7d1c4"},
        form=thread(meridia),
    )  # fmt: skip
    assert preview.status == 200
    runs_nothing(preview)
    assert "<img" not in preview.text.partition('class="preview"')[2].partition("</section>")[0]


def test_no_page_lets_itself_be_framed_or_run_what_is_not_ours(meridia: Meridia, visitor: Asker) -> None:
    for path in (
        "/",
        closed(meridia),
        thread(meridia),
        "/account/login/",
        "/nowhere/",
        "/search/?q=a",
        "/desk/",
    ):
        answer = visitor.ask(path)
        assert answer.header("x-frame-options") == "SAMEORIGIN", path
        assert "frame-ancestors 'self'" in answer.header("content-security-policy"), path
        assert answer.header("x-content-type-options") == "nosniff", path
        if answer.status != 302:
            assert not re.search(
                r"<script(?![^>]* src=|[^>]*ld\+json)|<style|\son\w+=|\sstyle=", answer.text
            ), path


# Files


FOLDERS = (
    "/",
    "/static/",
    "/static/../",
    "/static/paper/..%2f..%2f",
    "/media/",
    "/media/../",
    "/media/images/../../",
    "/media/images/..%2f..%2f",
    "/media//",
    "/media/images//",
)


def test_only_what_is_meant_to_be_shown_is_served_of_the_papers_folder(
    meridia: Meridia, visitor: Asker
) -> None:
    data = meridia.newspaper.data
    kept = [file.relative_to(data) for file in data.rglob("*") if file.is_file()]
    names = {
        str(one if len(one.parts) == 1 else one.parts[:2]): str(one) for one in kept
    }  # of each folder one
    assert {"careo.sqlite3", "secret", "demo.json"} <= set(names.values())
    for name in names.values():
        for folder in (*FOLDERS, f"/static{data}/"):
            answer = tells_nothing(meridia, visitor.ask(folder + quote(name)))
            picture = re.fullmatch(r"/media/images/[^/]+\.(avif|webp|jpg|jpeg|png)", folder + name)
            assert picture or answer.status != 200, folder + name


def test_nobody_else_on_the_machine_reads_what_the_paper_keeps(meridia: Meridia) -> None:
    data = meridia.newspaper.data
    for place in (data, *data.rglob("*")):
        mode = stat.S_IMODE(place.stat().st_mode)
        picture = place.is_file() and "media" in place.relative_to(data).parts  # open to all on the web
        assert picture or mode & 0o077 == 0, f"{place}: {mode:o}"


# Through the press


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:{port}/desk/", "http://localhost:{port}/", "http://2130706433:{port}/", "http://0x7f.1:{port}/",
     "http://0177.0.0.1:{port}/", "http://[::1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://127.1:{port}/",
     "http://[fe80::1%25eth0]/", "http://169.254.169.254/latest/meta-data/", "http://[64:ff9b::7f00:1]/", "http://0/",
     "file:///etc/passwd", "gopher://127.0.0.1:{port}/", "http://127.0.0.1.:{port}/", "http://①②⑦.0.0.1:{port}/",
     "http://x@127.0.0.1:{port}/", "http://127.0.0.1:{port}\\@elfaro.example/"],
)  # fmt: skip
def test_the_desk_fetches_nothing_from_within(meridia: Meridia, editor: Asker, address: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as within:
        within.settimeout(0.2)
        address = address.format(port=within.getsockname()[1])
        answer = editor.post("/desk/capture/", {"addresses": address})
        assert answer.status == 422, answer.status
        with pytest.raises(TimeoutError):
            within.accept()
