"""Begin every live story's versions with what it says now.

Stories that were out before versions were kept had none; what they said before is not known. Run again it adds nothing.
"""

from django.db import migrations
from django.utils import timezone

FIELDS = ("title", "standfirst", "byline", "dateline", "lead_caption", "access", "open_blocks")


def keep_what_is_live(apps, schema_editor):
    Story, Version = apps.get_model("stories", "Story"), apps.get_model("stories", "Version")
    for story in Story.objects.filter(live=True, versions=None).iterator(chunk_size=100):
        body = story.body
        Version.objects.create(
            story=story,
            number=1,
            at=story.last_published_at or story.first_published_at or timezone.now(),
            body=body.stream_block.get_prep_value(body),
            **{name: getattr(story, name) for name in FIELDS},
        )


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0002_versions'),
    ]

    operations = [
        migrations.RunPython(keep_what_is_live, migrations.RunPython.noop),
    ]
