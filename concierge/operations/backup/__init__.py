"""A house in one file: taken, proved and brought back.

The file is sealed (`sealing`), so that a bit changed or an end cut off is found before anything is
touched. The clients' keys are not in it: they are kept in one file beside all backups
(`concierge.clients.kept_keys`), always as of now, so that what was erased stays unreadable in
every backup there is. docs/backup.md tells the whole.
"""
