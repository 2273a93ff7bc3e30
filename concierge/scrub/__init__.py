"""The nightly pass over the disks: what was deleted is gone from the files, too.

PostgreSQL leaves a deleted row where it lay, in the table's file, in its statistics and in its log;
Redis leaves what it was told in its append-only file. docs/scrub.md says what is done about it and
what a house that runs its own servers must see to.
"""
