"""Copies that are no exact ones: fingerprints, links between wordings, how much of its source a copy has."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and number the wordings that are held.

    Their fingerprints are not made here, as that takes a millisecond each: `wirewatch dedup --rebuild` does.
    """
    for table in ("article", "revision"):
        op.add_column(table, sa.Column("covered", sa.Float()))
        op.execute(f"UPDATE {table} SET covered = 1 WHERE relation = 'exact'")  # noqa: S608 - our own names
    op.add_column("article", sa.Column("wording", _BIG, nullable=False, server_default="0"))
    op.execute(
        "UPDATE article SET wording = (SELECT min(twin.search_id) FROM article AS twin "
        "WHERE twin.content_sha256 = article.content_sha256)"
    )
    op.create_index(op.f("ix_article_wording"), "article", ["wording"])
    op.create_table(
        "fingerprint",
        sa.Column("hash", _BIG, autoincrement=False, nullable=False),
        sa.Column("wording", _BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("hash", "wording", name=op.f("pk_fingerprint")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rebuild",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("progress", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rebuild")),
    )
    op.create_table(
        "link",
        sa.Column("a", _BIG, autoincrement=False, nullable=False),
        sa.Column("b", _BIG, autoincrement=False, nullable=False),
        sa.Column("covered_a", sa.Float(), nullable=False),
        sa.Column("covered_b", sa.Float(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("a", "b", name=op.f("pk_link")),
        sqlite_with_rowid=False,
    )
