from django.db import migrations

# A code is known by its letters and digits alone, whatever stands between them and before its
# first: MS-204.B, ms204b and "MS 204 B" are one. Words, years, decades, sizes and weights are none.
CODES = r"""
CREATE FUNCTION archive_code(written text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ltrim(regexp_replace(lower(written), '[^[:alnum:]]', '', 'g'), '0');

CREATE FUNCTION archive_codes(title text, body text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(array_agg(DISTINCT code), '{}')
    FROM (
        SELECT archive_code(found[1]) FROM regexp_matches(
            title || ' ' || body, '([[:alnum:]./_-]*[0-9][[:alnum:]./_-]*)', 'g') AS found
        UNION ALL
        SELECT archive_code(found[1]) FROM regexp_matches(
            title || ' ' || body, '\m([A-Z]{1,5} [0-9][0-9./_-]*)\M', 'g') AS found
    ) AS each (code)
    WHERE length(code) BETWEEN 4 AND 24
    AND (code ~ '[[:alpha:]]' AND code ~ '[0-9]' OR code ~ '^[0-9]{8,14}$')
    AND code !~ '^[0-9]+(st|nd|rd|th|s|e|er|eme|cm|mm|ml|kg|km|gsm)$'
);
"""
INDEX = """
CREATE INDEX passage_codes ON archive_passage
USING gin (archive_codes(title, text)) WITH (fastupdate = off)
"""


class Migration(migrations.Migration):
    dependencies = [("archive", "0009_word")]

    operations = [
        migrations.RunSQL(CODES, "DROP FUNCTION archive_codes; DROP FUNCTION archive_code"),
        migrations.RunSQL(INDEX, "DROP INDEX passage_codes"),
    ]
