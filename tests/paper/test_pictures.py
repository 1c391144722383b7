"""Pictures as they are sent: three formats by width, each made once, nothing that moves when they come."""

from __future__ import annotations

import re

from django.test import Client
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from careo.stories.models import Picture, PictureRendition
from tests.paper.edition import Edition, picture

FORMATS = {".avif": "AVIF", ".webp": "WEBP", ".jpg": "JPEG"}


def widths(markup: str) -> list[str]:
    return re.findall(r" (\d+)w", markup)


def test_a_photo_comes_as_avif_webp_and_jpeg_in_three_widths_with_its_measure(
    edition: Edition, client: Client
) -> None:
    body = [("picture", {"picture": picture("Wells"), "caption": "", "alt": "A well"})]
    page = client.get(edition.story(lead_picture=picture(), body=body).url).text
    drawn = re.findall(r"<picture>.*?</picture>", page, re.DOTALL)
    assert len(drawn) == 2
    for one in drawn:
        assert re.findall(r'type="image/(\w+)"', one) == ["avif", "webp"]
        assert widths(one) == ["640", "960", "1440"] * 3
        image = one[one.index("<img") :]
        assert 'width="640"' in image
        assert 'height="400"' in image
        assert one.count("sizes=") == 3
        assert "style=" not in one


def test_each_file_is_what_its_name_says_and_is_made_once(
    edition: Edition,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    story = edition.story(lead_picture=picture())
    client.get(story.url)
    client.get("/")
    made = {one.pk: one.file.name for one in PictureRendition.objects.all()}
    for one in PictureRendition.objects.all():
        with one.file.open() as file, Image.open(file) as found:
            assert found.format == FORMATS[one.file.name[one.file.name.rindex(".") :]]
            assert found.size == (one.width, one.height)
    with django_capture_on_commit_callbacks(execute=True):
        story.standfirst = "Drawn again"
        story.save()
    assert "Drawn again" in client.get(story.url).text
    client.get("/")
    assert {one.pk: one.file.name for one in PictureRendition.objects.all()} == made


def test_a_teaser_is_cut_around_what_the_editor_said_matters(edition: Edition, client: Client) -> None:
    def left_edge() -> int:
        client.get("/news/?page=1")
        rendition = Picture.objects.get().renditions.get(filter_spec="fill-320x213|format-jpeg")
        with rendition.file.open() as file, Image.open(file) as found:
            return int(found.convert("L").getpixel((0, 100)))  # type: ignore[arg-type]

    shown = picture(size=(3000, 600))
    Picture.objects.filter(pk=shown.pk).update(file=sideways())
    edition.story(lead_picture=shown)
    middle = left_edge()
    PictureRendition.objects.all().delete()
    shown.refresh_from_db()
    shown.focal_point_x, shown.focal_point_y = 2600, 300
    shown.focal_point_width = shown.focal_point_height = 200
    shown.save()
    assert left_edge() > middle + 40


def sideways() -> str:
    """A picture that grows light from left to right; its name in the media folder."""
    from io import BytesIO

    from django.core.files.storage import default_storage

    drawn = BytesIO()
    gradient = Image.linear_gradient("L").rotate(90).resize((3000, 600))
    gradient.convert("RGB").save(drawn, "PNG")
    drawn.seek(0)
    return default_storage.save("original_images/sideways.png", drawn)


def test_a_feed_names_pictures_so_that_they_are_found_from_anywhere(edition: Edition, client: Client) -> None:
    body = [("picture", {"picture": picture("Wells"), "caption": "", "alt": "A well"})]
    edition.story(body=body)
    (item,) = client.get("/feeds/feed.json").json()["items"]
    assert re.findall(
        r'srcset="http://testserver/media[^"]* 640w, http://testserver/media', item["content_html"]
    )
    assert '"/media' not in item["content_html"]
    assert ", /media" not in item["content_html"]
