from django.db import migrations, models

# Who may see a passage is said by its document, and copied to the passage and, as far as the
# choice of an index needs it, to its vectors. Each copy is taken when the row is written and
# renewed when the original changes. FOR SHARE makes a change of the original wait until the copy
# can be seen, so none is missed.
COPIES = """
    CREATE FUNCTION archive_passage_door() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        SELECT audience, status, embargo_until, rights_until
        INTO NEW.audience, NEW.status, NEW.embargo_until, NEW.rights_until
        FROM archive_document WHERE id = NEW.document_id FOR SHARE;
        RETURN NEW;
    END $$;
    CREATE TRIGGER door BEFORE INSERT ON archive_passage
        FOR EACH ROW EXECUTE FUNCTION archive_passage_door();

    CREATE FUNCTION archive_passageembedding_door() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        SELECT audience INTO NEW.audience
        FROM archive_passage WHERE id = NEW.passage_id FOR SHARE;
        RETURN NEW;
    END $$;
    CREATE TRIGGER door BEFORE INSERT ON archive_passageembedding
        FOR EACH ROW EXECUTE FUNCTION archive_passageembedding_door();
"""
CHANGES = """
    CREATE FUNCTION archive_document_door_moved() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE archive_passage SET audience = NEW.audience, status = NEW.status,
            embargo_until = NEW.embargo_until, rights_until = NEW.rights_until
        WHERE document_id = NEW.id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER door_moved AFTER UPDATE ON archive_document FOR EACH ROW
        WHEN ((OLD.audience, OLD.status, OLD.embargo_until, OLD.rights_until)
            IS DISTINCT FROM (NEW.audience, NEW.status, NEW.embargo_until, NEW.rights_until))
        EXECUTE FUNCTION archive_document_door_moved();
"""
# A stale or foreign write is put right at the end of its statement. Not before it: with a trigger
# before updates PostgreSQL would make every tsvector anew each time a document is published.
MENDED = """
    CREATE FUNCTION archive_passage_door_moved() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE archive_passage AS passage
        SET audience = document.audience, status = document.status,
            embargo_until = document.embargo_until, rights_until = document.rights_until
        FROM archive_document AS document
        WHERE passage.id = NEW.id AND document.id = NEW.document_id
            AND (document.audience, document.status, document.embargo_until, document.rights_until)
            IS DISTINCT FROM (NEW.audience, NEW.status, NEW.embargo_until, NEW.rights_until);
        IF NOT FOUND AND NEW.audience <> OLD.audience THEN
            UPDATE archive_passageembedding SET audience = NEW.audience
            WHERE passage_id = NEW.id AND audience <> NEW.audience;
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER door_moved AFTER UPDATE ON archive_passage FOR EACH ROW
        WHEN ((OLD.audience, OLD.status, OLD.embargo_until, OLD.rights_until, OLD.document_id)
            IS DISTINCT FROM
            (NEW.audience, NEW.status, NEW.embargo_until, NEW.rights_until, NEW.document_id))
        EXECUTE FUNCTION archive_passage_door_moved();

    CREATE TRIGGER door_moved BEFORE UPDATE OF audience, passage_id ON archive_passageembedding
        FOR EACH ROW EXECUTE FUNCTION archive_passageembedding_door();
"""
REMOVED = """
    DROP FUNCTION archive_passage_door, archive_passageembedding_door,
        archive_document_door_moved, archive_passage_door_moved CASCADE
"""
FILLED = """
    UPDATE archive_passage AS passage
    SET audience = document.audience, status = document.status,
        embargo_until = document.embargo_until, rights_until = document.rights_until
    FROM archive_document AS document WHERE document.id = passage.document_id;
    UPDATE archive_passageembedding AS embedding SET audience = passage.audience
    FROM archive_passage AS passage WHERE passage.id = embedding.passage_id;
    SET CONSTRAINTS ALL IMMEDIATE;
"""


def column(model: str, name: str, field: models.Field) -> migrations.AddField:
    return migrations.AddField(model, name, field, preserve_default=False)


def text() -> models.CharField:
    return models.CharField(default="", editable=False, max_length=10)


def moment() -> models.DateTimeField:
    return models.DateTimeField(editable=False, null=True)


class Migration(migrations.Migration):
    dependencies = [("archive", "0004_brand_public")]
    operations = [
        column("passage", "audience", text()),
        column("passage", "status", text()),
        column("passage", "embargo_until", moment()),
        column("passage", "rights_until", moment()),
        column("passageembedding", "audience", text()),
        migrations.RunSQL(FILLED, migrations.RunSQL.noop),
        migrations.RunSQL(COPIES + CHANGES + MENDED, REMOVED),
        migrations.RemoveIndex("passageembedding", "passage_embedding_door"),
        migrations.AddIndex(
            "passageembedding",
            models.Index(fields=["brand", "model", "audience"], name="passage_embedding_door"),
        ),
    ]
