"""What clients have said and were told is sealed with the key of their visitor; and back.

In batches, so that any number of rows takes the same memory.
"""

import json
import os

from django.db import migrations

from concierge.clients import keys

BATCH = 2000  # rows


def seal_all(apps, schema_editor):
    told = apps.get_model("chat", "Conversation").objects.exclude(summary="")
    for rows in batches(told, "summary", "visitor_id"):
        ours = made(apps, {row["visitor_id"] for row in rows})
        values = [
            (row["pk"], shut(ours, row["summary"], row["visitor_id"], "chat_conversation.summary"))
            for row in rows
        ]
        write(schema_editor, "chat_conversation", {"sealed_summary": "bytea"}, values)
    said = apps.get_model("chat", "Message").objects.all()
    owner = "conversation__visitor_id"
    for rows in batches(said, "text", "voice_faults", owner):
        ours = made(apps, {row[owner] for row in rows})
        write(
            schema_editor,
            "chat_message",
            {"sealed_text": "bytea", "sealed_voice_faults": "bytea", "voice_rules": "jsonb"},
            [shut_message(ours, row, row[owner]) for row in rows],
        )


def shut_message(ours, row, visitor):
    faults = row["voice_faults"]
    written = json.dumps(faults, ensure_ascii=False) if faults else ""
    return (
        row["pk"],
        shut(ours, row["text"], visitor, "chat_message.text"),
        shut(ours, written, visitor, "chat_message.voice_faults"),
        json.dumps([each["rule"] for each in faults]),
    )


def open_all(apps, schema_editor):
    told = apps.get_model("chat", "Conversation").objects.exclude(sealed_summary=b"")
    for rows in batches(told, "sealed_summary"):
        ours = held(apps, owners(row["sealed_summary"] for row in rows))
        values = [
            (row["pk"], opened(ours, row["sealed_summary"], "chat_conversation.summary"))
            for row in rows
        ]
        write(schema_editor, "chat_conversation", {"summary": "text"}, values)
    said = apps.get_model("chat", "Message").objects.all()
    for rows in batches(said, "sealed_text", "sealed_voice_faults"):
        blobs = (row[name] for row in rows for name in ("sealed_text", "sealed_voice_faults"))
        ours = held(apps, owners(blobs))
        values = [
            (
                row["pk"],
                opened(ours, row["sealed_text"], "chat_message.text"),
                opened(ours, row["sealed_voice_faults"], "chat_message.voice_faults") or "[]",
            )
            for row in rows
        ]
        write(schema_editor, "chat_message", {"text": "text", "voice_faults": "jsonb"}, values)


def batches(queryset, *names):
    last = None
    while True:
        rest = queryset if last is None else queryset.filter(pk__gt=last)
        rows = list(rest.order_by("pk").values("pk", *names)[:BATCH])
        if not rows:
            return
        yield rows
        last = rows[-1]["pk"]


def owners(blobs):
    return {keys.owner_of(bytes(each)) for each in blobs if each}


def held(apps, visitors):
    """The keys there are, by visitor."""
    ring = keys.ring()
    found = apps.get_model("clients", "Key").objects.filter(visitor_id__in=visitors)
    return {row.visitor_id: ring.unwrap(row) for row in found}


def made(apps, visitors):
    """The keys of all `visitors`; those who have none are given one."""
    ring = keys.ring()
    Key = apps.get_model("clients", "Key")
    without = visitors - held(apps, visitors).keys()
    Key.objects.bulk_create(
        Key(
            visitor_id=each,
            wrapped=ring.wrap(os.urandom(keys.LENGTH), each),
            wrapper=ring.current,
        )
        for each in without
    )
    return held(apps, visitors)


def shut(ours, text, visitor, place):
    return keys.sealed_by(ours[visitor], text, visitor, place) if text else b""


def opened(ours, sealed, place):
    """The words; "" where the key was destroyed."""
    if not sealed:
        return ""
    key = ours.get(keys.owner_of(bytes(sealed)))
    return keys.opened_by(key, bytes(sealed), place) if key else ""


def write(schema_editor, table, columns, values):
    """Set `columns`, by name their type, of rows given as (primary key, value, ...)."""
    key = "uuid" if table == "chat_conversation" else "bigint"
    placed = ", ".join(f"c{n}" for n in range(len(columns)))
    arrays = ", ".join(f"%s::{kind}[]" for kind in (key, *columns.values()))
    sets = ", ".join(
        # An array cannot hold arrays of different lengths: rules come as JSON.
        f"{name} = ARRAY(SELECT jsonb_array_elements_text(c{n}))"
        if name == "voice_rules"
        else f"{name} = c{n}"
        for n, name in enumerate(columns)
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {sets} FROM unnest({arrays}) AS given(pk, {placed})"  # noqa: S608
            f" WHERE {table}.id = given.pk",
            [list(column) for column in zip(*values, strict=True)],
        )


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0008_columns_for_sealed_words"),
        ("clients", "0003_visitors_have_a_house"),
    ]

    operations = [migrations.RunPython(seal_all, open_all)]
