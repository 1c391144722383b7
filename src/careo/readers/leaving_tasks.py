"""The letter that says that an account will be deleted, and how to keep it."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from careo.readers.adapter import paper_name
from careo.readers.leaving_models import Leaving


@task()
def write_of_leaving(reader_id: int) -> None:
    """Not if the reader stays already."""
    asked = Leaving.objects.select_related("reader").filter(reader=reader_id).first()
    if asked is None:
        return
    told = {
        "paper": paper_name(None),
        "until": asked.due_at,
        "keeps_posts": asked.keeps_posts,
        "address": f"{settings.CAREO_ADDRESS}{reverse('readers:stay')}",
    }
    subject = " ".join(render_to_string("readers/letters/leaving_subject.txt", told).split())
    text = render_to_string("readers/letters/leaving.txt", told)
    letter = EmailMultiAlternatives(subject, text, to=[asked.reader.email])
    letter.attach_alternative(render_to_string("readers/letters/leaving.html", told), "text/html")
    letter.send()
