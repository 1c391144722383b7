"""Something wrong in a sentence: from a reader's form to the desk, and what is refused on the way."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from careo.edge.store import PageStore
from careo.edge.variants import PUBLIC
from careo.paper.actions import settle_note
from careo.paper.errors import NoteSettledAlready
from careo.paper.limits import NOTES_AN_HOUR
from careo.paper.models import ReadersNote
from careo.paper.sentences import laid_out_for, sentences_in
from careo.press.models import Outlet
from careo.readers.models import Reader
from careo.stories.models import Story
from careo.stories.prose import Run
from careo.stories.shown import Shown, ShownBlock, ShownPiece
from careo.stories.style import Style
from tests.paper.edition import CLOSED_WORDS, MARKER, Edition

BAD = "<script>alert(1)</script>"


@pytest.fixture
def clara(db: None) -> Reader:
    return Reader.objects.create_superuser("clara@example.org", "correct horse of Alba")


@pytest.fixture
def desk(clara: Reader) -> Client:
    client = Client()
    client.force_login(clara)
    return client


@pytest.fixture
def asker() -> Client:
    """A browser that must send the form's token back."""
    return Client(enforce_csrf_checks=True)


def fields(page: str) -> dict[str, str]:
    """What the form has in it already."""
    found = re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"[^>]*?( checked)?>', page)
    return {name: value for name, value, checked in found if name != "sentence" or checked}


def key_of(page: str, words: str) -> str:
    found = re.search(rf'value="(\w+)"[^>]*>\s*{re.escape(words)}', page)
    assert found, words
    return found[1]


def send(asker: Client, story: Story, words: str = "The minister promised", **typed: str) -> Any:
    address = f"{story.url}wrong/"
    page = asker.get(address).text
    told = {"sentence": key_of(page, words), "what": "She promised nothing.", "email": "", **typed}
    return asker.post(address, fields(page) | told)


def test_a_note_reaches_the_desk_with_its_sentence_and_the_passages_under_it(
    edition: Edition, asker: Client, desk: Client
) -> None:
    story = edition.story()
    answer = send(asker, story, email="ana@example.org")
    assert answer.status_code == 302
    assert "Thank you" in asker.get(answer.url).text
    note = ReadersNote.objects.get()
    assert note.sentence == "The minister promised to all who asked."
    assert "notes (1)" in desk.get("/desk/").text
    listed = desk.get("/desk/notes/?state=open").text
    assert "She promised nothing." in listed
    page = desk.get(f"/desk/notes/{note.pk}/").text
    assert "The minister promised to all who asked." in page
    assert '<blockquote lang="es">“No habrá cortes de agua”' in page
    assert f"/desk/reports/{edition.spanish.pk}/" in page
    assert f"/desk/pages/{story.pk}/edit/#block-{story.body[0].id}-section" in page
    assert "mailto:ana@example.org" in page


def test_the_desk_reads_the_passage_that_the_public_may_not(
    edition: Edition, asker: Client, desk: Client
) -> None:
    edition.faro.basis = Outlet.Basis.UNKNOWN
    edition.faro.save()
    story = edition.story()
    assert "No habrá cortes" not in asker.get(story.url).text
    send(asker, story)
    page = desk.get(f"/desk/notes/{ReadersNote.objects.get().pk}/").text
    assert '<blockquote lang="es">“No habrá cortes de agua”' in page


def test_it_is_settled_once_with_who_and_what_was_done_and_can_be_opened_again(
    edition: Edition, asker: Client, desk: Client, clara: Reader
) -> None:
    send(asker, edition.story())
    note = ReadersNote.objects.get()
    address = f"/desk/notes/{note.pk}/"
    assert "if only that nothing was wrong" in desk.post(address, {"answer": ""}).text
    desk.post(address, {"answer": "Corrected on Friday."})
    note.refresh_from_db()
    assert (note.settled_by, note.answer) == (clara, "Corrected on Friday.")
    with pytest.raises(NoteSettledAlready, match="has settled this note already; open it again"):
        settle_note(note, editor=clara, answer="Twice")
    assert "She promised" not in desk.get("/desk/notes/?state=open").text
    desk.post(f"{address}reopen/")
    page = desk.get(address).text
    assert "Settle it" in page
    assert page.index("Opened again") < page.index("Settled: “Corrected on Friday.”")


def test_the_desks_pages_are_for_the_desk(edition: Edition, asker: Client, client: Client) -> None:
    send(asker, edition.story())
    note = ReadersNote.objects.get()
    client.force_login(Reader.objects.create_user("ana@example.org", "correct horse of Alba"))
    for path in ("/desk/notes/", f"/desk/notes/{note.pk}/"):
        answer = client.get(path)
        assert answer.status_code in (302, 403)
        assert "She promised" not in answer.text
    assert client.post(f"/desk/notes/{note.pk}/", {"answer": "x"}).status_code in (302, 403)
    assert ReadersNote.objects.open().count() == 1


def test_the_form_is_led_to_from_the_story_and_is_never_kept(
    edition: Edition, asker: Client, store: PageStore
) -> None:
    story = edition.story()
    address = f"{story.url}wrong/"
    assert f'href="{address}" rel="nofollow"' in asker.get(story.url).text
    answer = asker.get(address)
    assert "no-store" in answer["Cache-Control"]
    assert "csrfmiddlewaretoken" in answer.text
    assert store.get(address, PUBLIC) is None
    page = asker.get(f"{address}?c=1").text
    chosen = re.search(r"<label[^>]*><input[^>]*checked[^>]*>\s*([^<]*)", page)
    assert chosen
    assert chosen[1].strip() == "The minister promised to all who asked. [1]"
    assert " checked" not in asker.get(f"{address}?c=9").text


def test_what_was_typed_stays_and_each_fault_is_named(edition: Edition, asker: Client) -> None:
    story = edition.story()
    answer = send(asker, story, sentence="", what=BAD + "x" * 2000, email="ana at example")
    assert answer.status_code == 422
    assert "Choose the sentence you mean, or the story as a whole." in answer.text
    assert "This is 2025 characters long; 2000 is the most." in answer.text
    assert "This is no e-mail address. Mend it, or leave it empty." in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
    assert 'value="ana at example"' in answer.text
    assert BAD not in answer.text
    assert "Write what is wrong." in send(asker, story, what="  ").text
    assert not ReadersNote.objects.exists()


def test_a_sentence_that_the_asker_cannot_read_is_neither_offered_nor_taken(
    edition: Edition, asker: Client
) -> None:
    story = edition.closed_story()
    page = asker.get(f"{story.url}wrong/?c=2").text
    assert MARKER not in page
    assert "[2]" not in page
    _, whole = laid_out_for(story, "subscriber")
    (closed,) = [one for one in whole if one.text == CLOSED_WORDS]
    refused, unknown = (send(asker, story, sentence=key) for key in (closed.key, "0" * 20))
    for answer in (refused, unknown):
        assert answer.status_code == 422
        assert "That sentence does not stand in the story as you can read it" in answer.text
        assert MARKER not in answer.text
    assert not ReadersNote.objects.exists()


def test_the_same_form_sent_twice_makes_one_note(edition: Edition, asker: Client) -> None:
    address = f"{edition.story().url}wrong/"
    page = asker.get(address).text
    typed = fields(page) | {"sentence": "whole", "what": "The photo shows another dam."}
    for _ in range(2):
        assert asker.post(address, typed).status_code == 302
    assert ReadersNote.objects.get().about == "The story as a whole"


def test_a_program_that_fills_in_every_field_is_thanked_and_not_heard(
    edition: Edition, asker: Client
) -> None:
    assert send(asker, edition.story(), website="https://pills.example").status_code == 302
    assert not ReadersNote.objects.exists()


def test_from_one_address_come_so_many_notes_an_hour(edition: Edition, asker: Client) -> None:
    story = edition.story()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(NOTES_AN_HOUR):
            assert send(asker, story).status_code == 302
        refused = send(asker, story, what="The eleventh")
        assert refused.status_code == 429
        assert "send this one in an hour" in refused.text
        assert "The eleventh" in refused.text
        clock.shift(timedelta(minutes=61))
        assert send(asker, story).status_code == 302
    assert ReadersNote.objects.count() == NOTES_AN_HOUR + 1


def test_a_form_without_its_token_is_refused(edition: Edition, asker: Client) -> None:
    address = f"{edition.story().url}wrong/"
    typed = {"sentence": "whole", "what": "Wrong", "form_token": "6f0c1f2e-93b4-4d7c-8d2b-0c9e6f1f8a11"}
    assert asker.post(address, typed).status_code == 403
    assert not ReadersNote.objects.exists()


def test_there_is_a_form_for_live_stories_alone(edition: Edition, asker: Client) -> None:
    draft = edition.story("A draft", live=False)
    late = edition.story("Gone", expire_at=timezone.now() - timedelta(hours=1))
    for path in (draft.url, late.url, "/news/", "/about/", "/news/nowhere/", "/"):
        assert asker.get(f"{path}wrong/").status_code == 404


def test_a_strangers_markup_reaches_the_desk_as_text(edition: Edition, asker: Client, desk: Client) -> None:
    send(asker, edition.story(), what=BAD)
    note = ReadersNote.objects.get()
    for path in ("/desk/notes/", f"/desk/notes/{note.pk}/"):
        page = desk.get(path).text
        assert "&lt;script&gt;alert(1)" in page
        assert BAD not in page


def test_a_note_outlives_its_story(edition: Edition, asker: Client, desk: Client) -> None:
    story = edition.story()
    send(asker, story)
    story.delete()
    note = ReadersNote.objects.get()
    assert "The story is not there any more." in desk.get(f"/desk/notes/{note.pk}/").text


words = st.text(st.sampled_from("Ab .?!”\n¿é𝄞"), min_size=1, max_size=30)


@given(texts=st.lists(st.tuples(words, st.booleans()), min_size=1, max_size=6))
def test_each_citation_stands_in_a_sentence_that_holds_words_of_it(texts: list[tuple[str, bool]]) -> None:
    pieces = tuple(
        ShownPiece((Run(text, bold=False, italic=False),), number=at + 1 if cited else None)
        for at, (text, cited) in enumerate(texts)
    )
    laid = Shown(
        (ShownBlock("paragraph", "a", paragraphs=(pieces,)),), (), (), "", is_cut=False, style=Style()
    )
    found = sentences_in(laid)
    assert len({one.key for one in found}) == len(found)
    numbered = {number for one in found for number in one.numbers}
    blank = {
        piece.number for piece in pieces if piece.number and not piece.text.strip()
    }  # within a sentence or not
    assert numbered - blank == {piece.number for piece in pieces if piece.number} - blank
    assert "".join("".join(one.text.split()) for one in found) == "".join(
        "".join(piece.text.split()) for piece in pieces
    )
