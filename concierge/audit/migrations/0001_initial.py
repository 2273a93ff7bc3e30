"""The log's table, which a trigger lets grow and nothing else, whoever asks."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import concierge.clients.sealed

TABLE = """
CREATE TABLE audit_entry (
    number bigint PRIMARY KEY CHECK (number > 0),
    at timestamptz NOT NULL,
    who bigint,
    role varchar(20) NOT NULL,
    act varchar(20) NOT NULL,
    kind varchar(60) NOT NULL,
    "row" varchar(64) NOT NULL,
    brand_id bigint,
    reason varchar(20) NOT NULL,
    digest varchar(64) NOT NULL,
    previous varchar(64) NOT NULL,
    hash varchar(64) NOT NULL
);
CREATE INDEX audit_entry_of_brand ON audit_entry (brand_id, number);
CREATE INDEX audit_entry_of_row ON audit_entry ("row", kind);
CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is only added to.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_only_grows;
"""
GONE = "DROP TABLE audit_entry; DROP FUNCTION audit_only_grows();"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0003_visitors_have_a_house"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(TABLE, GONE),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("who", models.BigIntegerField(help_text="The user's primary key.", null=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("product", "The product itself"),
                            ("staff", "Staff"),
                            ("administrator", "Administrator"),
                            ("client", "The client"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("listed", "Looked at, without words"),
                            ("read", "Read"),
                            ("opened", "Opened, for a reason"),
                            ("added", "Added"),
                            ("changed", "Changed"),
                            ("removed", "Removed"),
                            ("exported", "Exported"),
                            ("erased", "Erased"),
                            ("held", "Put on hold"),
                            ("released", "Hold ended"),
                            ("restored", "Restored from a backup"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        help_text="Of the row: chat.conversation, say.", max_length=60
                    ),
                ),
                ("row", models.CharField(blank=True, help_text="Its primary key.", max_length=64)),
                ("brand_id", models.BigIntegerField(null=True, verbose_name="brand")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("asked", "The client asks for help"),
                            ("complaint", "A complaint is looked into"),
                            ("wrong", "The concierge may have answered wrongly"),
                            ("safety", "Fraud, a threat or somebody in danger"),
                            ("law", "The law asks for it"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True, help_text="Of the reason's own words.", max_length=64
                    ),
                ),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "deed",
                "db_table": "audit_entry",
                "ordering": ["-number"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("conversation", models.UUIDField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("product", "The product itself"),
                            ("staff", "Staff"),
                            ("administrator", "Administrator"),
                            ("client", "The client"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("asked", "The client asks for help"),
                            ("complaint", "A complaint is looked into"),
                            ("wrong", "The concierge may have answered wrongly"),
                            ("safety", "Fraud, a threat or somebody in danger"),
                            ("law", "The law asks for it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", concierge.clients.sealed.SealedTextField(owner="visitor_id")),
                ("salt", models.CharField(max_length=32)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField()),
                (
                    "visitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="clients.visitor",
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
                "indexes": [models.Index(fields=["conversation", "who"], name="reading_of")],
            },
        ),
    ]
