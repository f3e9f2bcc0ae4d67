"""What alembic runs: the connection, already in a transaction, comes from `storage.migrate`."""

from __future__ import annotations

from alembic import context

from storage.migrate import is_ours
from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    include_name=is_ours,
)
context.run_migrations()
