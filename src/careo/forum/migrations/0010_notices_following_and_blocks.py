"""Readers were told of answers alone, on the site alone; they could follow no thread and block nobody."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forum', '0009_passages_cited_in_posts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticeChoices',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.CharField(blank=True, choices=[('', 'Never'), ('once', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week')], default='', max_length=6)),
                ('mentions', models.CharField(blank=True, choices=[('', 'Never'), ('once', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week')], default='', max_length=6)),
                ('followed', models.CharField(blank=True, choices=[('', 'Never'), ('once', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week')], default='', max_length=6)),
                ('picks', models.CharField(blank=True, choices=[('', 'Never'), ('once', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week')], default='', max_length=6)),
                ('follows_own', models.BooleanField(default=True, help_text='Follow a thread by writing in it.')),
                ('daily_on', models.DateField(help_text='The last day on which the daily mail was looked after.', null=True)),
                ('weekly_on', models.DateField(help_text='The Monday of the last week in which the weekly one was.', null=True)),
                ('not_before', models.DateTimeField(help_text='When a mail may be tried again, after the mail server put one off.', null=True)),
            ],
        ),
        migrations.AddField(
            model_name='notification',
            name='kind',
            field=models.CharField(choices=[('answer', 'somebody answered you'), ('mention', 'somebody mentioned you'), ('pick', 'an editor picked your post')], default='answer', max_length=10),
        ),
        migrations.AddField(
            model_name='notification',
            name='mailed_at',
            field=models.DateTimeField(blank=True, help_text='When a mail that tells it was begun, or it was settled that none will.', null=True),
        ),
        migrations.AddField(
            model_name='seen',
            name='follows',
            field=models.BooleanField(help_text='None: never chosen, so that writing in the thread begins it.', null=True),
        ),
        migrations.AddField(
            model_name='seen',
            name='mailed',
            field=models.PositiveIntegerField(default=0, help_text='Up to which post a mail told of it.'),
        ),
        migrations.AddField(
            model_name='seen',
            name='noticed',
            field=models.PositiveIntegerField(default=0, help_text='Up to which post the reader marked its news as seen in the list of notices.'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('mailed_at', None), ('seen_at', None)), fields=['made_at'], name='forum_notices_to_mail'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('seen_at', None)), fields=['reader'], name='forum_notices_unseen'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(condition=models.Q(('picked_at__isnull', False)), fields=['thread', 'number'], name='forum_post_picked'),
        ),
        migrations.AddIndex(
            model_name='seen',
            index=models.Index(condition=models.Q(('follows', True)), fields=['thread'], name='forum_followers'),
        ),
        migrations.AddIndex(
            model_name='seen',
            index=models.Index(condition=models.Q(('follows', True)), fields=['reader'], name='forum_followed'),
        ),
        migrations.AddField(
            model_name='block',
            name='blocked',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='block',
            name='reader',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='noticechoices',
            name='reader',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice_choices', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.UniqueConstraint(fields=('reader', 'blocked'), name='blocked_once'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(('reader', models.F('blocked')), _negated=True), name='nobody_blocks_oneself'),
        ),
    ]
