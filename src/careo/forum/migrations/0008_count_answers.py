"""Posts from before have answers that nobody counted. Can be run again; going back takes nothing away."""

from django.db import migrations
from django.db.models import Count

BATCH = 1_000


def count_answers(apps, schema_editor):
    Post = apps.get_model("forum", "Post")
    counted = Post.objects.exclude(in_reply_to=None).order_by().values("in_reply_to").annotate(answers=Count("pk"))
    posts = [Post(pk=one["in_reply_to"], answers_made=one["answers"]) for one in counted.iterator()]
    Post.objects.bulk_update(posts, ["answers_made"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("forum", "0007_recommendations_answers_and_what_was_seen")]

    operations = [migrations.RunPython(count_answers, migrations.RunPython.noop)]
