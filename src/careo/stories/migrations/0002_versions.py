"""Keep what a story said at each publishing.

Until now only Wagtail's revisions held it, drafts and published texts alike, and purging took them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='checkoverride',
            name='findings',
            field=models.JSONField(default=list, help_text='Those let pass: kind, words, message and place of each.'),
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text="Of the story's versions, from 1.")),
                ('at', models.DateTimeField(help_text='When it appeared.')),
                ('title', models.CharField(max_length=255)),
                ('standfirst', models.TextField(blank=True)),
                ('byline', models.CharField(blank=True, max_length=200)),
                ('dateline', models.CharField(blank=True, max_length=100)),
                ('lead_caption', models.TextField(blank=True)),
                ('access', models.CharField(choices=[('open', 'Open to all'), ('subscribers', 'Subscribers only')], max_length=12)),
                ('open_blocks', models.PositiveIntegerField()),
                ('body', models.JSONField(default=list)),
                ('editors', models.ManyToManyField(help_text='Who saved drafts since the version before.', related_name='+', to=settings.AUTH_USER_MODEL)),
                ('publisher', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='stories.story')),
            ],
            options={
                'ordering': ['story', 'number'],
                'constraints': [models.UniqueConstraint(fields=('story', 'number'), name='one_version_of_a_story_a_number')],
            },
        ),
    ]
