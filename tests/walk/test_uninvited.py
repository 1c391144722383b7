"""Ways in for those whom nobody has invited: to the words of the forum, and to the closed part of a closed story.

Each is one function, named for what it tries, that asks a running newspaper as somebody from outside and gives back what
came: not a byte of it, in headers or body, packed or not, may hold a secret word. By the front door insiders read all
of them, so that the tests can fail.
"""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.utils import formatdate
from urllib.parse import quote, urlencode

import pytest

from tests.walk.asker import Answer, Asker
from tests.walk.conftest import Meridia
from tests.walk.test_nobody_gets_in import EDITIONS, FEEDS, PASSWORD, a_pass, closed, logged_in, thread

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("meridia")]

POST, ANSWER, HELD, BEFORE, FLAGGED = (
    "quetzalcoatlus",
    "pterodaustro",
    "therizinosaur",
    "nyctosaurus",
    "dsungaripter",
)
LAPSED, BLOCKED, BANNED = "lapsed@readers.example", "blocked@readers.example", "banned@readers.example"
PLANT = f"""
from careo.forum import moderation
from careo.forum.actions import add_post, edit_post, flag
from careo.forum.models import Sanction, Thread
from careo.readers.actions import end, grant, open_account
from careo.readers.models import Plan, Reader
plan, thread = Plan.objects.first(), Thread.objects.get(story_id=STORY)
made = {{}}
for email in {(LAPSED, BLOCKED, BANNED)!r}:
    made[email] = open_account(email, {PASSWORD!r}, pen_name=email.partition("@")[0].title())
    grant(made[email], plan, by=None)
author = Reader.objects.get(email="subscriber@meridiapost.example")
post = add_post(thread, "The {BEFORE} came first.", author=author)
edit_post(post, "The {POST} flew over.", by=author)
add_post(thread, "The {ANSWER} answered.", author=author, in_reply_to=post)
held = add_post(thread, "The {HELD} waits.", author=author)
moderation.hold(held, listed=["waits"])
flag(post, by=made[{BANNED!r}], why="{FLAGGED}")
end(made[{LAPSED!r}].subscriptions.get())
Sanction.objects.create(reader=made[{BANNED!r}], kind="ban", why="He shouted.")
print(post.pk, author.pk)
"""
UPROOT = f"""
from careo.forum.models import Post
from careo.readers.models import Reader
Post.objects.filter(text__regex="{POST}|{ANSWER}|{HELD}").delete()
Reader.objects.filter(email__in={(LAPSED, BLOCKED, BANNED)!r}).delete()
"""


@dataclass
class Door:
    """What a way in needs to know: who asks, what there is, and what an insider could have given away."""

    meridia: Meridia
    asker: Asker
    insider: Asker
    story: str
    thread: str
    number: int
    post: int
    author: int

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.asker.ask(path, method=method, body=body, headers=named, keep=False)

    def each(self, *paths: str, **headers: str) -> list[Answer]:
        return [self.ask(path, **headers) for path in paths]

    def raw(self, *heads: str) -> list[Answer]:
        """Requests written by hand; `{path}` stands for each of the three places."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.asker.cookies.items())
        end = f"\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n"
        sent = [
            head.format(path=path, host=self.meridia.newspaper.host) + end
            for head in heads
            for path in self.places
        ]
        return [Answer(0, [], self.meridia.newspaper.send(one.encode("latin-1"), seconds=1)) for one in sent]

    @property
    def places(self) -> tuple[str, str, str]:
        return self.story, self.thread, f"/forum/post/{self.post}/answers/"

    def with_cookie(self, name: str, *values: str) -> list[Answer]:
        """The three places, with this cookie beside or in place of the asker's own."""
        own = {key: value for key, value in self.asker.cookies.items() if key != name}
        askers = [Asker(self.meridia.newspaper, cookies=own | {name: value}) for value in values]
        return [one.ask(path, keep=False) for one in askers for path in self.places]


Way = Callable[[Door], Iterable[Answer]]
WAYS: dict[str, Way] = {}
# Where it matters who asks, all go; any other way is gone by a visitor and by somebody with a session.
EVERYBODY, TWO = ("visitor", "reader", "lapsed", "blocked", "banned"), ("visitor", "lapsed")
TRIED: list[tuple[str, str]] = []


def way(found: Way, by: Iterable[str] = TWO) -> Way:
    name = found.__name__.replace("_", " ")
    WAYS[name] = found
    TRIED.extend((who, name) for who in by)
    return found


def way_into_the_forum(found: Way) -> Way:
    return way(found, by=EVERYBODY)


# By the front door, oddly.


@way_into_the_forum
def asking_plainly(door: Door) -> Iterable[Answer]:
    return door.each(*door.places, "/forum/", f"{door.thread}?page=1", f"/forum/post/{door.post}/")


@way
def asking_for_the_head_alone(door: Door) -> Iterable[Answer]:
    return [door.ask(path, "HEAD") for path in door.places]


@way
def asking_for_options(door: Door) -> Iterable[Answer]:
    return [door.ask(path, method, "") for path in door.places for method in ("OPTIONS", "TRACE", "PROPFIND")]


@way
def posting_to_a_page(door: Door) -> Iterable[Answer]:
    return [
        door.ask(path, "POST", "x=1", Content_Type="application/x-www-form-urlencoded")
        for path in door.places
    ]


@way
def a_method_of_ones_own(door: Door) -> Iterable[Answer]:
    return [
        door.ask(path, method, "")
        for path in door.places
        for method in ("PUT", "PATCH", "DELETE", "QUERY", "get")
    ]


@way
def a_post_that_says_it_is_a_get(door: Door) -> Iterable[Answer]:
    names = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
    return [door.ask(path, "POST", "_method=GET", **{name: "GET"}) for path in door.places for name in names]


@way
def a_piece_of_the_page(door: Door) -> Iterable[Answer]:
    ranges = ("bytes=0-", "bytes=4000-", "bytes=-2000", "bytes=0-9,4000-9000")
    return [door.ask(path, Range=one) for path in door.places for one in ranges]


@way
def a_piece_of_what_a_subscriber_was_given(door: Door) -> Iterable[Answer]:
    tag = door.insider.ask(door.story).header("etag")
    return [
        door.ask(door.story, Range="bytes=3000-", If_Range=tag),
        door.ask(door.story, Range="bytes=-900", If_Match=tag),
    ]


@way
def saying_one_has_it_already(door: Door) -> Iterable[Answer]:
    told = door.insider.ask(door.story)
    changed = told.header("last-modified") or formatdate(usegmt=True)
    return [
        *door.each(*door.places, If_None_Match=told.header("etag")),
        *door.each(*door.places, If_None_Match=f"W/{told.header('etag')}"),
        *door.each(*door.places, If_Modified_Since=changed),
    ]


@way
def guessing_the_mark_of_a_version(door: Door) -> Iterable[Answer]:
    return [
        door.ask(path, If_None_Match=tag)
        for path in door.places
        for tag in ("*", '""', '"1"', '"subscriber"', "x,y")
    ]


@way
def times_that_never_were(door: Door) -> Iterable[Answer]:
    times = (formatdate(0, usegmt=True), formatdate(time.time() + 1e7, usegmt=True), "yesterday")
    return [
        door.ask(path, If_Modified_Since=one, If_Unmodified_Since=one)
        for path in door.places
        for one in times
    ]


@way
def every_packing(door: Door) -> Iterable[Answer]:
    return [
        door.ask(path, Accept_Encoding=one)
        for path in door.places
        for one in ("gzip", "br", "zstd", "deflate", "*")
    ]


@way
def another_kind_of_answer(door: Door) -> Iterable[Answer]:
    kinds = ("application/json", "text/markdown", "text/plain", "application/ld+json", "application/activity+json",
             "application/rss+xml", "application/xml")  # fmt: skip
    return [door.ask(path, Accept=kind) for path in door.places for kind in kinds]


@way
def a_script_that_asks_for_a_piece(door: Door) -> Iterable[Answer]:
    htmx = {"HX-Request": "true", "HX-Target": "main", "HX-Boosted": "true"}
    asked = ({"X-Requested-With": "XMLHttpRequest"}, {"Turbo-Frame": "posts"}, {"X-PJAX": "true"}, htmx)
    return [door.ask(path, **headers) for path in door.places for headers in asked]


@way
def another_form_by_the_query(door: Door) -> Iterable[Answer]:
    asked = [
        f"{name}={kind}"
        for name in ("format", "view", "output")
        for kind in ("json", "xml", "md", "raw", "print")
    ]
    return door.each(
        *(f"{path}?{one}" for path in door.places for one in (*asked, "amp", "_escaped_fragment_=", "export"))
    )


@way
def naming_the_variant(door: Door) -> Iterable[Answer]:
    key = f"{door.story}\x00subscriber"
    asked = ("variant=subscriber", "access=open", "is_subscriber=1", "preview=true", f"key={quote(key)}")
    told = {
        "X-Careo-Variant": "subscriber",
        "X-Variant": "subscriber",
        "Variant": "subscriber",
        "X-Subscriber": "1",
    }
    return [
        *door.each(*(f"{path}?{one}" for path in door.places for one in asked)),
        *(door.ask(path, **{name: value}) for path in door.places for name, value in told.items()),
        *door.each(
            f"{door.story}subscriber",
            f"/subscriber{door.story}",
            f"{door.story}%00subscriber",
            f"{door.story};subscriber",
        ),
    ]


# The same place, spelled otherwise.


@way
def two_slashes(door: Door) -> Iterable[Answer]:
    return door.each(
        *(one for path in door.places for one in (f"/{path}", path.replace("/", "//"), f"{path}/"))
    )


@way
def a_path_in_percent_signs(door: Door) -> Iterable[Answer]:
    every = ["".join(f"%{ord(sign):02x}" if sign != "/" else sign for sign in path) for path in door.places]
    return door.each(*every, *(path.replace("/", "%2f") for path in every), *(quote(path, safe="") for path in every),
                     *(path.replace("%", "%25") for path in every))  # fmt: skip


@way
def dots_and_signs_at_the_end(door: Door) -> Iterable[Answer]:
    ends = (
        ".",
        "..",
        "%00",
        "%20",
        ";x=1",
        "~",
        "%2e",
        "\\",
        ".html",
        ".json",
        ".md",
        ".txt",
        ".bak",
        "index.html",
        "amp/",
    )
    return door.each(*(f"{path}{end}" for path in door.places for end in ends),
                     *(f"{path.rstrip('/')}{end}" for path in door.places for end in ends))  # fmt: skip


@way
def capitals(door: Door) -> Iterable[Answer]:
    return door.each(*(one for path in door.places for one in (path.upper(), path.title(), path.swapcase())))


@way
def roundabout(door: Door) -> Iterable[Answer]:
    begins = ("/.", "/x/..", "/static/..", "/media/..", "/desk/..", "/account/corner/..", "/%2e%2e", "/..%2f")
    return door.each(*(f"{begin}{path}" for begin in begins for path in door.places))


@way
def a_whole_address_as_the_path(door: Door) -> Iterable[Answer]:
    return door.raw(
        "GET http://{host}{path} HTTP/1.1\r\nHost: {host}",
        "GET http://evil.example{path} HTTP/1.1\r\nHost: {host}",
    )


@way
def the_old_protocol(door: Door) -> Iterable[Answer]:
    return door.raw("GET {path} HTTP/1.0", "GET {path} HTTP/1.0\r\nHost: {host}", "GET {path}")


@way
def two_hosts(door: Door) -> Iterable[Answer]:
    return door.raw(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nHost: localhost",
        "GET {path} HTTP/1.1\r\n Host: {host}\r\nHost: {host}",
    )


@way
def a_request_in_a_request(door: Door) -> Iterable[Answer]:
    inner = "0\r\n\r\nGET {path} HTTP/1.1\r\nHost: {host}\r\nX: "
    return door.raw(
        f"POST / HTTP/1.1\r\nHost: {{host}}\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n{inner}",
        f"GET / HTTP/1.1\r\nHost: {{host}}\r\nContent-Length: 0\r\n\r\n{inner[5:]}",
    )


@way
def changing_the_protocol(door: Door) -> Iterable[Answer]:
    return door.raw(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
        "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk",
    )


# As somebody else.


@way
def another_house(door: Door) -> Iterable[Answer]:
    return [
        door.ask(path, Host=host)
        for path in door.places
        for host in ("localhost", "127.0.0.1", "desk", "internal", "")
    ]


@way
def saying_where_one_really_wants_to_go(door: Door) -> Iterable[Answer]:
    names = (
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Forwarded-Path",
        "X-Forwarded-Prefix",
        "X-Accel-Redirect",
        "X-Sendfile",
    )
    return [door.ask("/", **{name: path}) for name in names for path in door.places]


@way
def coming_from_within(door: Door) -> Iterable[Answer]:
    told = {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1", "Forwarded": "for=127.0.0.1", "Via": "1.1 careo",
            "X-Careo-Hold": "story-1 0", "X-Internal": "1"}  # fmt: skip
    return [door.ask(path, **{name: value}) for path in door.places for name, value in told.items()]


@way
def a_name_that_a_proxy_would_vouch_for(door: Door) -> Iterable[Answer]:
    names = (
        "Remote-User",
        "X-Remote-User",
        "X-Forwarded-User",
        "X-Forwarded-Email",
        "X-User",
        "X-Auth-Request-Email",
    )
    return [
        door.ask(path, **{name: "subscriber@meridiapost.example"}) for path in door.places for name in names
    ]


@way
def a_word_to_pass(door: Door) -> Iterable[Answer]:
    words = (
        "Basic c3Vic2NyaWJlcjpzdWJzY3JpYmVy",
        "Bearer subscriber",
        "Token 1",
        "Digest username=subscriber",
    )
    return [door.ask(path, Authorization=word) for path in door.places for word in words]


@way
def a_search_engine(door: Door) -> Iterable[Answer]:
    agents = ("Googlebot/2.1 (+http://www.google.com/bot.html)", "Googlebot-News", "bingbot/2.0", "GPTBot/1.2", "archive.org_bot",
              "facebookexternalhit/1.1", "Twitterbot/1.0")  # fmt: skip
    return [door.ask(path, User_Agent=one, Referer="https://news.google.com/", From="googlebot(at)googlebot.com")
            for path in door.places for one in agents]  # fmt: skip


@way
def a_forged_pass(door: Door) -> Iterable[Answer]:
    own = door.insider.cookies["careo_pass"]
    return door.with_cookie(
        "careo_pass", own[:-2], own.swapcase(), own[::-1], f"{own}A", "A" * len(own), "subscriber", "1", ""
    )


@way
def a_pass_of_another_paper(door: Door) -> Iterable[Answer]:
    return door.with_cookie(
        "careo_pass", a_pass(door.meridia, "subscriber@meridiapost.example", 300, own=False)
    )


@way
def a_pass_that_ran_out(door: Door) -> Iterable[Answer]:
    return door.with_cookie("careo_pass", a_pass(door.meridia, "subscriber@meridiapost.example", -1))


@way_into_the_forum
def a_stolen_pass_at_the_forum(door: Door) -> Iterable[Answer]:
    """It is good for stories until it runs out; the forum never asks it."""
    asker = Asker(door.meridia.newspaper, cookies={"careo_pass": door.insider.cookies["careo_pass"]})
    live = (f"{door.thread}{piece}" for piece in ("live/", "new/?after=0", "unread/", "citations/"))
    return [asker.ask(path, keep=False) for path in (*door.places[1:], "/forum/", *live)]


@way
def a_session_that_is_none(door: Door) -> Iterable[Answer]:
    own = door.insider.cookies["careo_session"]
    return door.with_cookie(
        "careo_session", own[:-1], own.upper(), own[::-1], "a" * len(own), "1", '{"_auth_user_id": "1"}', ""
    )


@way
def a_session_of_before_one_logged_out(door: Door) -> Iterable[Answer]:
    left = logged_in(door.meridia, *door.meridia.map["logins"]["subscriber"])
    session = left.cookies["careo_session"]
    left.post("/account/logout/", {})
    return door.with_cookie("careo_session", session)


# By a side door of the paper.


@way
def feeds(door: Door) -> Iterable[Answer]:
    return door.each(
        *FEEDS,
        "/feeds/corrections/rss.xml",
        "/feeds/forum/rss.xml",
        f"{door.thread}feed/",
        f"{door.thread}rss.xml",
    )


@way
def maps_and_papers_for_robots(door: Door) -> Iterable[Answer]:
    return door.each(
        "/sitemap.xml",
        "/sitemap-1.xml",
        "/news-sitemap.xml",
        "/robots.txt",
        "/llms.txt",
        "/.well-known/tdmrep.json",
    )


@way
def what_machines_are_told(door: Door) -> Iterable[Answer]:
    page = door.ask(door.story)
    told = re.findall(r"<(?:script|meta|link)\b.*?>[^<]*", page.text, re.DOTALL)
    links = [one for one in re.findall(r'<link[^>]* href="(/[^"]+)"', page.text) if "static" not in one]
    return [Answer(200, [], html.unescape("\n".join(told)).encode()), *door.each(*links)]


@way
def searching_for_a_part_of_it(door: Door) -> Iterable[Answer]:
    words = (door.meridia.map["marker"], door.meridia.map["post_marker"], POST, ANSWER, HELD)
    asked = [
        query
        for word in words
        for query in (word[:-1], word[:6], f"{word[:-2]}*", f'"{word[:-1]}', f"%{word[1:-1]}%")
    ]
    return door.each(*(f"/search/?{urlencode({'q': query})}" for query in asked))


@way
def suggestions(door: Door) -> Iterable[Answer]:
    where = ("/search/suggest/", "/search/suggestions/", "/search/", "/autocomplete/", "/desk/pages/search/")
    return door.each(
        *(f"{path}?q={door.meridia.map['marker'][:4]}&partial=1" for path in where), HX_Request="true"
    )


@way
def lists_of_the_paper(door: Door) -> Iterable[Answer]:
    section = f"/{door.story.strip('/').partition('/')[0]}/"
    return door.each("/", section, f"{section}?page=1", "/archive/", "/archive/2026/", "/archive/2026/3/", "/people/",
                     "/outlets/", "/corrections/", door.meridia.map["paths"]["person"])  # fmt: skip


@way
def the_e_mail_edition_of_the_day(door: Door) -> Iterable[Answer]:
    return door.each(*EDITIONS, *(f"{path}?format=text" for path in EDITIONS))


@way
def what_stood_there_before(door: Door) -> Iterable[Answer]:
    record = (
        "versions/",
        "versions/1/",
        "versions/2/",
        "made/",
        *(f"citations/{number}/" for number in range(1, 13)),
    )
    return door.each(
        *(f"{door.story}{page}" for page in record), f"{door.story[:-1]}.md", f"{door.story}wrong/"
    )


@way
def the_number_of_the_page(door: Door) -> Iterable[Answer]:
    numbers = (
        f"/?p={door.number}",
        f"/{door.number}/",
        f"/pages/{door.number}/",
        f"/p/{door.number}/",
        f"/desk/r/{door.number}/",
    )
    return door.each(*numbers)


@way
def wagtails_interface_for_machines(door: Door) -> Iterable[Answer]:
    begins = ("/api/v2/", "/api/v3/", "/api/", "/desk/api/main/", "/desk/api/v2beta/")
    return door.each(
        *(
            f"{begin}{end}"
            for begin in begins
            for end in ("pages/", f"pages/{door.number}/?fields=*", "images/")
        )
    )


@way
def a_preview(door: Door) -> Iterable[Answer]:
    ends = (
        "edit/preview/",
        "view_draft/",
        "revisions/1/view/",
        "revisions/compare/earliest...latest/",
        "history/",
        "usage/",
    )
    return door.each(
        *(f"/desk/pages/{door.number}/{end}" for end in ends), f"{door.story}?in_preview_panel=true&mode=form"
    )


@way
def the_desk(door: Door) -> Iterable[Answer]:
    paths = ("", "pages/", f"pages/{door.number}/", f"pages/{door.number}/edit/", "reports/", "workflows/", "listed-words/",
             "subscriptions/", "paid/", "mail/", f"payments/{door.author}/", "readers/choose/")  # fmt: skip
    return door.each(*(f"/desk/{path}" for path in paths))


@way
def pictures_and_papers(door: Door) -> Iterable[Answer]:
    shown = re.findall(r'(?:src|href)="(/(?:media|images)/[^"]+)"', door.ask(door.story).text)
    return door.each(
        *shown,
        "/media/",
        "/media/images/",
        "/media/original_images/",
        "/documents/1/x.pdf",
        "/_util/authenticate_with_password/1/1/",
    )


@way
def files_of_the_house(door: Door) -> Iterable[Answer]:
    names = ("careo.sqlite3", "careo.sqlite3-wal", "pages", "mail/", ".env", "secret", "settings.py")
    return door.each(
        *(
            f"{begin}{name}"
            for begin in ("/", "/static/", "/static/../", "/media/../", "/media/%2e%2e/")
            for name in names
        )
    )


@way
def what_tells_of_its_health(door: Door) -> Iterable[Answer]:
    return door.each(
        "/health",
        "/healthz",
        "/health/",
        "/ready",
        "/metrics",
        "/metrics/",
        "/status",
        "/debug/",
        "/__debug__/",
        "/silk/",
    )


# By a side door of the forum.


@way_into_the_forum
def listening_live(door: Door) -> Iterable[Answer]:
    path = f"{door.thread}live/?after=0"
    return [
        door.ask(path, Accept="text/event-stream"),
        door.ask(path),
        door.ask(path, Accept="text/event-stream", Last_Event_ID="0"),
    ]


@way_into_the_forum
def polling_for_what_is_new(door: Door) -> Iterable[Answer]:
    return door.each(
        *(f"{door.thread}new/?after={number}" for number in ("0", "", "-1", "1", "x")), HX_Request="true"
    )


@way_into_the_forum
def the_first_unread_post(door: Door) -> Iterable[Answer]:
    return door.each(
        f"{door.thread}unread/", f"{door.thread}?sort=recommended", f"{door.thread}?sort=recommended&page=1"
    )


@way_into_the_forum
def answers_to_a_post(door: Door) -> Iterable[Answer]:
    return door.each(
        f"/forum/post/{door.post}/answers/",
        f"/forum/post/{door.post}/answers/?page=1",
        f"/forum/post/{door.post + 1}/",
    )


@way_into_the_forum
def passages_that_may_be_cited(door: Door) -> Iterable[Answer]:
    return door.each(f"{door.thread}citations/", f"/forum/{door.number}/citations/", f"/forum/{door.number}/")


@way_into_the_forum
def quoting_what_one_may_not_read(door: Door) -> Iterable[Answer]:
    return door.each(*(f"{door.thread}reply/?to={door.post + more}&quote=1" for more in range(3)))


@way_into_the_forum
def a_preview_of_a_post(door: Door) -> Iterable[Answer]:
    asked = {"text": "[[1]] [[6]]", "preview": "1", "to": str(door.post)}
    return [door.asker.send(f"{door.thread}reply/", asked)]


@way_into_the_forum
def acts_upon_a_post(door: Door) -> Iterable[Answer]:
    acts = (
        "edit",
        "delete",
        "flag",
        "history",
        "hide",
        "restore",
        "keep",
        "amend",
        "pick",
        "unpick",
        "recommend",
    )
    paths = [f"/forum/post/{door.post + more}/{act}/" for act in acts for more in range(3)]
    return [*door.each(*paths), *(door.asker.send(path, {"why": "x", "text": "x"}) for path in paths)]


@way_into_the_forum
def what_concerns_others(door: Door) -> Iterable[Answer]:
    return door.each("/forum/notifications/", "/forum/decisions/", "/forum/decisions/1/")


@way_into_the_forum
def the_moderators_room(door: Door) -> Iterable[Answer]:
    rooms = ("", "?by=score", "log/", "appeal/1/", "notice/1/")
    acts = ("record/", f"sanction/?post={door.post}", "lift/")
    return door.each(
        *(f"/forum/moderation/{room}" for room in rooms),
        *(f"/forum/reader/{door.author}/{act}" for act in acts),
    )


@way_into_the_forum
def the_form_of_notices(door: Door) -> Iterable[Answer]:
    """Open to anybody, by law: it is sent for a post and for one that is not there."""
    form, address = "/forum/notice/", f"http://{door.meridia.newspaper.host}/forum/post/{door.post}/"
    told = {"address": address, "kind": "other", "why": "x", "name": "Ines", "email": "ines@example.net"}
    asker = Asker(door.meridia.newspaper, cookies=dict(door.asker.cookies))
    return [
        door.ask(f"{form}?at=/forum/post/{door.post}/"),
        asker.post(form, told),
        asker.post(form, told | {"address": "x"}),
    ]


@way_into_the_forum
def corners_of_the_account(door: Door) -> Iterable[Answer]:
    return door.each("/account/corner/", "/account/", "/account/subscribe/", "/account/subscription/", "/account/gift/x/",
                     f"/account/login/?next={door.thread}", f"/account/subscription/paid/?session={door.post}",
                     "/account/export/", "/account/saved/", "/account/stripe/")  # fmt: skip


@way_into_the_forum
def an_event_that_stripe_never_sent(door: Door) -> Iterable[Answer]:
    body = '{"id": "evt_1", "type": "checkout.session.completed", "created": 1, "data": {"object": {"id": "cs_1"}}}'
    signed = f"t={int(time.time())},v1={'0' * 64}"
    return [door.ask("/account/stripe/", "POST", body, Stripe_Signature=signed), *door.each(*door.places)]


@way_into_the_forum
def two_cookies_of_one_name(door: Door) -> Iterable[Answer]:
    own = door.insider.cookies["careo_pass"]
    pairs = (
        f"careo_pass={own[:-1]}; careo_pass=x",
        "careo_pass; careo_session=; careo_variant=subscriber",
        f"Careo_Pass={own}",
    )
    return [
        Asker(door.meridia.newspaper).ask(path, headers={"Cookie": pair}, keep=False)
        for path in door.places
        for pair in pairs
    ]


# Who asks, and what may be in no answer.


@pytest.fixture(scope="module")
def numbers(meridia: Meridia) -> Iterator[tuple[int, int]]:
    """The number of a post, whose words are secret, and of its author."""
    story = thread(meridia).strip("/").split("/")[1]
    post, author = meridia.newspaper.python(PLANT.replace("STORY", story)).split()
    yield int(post), int(author)
    meridia.newspaper.python(UPROOT)


@pytest.fixture(scope="module")
def insider(meridia: Meridia) -> Asker:
    return logged_in(meridia, *meridia.map["logins"]["subscriber"])


@pytest.fixture(scope="module")
def outsiders(meridia: Meridia, numbers: tuple[int, int]) -> dict[str, Asker]:
    """A visitor, a reader who never subscribed, one whose subscription ended, one who is blocked with a session left."""
    found = {
        "visitor": Asker(meridia.newspaper),
        "reader": logged_in(meridia, *meridia.map["logins"]["reader"]),
    }
    found |= {
        name: logged_in(meridia, f"{name}@readers.example", PASSWORD)
        for name in ("lapsed", "blocked", "banned")
    }
    block = f"from careo.readers.models import Reader; Reader.objects.filter(email={BLOCKED!r}).update(is_active=False)"
    meridia.newspaper.python(block)
    found["blocked"].cookies.pop("careo_pass")  # it would be good for some minutes more, for stories alone
    return found


def door_of(meridia: Meridia, asker: Asker, insider: Asker, numbers: tuple[int, int]) -> Door:
    number = meridia.newspaper.python(
        f"from careo.stories.models import Story; print(Story.objects.get(slug={closed(meridia).strip('/').split('/')[1]!r}).pk)"
    )
    return Door(meridia, asker, insider, closed(meridia), thread(meridia), int(number), *numbers)


@pytest.fixture(scope="module")
def doors(
    meridia: Meridia, outsiders: dict[str, Asker], insider: Asker, numbers: tuple[int, int]
) -> dict[str, Door]:
    return {name: door_of(meridia, asker, insider, numbers) for name, asker in outsiders.items()}


def secrets(meridia: Meridia, *, banned: bool = False) -> tuple[str, ...]:
    """Who is banned from the forum reads stories still."""
    posts = (POST, ANSWER, HELD, BEFORE, FLAGGED, str(meridia.map["post_marker"]))
    return posts if banned else (*posts, str(meridia.map["marker"]))


def holds(answer: Answer, words: Iterable[str]) -> list[str]:
    """Which of the words are in it, by headers or body, as it came or unpacked, in whichever capitals and escapes."""
    told = "\n".join((answer.everything, answer.body.decode("utf-8", "replace"))).lower()
    return [word for word in words if word.lower() in told or word.lower() in html.unescape(told)]


def test_there_are_more_than_forty_ways() -> None:
    assert len(WAYS) > 60


@pytest.mark.parametrize(("who", "name"), TRIED)
def test_nobody_uninvited_gets_a_word(meridia: Meridia, doors: dict[str, Door], who: str, name: str) -> None:
    words = secrets(meridia, banned=who == "banned")
    answers = list(WAYS[name](doors[who]))
    assert answers
    for answer in answers:
        assert answer.status < 500, answer.text
        assert holds(answer, words) == []


def test_insiders_read_all_of_it_by_the_front_door(
    meridia: Meridia, insider: Asker, numbers: tuple[int, int]
) -> None:
    answers = [insider.ask(closed(meridia)), insider.ask(thread(meridia))]
    answers.append(insider.ask(f"{thread(meridia)}new/?after=0", headers={"Accept-Encoding": "br"}))
    moderator = logged_in(meridia, *meridia.map["logins"]["moderator"])
    answers += [moderator.ask("/forum/moderation/"), moderator.ask(f"/forum/post/{numbers[0]}/history/")]
    found = {word for answer in answers for word in holds(answer, secrets(meridia))}
    assert found == set(secrets(meridia))


def test_a_way_in_is_noticed(meridia: Meridia, insider: Asker, numbers: tuple[int, int]) -> None:
    """The same ways, gone by an insider, are seen to lead to the words."""
    door = door_of(meridia, insider, insider, numbers)
    for name in (
        "asking plainly",
        "every packing",
        "polling for what is new",
        "answers to a post",
        "the old protocol",
    ):
        assert any(holds(answer, secrets(meridia)) for answer in WAYS[name](door)), name
