"""What a reader takes along: everything of theirs, nothing of anybody else's, after the password was given once more."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.test import Client

from careo.readers.download import as_zip
from careo.readers.given import columns, rooms
from careo.readers.models import Leaving, Reader
from tests.paper.edition import MARKER, Edition
from tests.project.lives import PASSWORD, House, lived, secured

pytestmark = pytest.mark.django_db
ANA, BRUNO = "anapest", "brunette"  # each stands in one reader's own words alone


@pytest.fixture
def house() -> House:
    return House.built(Edition())


def opened(reader: Reader) -> tuple[dict[str, Any], str]:
    with as_zip(reader) as file, ZipFile(file) as archive:
        assert sorted(archive.namelist()) == ["careo.json", "index.html"]
        return json.loads(archive.read("careo.json")), archive.read("index.html").decode()


@pytest.mark.both_databases
def test_of_two_readers_each_gets_all_of_their_own_and_nothing_of_the_other(house: House) -> None:
    readers = {word: lived(word, house) for word in (ANA, BRUNO)}
    for word, reader in readers.items():
        secured(reader, word)
    for word, other in ((ANA, BRUNO), (BRUNO, ANA)):
        told, page = opened(readers[word])
        for text in (json.dumps(told), page):
            assert other not in text
            for foreign in ("host's", "Marta", "marta@", "host@", MARKER):
                assert foreign not in text.replace("&#x27;", "'"), foreign
            assert f"key-of-{word}" not in text
            assert f"secret of {word}" not in text
        assert f"{word}@readers.example" in page
        assert set(told["parts"]) == {
            "profile", "addresses", "mail_that_came_back",
            "log_ins", "proofs", "subscriptions", "checkouts", "gifts", "refunds", "posts", "recommendations", "flags",
            "notifications", "read", "mail", "blocks", "sanctions", "decisions", "appeals", "notices", "saved_stories",
            "gift_links", "notes",
            "e_mail_editions",
        }  # fmt: skip
        post = told["parts"]["posts"][0]
        assert post["text"] == f"The later words of {word}."
        assert [one["text"] for one in post["earlier_texts"]] == [f"The first words of {word}."]
        assert told["parts"]["appeals"][0]["text"] == f"{word} appeals."
        assert told["parts"]["flags"][0]["why"] == f"{word} minds"


def test_every_column_that_names_a_reader_is_told_or_left_out_for_a_reason() -> None:
    told = [name for room in rooms() for name in room.told]
    left_out = {name: why for room in rooms() for name, why in room.left_out.items()}
    assert sorted({*told, *left_out}) == sorted(
        f"{model._meta.label}.{column.name}" for model, column in columns()
    )
    assert not set(told) & set(left_out)
    assert all(len(why.split()) > 3 for why in left_out.values())


def test_a_life_as_told_here_has_a_row_for_each_column_told(house: House) -> None:
    """So that the tests here and of deleting look at all of them: a new column wants its row in `lives.py`."""
    reader = lived(ANA, house)
    secured(reader, ANA)
    Leaving.objects.create(reader=reader, keeps_posts=True)
    for name in sorted(name for room in rooms() for name in room.told):
        model, column = name.rsplit(".", 1)
        assert apps.get_model(model)._base_manager.filter(**{column: reader}).exists(), name


def test_a_withdrawn_story_is_not_named(house: House) -> None:
    reader = lived(ANA, house)
    house.story.unpublish()
    told, page = opened(reader)
    assert house.story.title not in json.dumps(told["parts"]["saved_stories"] + told["parts"]["gift_links"])
    assert told["parts"]["saved_stories"][0]["saved_at"]
    assert MARKER not in page


def test_markup_in_what_was_typed_is_text_in_the_page(house: House) -> None:
    reader = lived(ANA, house)
    Reader.objects.filter(pk=reader.pk).update(last_name="<script>alert(1)</script>")
    reader.refresh_from_db()
    _, page = opened(reader)
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page


def test_it_is_given_after_the_password_was_and_to_its_reader_alone(house: House, client: Client) -> None:
    lived(ANA, house)
    assert client.post("/account/download/")["Location"].startswith("/account/login/")
    client.post("/account/login/", {"login": f"{ANA}@readers.example", "password": PASSWORD})
    for ask in (client.get, client.post):
        assert ask("/account/download/")["Location"].startswith("/account/reauthenticate/")
    client.post("/account/reauthenticate/?next=/account/download/", {"password": "wrong"})
    assert client.post("/account/download/").status_code == 302
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert "Download it" in client.get("/account/download/").content.decode()
    answer = client.post("/account/download/")
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "private, no-store"
    with ZipFile(BytesIO(answer.content)) as archive:
        assert ANA in archive.read("careo.json").decode()
