import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0009_code"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="licence",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="documentversion",
            name="address",
            field=models.TextField(blank=True, help_text="Where the bytes came from."),
        ),
        migrations.AddField(
            model_name="documentversion",
            name="turns",
            field=models.JSONField(
                default=list,
                help_text="[{speaker, start, end, seconds}], by start, of a transcript.",
            ),
        ),
        migrations.AddField(
            model_name="documentversion",
            name="unread_pages",
            field=models.JSONField(default=list, help_text="Numbers of the pages without text."),
        ),
        migrations.AddField(
            model_name="ingestionitem",
            name="address",
            field=models.TextField(blank=True, help_text="Where its source found it."),
        ),
        migrations.AddField(
            model_name="ingestionitem",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="members",
                to="archive.ingestionitem",
            ),
        ),
        migrations.AddField(
            model_name="ingestionitem",
            name="step",
            field=models.CharField(blank=True, help_text="The last step begun.", max_length=10),
        ),
        migrations.AddField(
            model_name="ingestionrun",
            name="hold",
            field=models.BooleanField(
                default=False,
                help_text="Whether a changed text of an approved document waits for a person.",
            ),
        ),
        migrations.AddField(
            model_name="ingestionrun",
            name="notes",
            field=models.JSONField(
                default=list, help_text="Sentences on what was left out, and why."
            ),
        ),
        migrations.AddField(
            model_name="ingestionrun",
            name="started_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="rights",
            field=models.CharField(blank=True, max_length=300, verbose_name="rights holder"),
        ),
        migrations.AlterField(
            model_name="ingestionitem",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("working", "Working"),
                    ("created", "Created"),
                    ("updated", "New version"),
                    ("unchanged", "Unchanged"),
                    ("held", "Waits for a person"),
                    ("unpacked", "Unpacked"),
                    ("failed", "Failed"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("exact", "The same text"),
                            ("near", "Nearly the same text"),
                            ("variant", "The same text with other numbers or names"),
                        ],
                        max_length=10,
                    ),
                ),
                ("found", models.DateTimeField(auto_now_add=True)),
                ("settled", models.DateTimeField(blank=True, null=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="likenesses",
                        to="archive.brand",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "likenesses",
                "ordering": ["-found"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("folder", "A folder"),
                            ("store", "An object store or other file system"),
                            ("site", "A website, by its sitemap"),
                            ("pages", "Web pages, one address a line"),
                            ("feed", "An RSS or Atom feed"),
                            ("shop", "A shop's product feed"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "address",
                    models.TextField(help_text="A path or an address; of web pages, one a line."),
                ),
                (
                    "schedule",
                    models.CharField(
                        blank=True,
                        help_text="Minute, hour, day, month, weekday; empty: by hand.",
                        max_length=100,
                    ),
                ),
                ("enabled", models.BooleanField(default=True)),
                ("document_kind", models.CharField(blank=True, max_length=40)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("client", "Clients"),
                            ("advisor", "Advisors"),
                            ("atelier", "Atelier"),
                        ],
                        default="public",
                        max_length=10,
                    ),
                ),
                (
                    "rights",
                    models.CharField(blank=True, max_length=300, verbose_name="rights holder"),
                ),
                ("licence", models.CharField(blank=True, max_length=120)),
                (
                    "arrives",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("review", "In review"),
                            ("published", "Published"),
                        ],
                        default="review",
                        max_length=10,
                        verbose_name="new documents arrive as",
                    ),
                ),
                ("created", models.DateTimeField(auto_now_add=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="archive.brand",
                    ),
                ),
            ],
            options={
                "ordering": ["brand", "name"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[("withdraw", "Withdraw"), ("replace", "Replace the text")],
                        max_length=10,
                    ),
                ),
                (
                    "text",
                    models.TextField(blank=True, help_text="The changed text, for comparison."),
                ),
                ("reason", models.TextField(blank=True)),
                ("created", models.DateTimeField(auto_now_add=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("overtaken", "Overtaken"),
                        ],
                        max_length=10,
                    ),
                ),
                ("answered", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.brand",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="archive.document",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        help_text="That brought the text.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="archive.ingestionitem",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive.source",
                    ),
                ),
            ],
            options={
                "ordering": ["-created"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        help_text="parked, unread_pages, source_failed, ...", max_length=40
                    ),
                ),
                (
                    "subject",
                    models.CharField(help_text="What it is about: a key, a name.", max_length=300),
                ),
                ("text", models.TextField()),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("settled", models.DateTimeField(blank=True, null=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="archive.brand",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="archive.document",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="archive.ingestionitem",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="archive.source",
                    ),
                ),
            ],
            options={
                "ordering": ["-created"],
            },
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(help_text="The document's key.", max_length=300)),
                ("address", models.TextField()),
                ("etag", models.CharField(blank=True, max_length=300)),
                (
                    "last_modified",
                    models.CharField(blank=True, help_text="As the server wrote.", max_length=100),
                ),
                ("size", models.BigIntegerField(blank=True, help_text="Bytes.", null=True)),
                ("content_hash", models.CharField(blank=True, max_length=64)),
                ("seen", models.DateTimeField(help_text="When the source last held it.")),
                ("missing_since", models.DateTimeField(blank=True, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="listings",
                        to="archive.document",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listings",
                        to="archive.source",
                    ),
                ),
            ],
            options={
                "ordering": ["source", "key"],
            },
        ),
        migrations.AddField(
            model_name="ingestionrun",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="runs",
                to="archive.source",
            ),
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="Of the document, should it be deleted.", max_length=300
                    ),
                ),
                (
                    "act",
                    models.CharField(help_text="published, withdrawn, edited, ...", max_length=40),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("batch", models.UUIDField(default=uuid.uuid4)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.brand",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the product itself, at a schedule's asking say.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="changes",
                        to="archive.document",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="undone",
                        to="archive.change",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["batch"], name="change_batch")],
            },
        ),
        migrations.CreateModel(
            name="Drop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rule",
                    models.CharField(help_text="running_head, boilerplate, ...", max_length=40),
                ),
                (
                    "value",
                    models.CharField(help_text="What the rule measured, in words.", max_length=120),
                ),
                ("text", models.TextField()),
                (
                    "fingerprint",
                    models.CharField(help_text="SHA-256 of the text as compared.", max_length=64),
                ),
                ("page", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "count",
                    models.PositiveIntegerField(default=1, help_text="How often it stood there."),
                ),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("restored", models.DateTimeField(blank=True, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drops",
                        to="archive.document",
                    ),
                ),
                (
                    "restored_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["document", models.OrderBy(models.F("page"), nulls_first=True), "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "rule", "fingerprint"), name="drop_fingerprint"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Alike",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "containment",
                    models.FloatField(help_text="Share of the shorter text in the other, 0 to 1."),
                ),
                (
                    "kept",
                    models.BooleanField(
                        help_text="What a person chose; null: nothing yet.", null=True
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="likenesses",
                        to="archive.document",
                    ),
                ),
                (
                    "likeness",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="archive.likeness",
                    ),
                ),
            ],
            options={
                "ordering": ["likeness", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("likeness", "document"), name="alike_document")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(fields=("brand", "name"), name="source_name"),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["public", "client", "advisor", "atelier"])),
                name="source_audience",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", "")), fields=("document", "act"), name="proposal_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled", None)),
                fields=("brand", "about", "subject"),
                name="notice_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(fields=("source", "key"), name="listing_key"),
        ),
    ]
