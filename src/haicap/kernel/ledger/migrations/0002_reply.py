"""Answers kept for requests that carry a key of their own."""

from django.db import migrations, models

# Swept by age: a summary of page ranges is enough, every insert would pay for a tree.
BY_AGE = "CREATE INDEX reply_age ON ledger_reply USING brin (at)"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey("actor", "key", blank=True, editable=False, primary_key=True, serialize=False),
                ),
                ("actor", models.TextField(db_collation="C")),
                ("key", models.TextField(db_collation="C")),
                ("fingerprint", models.BinaryField(max_length=32)),
                ("answer", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(BY_AGE, "DROP INDEX reply_age"),
    ]
