"""Django's PostgreSQL backend, whose every transaction says whose it is."""
