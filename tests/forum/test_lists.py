"""Word and link lists hold or refuse posts, however the words are disguised; accounts that are new write less."""

from __future__ import annotations

import signal
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from careo.forum.actions import add_post
from careo.forum.folding import LOOK_ALIKES, fold, hosts_of, pattern_of, pattern_of_host, words_of
from careo.forum.models import ListedWord, ModerationLog, Post, StatementOfReasons, Thread, Waiting
from careo.readers.models import Reader
from tests.forum.test_moderation import desk, read
from tests.forum.test_queue import send

__all__ = ["desk"]


def list_(words: str, effect: str, kind: str = "words") -> None:
    ListedWord.objects.create(words=words, effect=effect, kind=kind)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_listed_word_refuses_the_post_which_stays_in_the_form(thread: Thread, bruno: Reader) -> None:
    list_("gannet*", "refuse")
    status, page = send(bruno, thread, "All G\u200bÄNNÉTS are thieves.")
    assert status == 422
    assert "Posts with “gannet*” are not taken here; write it without." in page
    assert "are thieves." in page
    assert not Post.objects.exists()


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_listed_word_holds_the_post_and_its_author_is_told_why(
    thread: Thread, bruno: Reader, carla: Reader, django_capture_on_commit_callbacks: object
) -> None:
    list_("gannet", "hold")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert send(bruno, thread, "A gannet again.")[0] == 302
    assert "A gannet" not in read(carla, thread.get_absolute_url())
    told = read(bruno, thread.get_absolute_url())
    assert "Not shown yet: it waits for a moderator." in told
    reasons = StatementOfReasons.objects.get()
    assert (reasons.restriction, reasons.by_machine, reasons.source) == ("hold", True, "list")
    assert "a program, without a person" in mail.outbox[-1].body
    assert ModerationLog.objects.get().by_name == "A rule of the desk"


@pytest.mark.django_db
def test_an_edit_does_not_get_around_the_lists(client: Client, thread: Thread, bruno: Reader) -> None:
    post = add_post(thread, "A bird.", author=bruno)
    list_("gannet", "refuse")
    list_("tern", "hold")
    client.force_login(bruno)
    answer = client.post(f"/forum/post/{post.pk}/edit/", {"text": "A gannet."})
    assert answer.status_code == 422
    assert "A gannet." in answer.content.decode()
    client.post(f"/forum/post/{post.pk}/edit/", {"text": "A tern."})
    post.refresh_from_db()
    assert post.is_held
    assert Waiting.objects.filter(post=post).exists()


@pytest.mark.django_db
def test_those_who_work_here_may_name_the_words(thread: Thread, marta: Reader) -> None:
    list_("gannet", "refuse")
    assert add_post(thread, "Do not write “gannet”.", author=marta)


@pytest.mark.django_db
def test_a_listed_host_holds_links_to_it_and_below(thread: Thread, bruno: Reader) -> None:
    list_("spam.example", "refuse", "link")
    for link in ("https://spam.example/a", "HTTP://Www.SPAM.example", "[here](https://x.y.spam.example)", "spam.example/now",
                 "https://sp%61m.example", "https://spаm.example"):  # fmt: skip
        assert send(bruno, thread, f"See {link}")[0] == 422, link
    assert send(bruno, thread, "See https://nospam.example/ and https://spam.example.org")[0] == 302


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You 1d1ot", "idiot*"), ("i d i o t", "idiot"), ("I.D.I.O.T!", "idiot"), ("ІDІОТ", "idiot"),
        ("ídiöt", "IDIOT"), ("i\u200bd\u00adiot", "idiot"), ("iiiiidiot", "idiot"), ("ｉｄｉｏｔ", "idiot"),
        ("shut - UP", "shut up"), ("¡CÁLLATE!", "callate"), ("$pam", "spam"), ("assss", "ass"),
    ],
)  # fmt: skip
def test_a_disguise_does_not_hide_a_word(text: str, words: str) -> None:
    assert pattern_of(words).search(words_of(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [("glass", "ass"), ("as", "ass"), ("Scunthorpe", "cunt"), ("idiotic", "idiot"), ("In 1984", "l984"),
     ("I do it", "doit"), ("shut, then up", "shut up")],
)  # fmt: skip
def test_other_words_are_left_alone(text: str, words: str) -> None:
    assert not pattern_of(words).search(words_of(text))


def test_a_host_in_punycode_is_read_as_it_is_shown() -> None:
    hidden = "spаm".encode("punycode").decode()  # with a Cyrillic letter
    assert pattern_of_host("spam.example").search(hosts_of(f"https://xn--{hidden}.example/"))


@pytest.mark.parametrize("piece", ["a.", "a-", "x", "wW", ".a-", "www.", "a ", "1("])
def test_no_text_however_long_keeps_the_lists_busy(piece: str) -> None:
    """Holding a post against the lists is done while nobody else can write: read from each of its dots, it took minutes."""

    def give_up(signum: int, frame: object) -> None:
        pytest.fail("the lists are still busy with one post")

    before, text = signal.signal(signal.SIGPROF, give_up), piece * (200_000 // len(piece))
    signal.setitimer(signal.ITIMER_PROF, 20)  # seconds of work; it takes less than one
    try:
        assert not pattern_of_host("spam.example").search(hosts_of(text))
        assert not pattern_of("gannet*").search(words_of(text))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@given(st.text(max_size=200))
def test_folding_takes_any_text_and_twice_is_as_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    words_of(text)
    hosts_of(text)


@given(st.text(max_size=30), st.text(max_size=60))
def test_any_words_can_be_listed(words: str, text: str) -> None:
    pattern_of(words).search(words_of(text))
    pattern_of_host(words).search(hosts_of(text))


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12), st.randoms(use_true_random=False))
def test_a_word_is_found_however_its_letters_are_swapped(word: str, random: object) -> None:
    like = {chr(to): chr(of) for of, to in LOOK_ALIKES.items()}
    disguised = "".join(random.choice([c, c.upper(), f"{c}\u200d", like.get(c, c)]) for c in word)  # type: ignore[attr-defined]
    assert pattern_of(word).search(words_of(f"so, {disguised}."))


@pytest.mark.django_db
def test_new_accounts_put_fewer_links_into_a_post(thread: Thread, bruno: Reader) -> None:
    text = "See https://a.example https://b.example https://c.example"
    status, page = send(bruno, thread, text)
    assert status == 422
    assert "It has 3 links; an account as new as yours may put 2 links into a post." in page
    assert "https://c.example" in page
    Reader.objects.filter(pk=bruno.pk).update(date_joined=timezone.now() - timedelta(days=8))
    assert send(bruno, thread, text)[0] == 302


@pytest.mark.django_db
def test_new_accounts_write_less_in_a_day(thread: Thread, bruno: Reader) -> None:
    for n in range(25):
        add_post(thread, f"Post {n}", author=bruno)
    Post.objects.update(posted_at=timezone.now() - timedelta(hours=2))
    status, page = send(bruno, thread, "One more thing.")
    assert status == 429
    assert "An account as new as yours writes 25 posts a day at most" in page
    assert "One more thing." in page
    Reader.objects.filter(pk=bruno.pk).update(date_joined=timezone.now() - timedelta(days=30))
    assert send(bruno, thread, "One more thing.")[0] == 302


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_slowed_thread_takes_a_readers_posts_one_by_one(
    desk: Client, thread: Thread, bruno: Reader, carla: Reader
) -> None:
    desk.post(f"/forum/{thread.story_id}/slow/", {"seconds": "60", "why": "It is hot."})
    assert "Slowed down: one post of yours every 60 seconds." in read(bruno, thread.get_absolute_url())
    assert send(bruno, thread, "First.")[0] == 302
    status, page = send(bruno, thread, "Second.")
    assert status == 429
    assert "This thread is slowed down: you can write in it again in" in page
    assert "Second." in page
    assert send(carla, thread, "Mine.")[0] == 302
    Post.objects.update(posted_at=timezone.now() - timedelta(seconds=61))
    assert send(bruno, thread, "Second.")[0] == 302
    entry = ModerationLog.objects.get()
    assert (entry.act, entry.why) == ("slow", "It is hot.")
