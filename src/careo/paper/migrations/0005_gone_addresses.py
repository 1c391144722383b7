"""Room for the addresses of stories that all could read once; those withdrawn before this are answered 404 as they were."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("paper", "0004_composed_home")]

    operations = [
        migrations.CreateModel(
            name="GoneAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        help_text="From the root, with both slashes.", max_length=600, unique=True
                    ),
                ),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
