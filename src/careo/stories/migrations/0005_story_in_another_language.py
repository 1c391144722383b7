"""A story may say in which language it is written, and which story it tells in another one."""

import careo.stories.models
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0004_composed_sections'),
    ]

    operations = [
        migrations.AddField(
            model_name='story',
            name='edition_of',
            field=models.ForeignKey(blank=True, help_text='The story that this one tells in another language; each page then leads to the other.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='editions', to='stories.story', verbose_name='the same story in another language'),
        ),
        migrations.AddField(
            model_name='story',
            name='language',
            field=models.CharField(blank=True, choices=careo.stories.models.languages, help_text="Left empty, the paper's own language.", max_length=10),
        ),
    ]
