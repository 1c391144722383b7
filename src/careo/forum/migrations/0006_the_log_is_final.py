"""Rows of the moderators' log could be changed and taken out by whatever spoke to the database directly.

Triggers now refuse it, on SQLite and PostgreSQL. SQLite drops a table's triggers when Django makes the table anew, as
it does for most changes of a column: a later migration that changes the log must put them back with `GUARD` again.
"""

from django.db import migrations

SENTENCE = "The log of moderation is only ever added to."
SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS forum_log_no_update BEFORE UPDATE ON forum_moderationlog
    BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS forum_log_no_delete BEFORE DELETE ON forum_moderationlog
    BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END""",
    # INSERT OR REPLACE takes a row out without asking the trigger above.
    f"""CREATE TRIGGER IF NOT EXISTS forum_log_no_replace BEFORE INSERT ON forum_moderationlog
    WHEN EXISTS (SELECT 1 FROM forum_moderationlog WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END""",
]
SQLITE_BACK = [f"DROP TRIGGER IF EXISTS forum_log_no_{act}" for act in ("update", "delete", "replace")]
POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION forum_log_is_final() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$""",
    """CREATE OR REPLACE TRIGGER forum_log_no_change BEFORE UPDATE OR DELETE ON forum_moderationlog
    FOR EACH ROW EXECUTE FUNCTION forum_log_is_final()""",
    """CREATE OR REPLACE TRIGGER forum_log_no_truncate BEFORE TRUNCATE ON forum_moderationlog
    FOR EACH STATEMENT EXECUTE FUNCTION forum_log_is_final()""",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER IF EXISTS forum_log_no_change ON forum_moderationlog",
    "DROP TRIGGER IF EXISTS forum_log_no_truncate ON forum_moderationlog",
    "DROP FUNCTION IF EXISTS forum_log_is_final()",
]
GUARD = {"sqlite": (SQLITE, SQLITE_BACK), "postgresql": (POSTGRESQL, POSTGRESQL_BACK)}


class OnVendor(migrations.RunSQL):
    """SQL for one kind of database; the others pass it by."""

    def __init__(self, vendor, sql, reverse_sql):
        self.vendor = vendor
        super().__init__(sql, reverse_sql)

    def deconstruct(self):
        return self.__class__.__name__, [self.vendor, self.sql, self.reverse_sql], {}

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == self.vendor:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == self.vendor:
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    dependencies = [("forum", "0005_flagged_posts_wait")]

    operations = [OnVendor(vendor, *sql) for vendor, sql in GUARD.items()]
