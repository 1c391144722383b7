"""Posts could not cite what the story rests on."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forum', '0008_count_answers'),
    ]

    operations = [
        migrations.CreateModel(
            name='PostCitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='As the author typed it.')),
                ('passages', models.TextField(help_text='REPORT:BEGIN:END of each passage, code points, in order.')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='forum.post')),
            ],
            options={
                'ordering': ['post', 'number'],
                'constraints': [models.UniqueConstraint(fields=('post', 'number'), name='cited_once_a_number')],
            },
        ),
    ]
