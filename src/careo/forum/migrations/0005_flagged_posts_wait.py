"""Flagged posts were found by their flags alone; the queue asks rows of `Waiting`, and the log the names of who acted.

Hidden posts say who hid them, since held and deleted ones are hidden too. Can be run again; going back leaves the rows.
"""

from django.db import migrations
from django.db.models import Min, Q

BATCH = 1_000


def let_flagged_posts_wait(apps, schema_editor):
    Post, Waiting = apps.get_model("forum", "Post"), apps.get_model("forum", "Waiting")
    unsettled = Q(flags__settled_at=None, flags__isnull=False)
    posts = Post.objects.annotate(first_flag=Min("flags__flagged_at", filter=unsettled))
    flagged = posts.exclude(first_flag=None).filter(hidden_at=None, waiting=None)
    rows = (Waiting(post_id=post.pk, since=post.first_flag) for post in flagged.iterator())
    Waiting.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def say_who_hid(apps, schema_editor):
    hidden = apps.get_model("forum", "Post").objects.filter(hidden_at__isnull=False, hidden_as="")
    hidden.update(hidden_as="moderator")


def name_moderators(apps, schema_editor):
    entries = apps.get_model("forum", "ModerationLog").objects.filter(by_name="").select_related("moderator")
    named = []
    for entry in entries.exclude(moderator=None).iterator():
        entry.by_name = entry.moderator.pen_name or f"Reader {entry.moderator_id}"
        named.append(entry)
    apps.get_model("forum", "ModerationLog").objects.bulk_update(named, ["by_name"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("forum", "0004_moderation_records")]

    operations = [
        migrations.RunPython(let_flagged_posts_wait, migrations.RunPython.noop),
        migrations.RunPython(say_who_hid, migrations.RunPython.noop),
        migrations.RunPython(name_moderators, migrations.RunPython.noop),
    ]
