"""What is learned of the blocks that recur on an outlet's pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of blocks."""
    op.create_table(
        "block",
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column(
            "block",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("outside", sa.Integer(), nullable=False),
        sa.Column("stale", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("outlet", "block", name=op.f("pk_block")),
    )
    op.create_index(op.f("ix_block_outlet_last"), "block", ["outlet", "last"])
