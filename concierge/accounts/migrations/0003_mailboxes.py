import django.db.models.deletion
from django.db import migrations, models

import concierge.clients.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_existing_staff_serve_all_houses"),
        ("clients", "0003_visitors_have_a_house"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "visitor",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mailbox",
                        serialize=False,
                        to="clients.visitor",
                    ),
                ),
                ("email", concierge.clients.sealed.SealedTextField(owner="visitor_id")),
            ],
            options={"verbose_name_plural": "mailboxes"},
        ),
    ]
