"""Recommending posts, sorting by it, and a post with its answers."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from careo.forum import moderation
from careo.forum.actions import add_post
from careo.forum.models import PAGE, Post, Recommendation
from careo.readers.actions import open_account
from careo.readers.models import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def recommended(client: Client, post: Post, reader: Reader, **more: str) -> int:
    """Send the button's form as the reader; gives the status."""
    client.force_login(reader)
    return int(client.post(f"/forum/post/{post.pk}/recommend/", more).status_code)


def test_a_reader_recommends_a_post_once_and_may_take_it_back(
    client: Client, post: Post, carla: Reader
) -> None:
    for _ in range(2):
        assert recommended(client, post, carla) == 302
    post.refresh_from_db()
    assert (post.recommended, Recommendation.objects.count()) == (1, 1)
    page = client.get(post.thread.get_absolute_url()).content.decode()
    assert "1 recommendation" in page
    assert "Recommended by you" in page
    for _ in range(2):
        assert recommended(client, post, carla, withdraw="1") == 302
    post.refresh_from_db()
    assert (post.recommended, Recommendation.objects.count()) == (0, 0)


def test_nobody_recommends_an_own_post_a_hidden_one_or_while_suspended(
    client: Client, post: Post, bruno: Reader, carla: Reader, dario: Reader, marta: Reader
) -> None:
    assert recommended(client, post, bruno) == 403
    assert "Recommend" not in client.get(post.thread.get_absolute_url()).content.decode().replace(
        "Most recommended", ""
    )
    assert recommended(client, post, dario) == 403
    moderation.hide(post, by=marta, why="Off the matter.")
    assert recommended(client, post, carla) == 403
    post.refresh_from_db()
    assert post.recommended == 0


def test_the_most_recommended_come_first_without_those_hidden(
    client: Client, post: Post, bruno: Reader, carla: Reader, marta: Reader
) -> None:
    heron, gull, crane = (add_post(post.thread, text, author=bruno) for text in ("Heron.", "Gull.", "Crane."))
    for liked, reader in [(gull, carla), (gull, marta), (heron, carla), (crane, carla)]:
        recommended(client, liked, reader)
    moderation.hide(crane, by=marta, why="No birds.")
    client.force_login(carla)
    page = client.get(f"{post.thread.get_absolute_url()}?sort=recommended").content.decode()
    assert 0 < page.index("Gull.") < page.index("Heron.")
    assert "Crane." not in page
    assert f"post-{post.pk}" not in page  # nobody recommends it
    assert "data-live" not in page


def test_pages_of_the_most_recommended_keep_their_order_in_their_addresses(
    client: Client, post: Post, bruno: Reader, carla: Reader
) -> None:
    for n in range(PAGE + 2):
        Post.objects.filter(pk=add_post(post.thread, f"Post {n}.", author=bruno).pk).update(recommended=n + 1)
    client.force_login(carla)
    path = f"{post.thread.get_absolute_url()}?sort=recommended"
    assert 'href="?sort=recommended&amp;page=2"' in client.get(path).content.decode()
    second = client.get(f"{path}&page=2").content.decode()
    assert second.count("<article") == 2
    assert client.get(f"{path}&page=99").content.decode().count("<article") == 2


def test_a_post_stands_with_its_answers_and_says_how_many_there_are(
    client: Client, post: Post, carla: Reader, bruno: Reader
) -> None:
    for n in range(2):
        add_post(post.thread, f"Answer {n}.", author=carla, in_reply_to=post)
    add_post(post.thread, "Elsewhere.", author=open_account("ida@example.org", pen_name="Ida"))
    client.force_login(bruno)
    assert (
        f'href="/forum/post/{post.pk}/answers/">2 answers'
        in client.get(post.thread.get_absolute_url()).content.decode()
    )
    page = client.get(f"/forum/post/{post.pk}/answers/").content.decode()
    assert page.count("<article") == 3
    assert page.index("flew over") < page.index("Answer 0.") < page.index("Answer 1.")
    assert "Elsewhere." not in page


def test_answers_from_before_they_were_counted_are_counted(post: Post, carla: Reader) -> None:
    for _ in range(3):
        add_post(post.thread, "An answer.", author=carla, in_reply_to=post)
    Post.objects.update(answers_made=0)
    migration = import_module("careo.forum.migrations.0008_count_answers")
    for _ in range(2):
        migration.count_answers(apps, None)
        post.refresh_from_db()
        assert post.answers_made == 3
