"""The columns of words in clear go, and the sealed ones take their names."""

from django.db import migrations

from concierge.clients.sealed import SealedJSONField, SealedTextField

SEALED = (
    (
        "conversation",
        "summary",
        SealedTextField(
            blank=True, owner="visitor_id", help_text="What was said earlier, and by whom."
        ),
    ),
    ("message", "text", SealedTextField(blank=True, owner="conversation.visitor_id")),
    (
        "message",
        "voice_faults",
        SealedJSONField(
            default=list,
            blank=True,
            owner="conversation.visitor_id",
            help_text="[{rule, words}]: where it did not keep to the house's voice.",
        ),
    ),
)


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0009_words_sealed"),
    ]

    operations = [
        operation
        for model, name, field in SEALED
        for operation in (
            migrations.RemoveField(model_name=model, name=name),
            migrations.RenameField(model_name=model, old_name=f"sealed_{name}", new_name=name),
            migrations.AlterField(model_name=model, name=name, field=field),
        )
    ]
