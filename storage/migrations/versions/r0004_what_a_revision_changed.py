"""What each revision changed, to the one before it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column to the current and the earlier revisions."""
    for table in ("article", "revision"):
        op.add_column(table, sa.Column("change", sa.JSON(), nullable=True))
