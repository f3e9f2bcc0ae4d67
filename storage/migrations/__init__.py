"""How the tables came to be: one file a change, run by `storage.migrate`, without an alembic.ini.

A change of the tables is a change of `storage.schema`, a new `versions/r<number>_<what>.py` and the new
`storage.migrate.HEAD`; the tests compare what the two make, on both databases.
"""
