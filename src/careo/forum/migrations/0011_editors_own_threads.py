"""Threads stood under stories alone; those there are stay as they are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forum', '0010_notices_following_and_blocks'),
        ('stories', '0006_translations_and_time_zone'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='thread',
            options={'permissions': [('moderate', 'May moderate the forum'), ('open_threads', "May open threads of the paper's own in the forum")]},
        ),
        migrations.AddField(
            model_name='thread',
            name='title',
            field=models.CharField(blank=True, help_text="Of the editors' own; a story's has the story's.", max_length=200),
        ),
        migrations.AlterField(
            model_name='moderationlog',
            name='act',
            field=models.CharField(choices=[('hide', 'hid'), ('restore', 'restored'), ('keep', 'let stand'), ('close', 'closed'), ('reopen', 'reopened'), ('suspend', 'suspended'), ('lift', 'lifted the sanctions of'), ('hold', 'held'), ('amend', 'edited'), ('pick', 'picked'), ('unpick', 'no longer picks'), ('slow', 'set the pace of'), ('warn', 'warned'), ('mute', 'muted'), ('ban', 'banned'), ('appeal_granted', 'granted the appeal against'), ('appeal_refused', 'refused the appeal against'), ('open', 'opened'), ('notice_acted', 'acted on'), ('notice_refused', 'did not act on')], max_length=40),
        ),
        migrations.AlterField(
            model_name='thread',
            name='story',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='thread', to='stories.story'),
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('story__isnull', False), ('title', '')), models.Q(('story', None), models.Q(('title', ''), _negated=True)), _connector='OR'), name='a_thread_has_a_story_or_a_title'),
        ),
    ]
