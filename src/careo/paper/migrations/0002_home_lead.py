import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("paper", "0001_initial"), ("stories", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="home",
            name="lead",
            field=models.ForeignKey(
                blank=True,
                help_text="The story that leads the front page; without one, the newest.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="stories.story",
            ),
        ),
        migrations.AlterField(
            model_name="home",
            name="tagline",
            field=models.CharField(blank=True, help_text="The line under the paper's name.", max_length=200),
        ),
    ]
