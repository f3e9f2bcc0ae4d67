"""The tables, the same on SQLite and PostgreSQL. The full-text index is not here: `storage.search`."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from storage.hygiene import utc

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcTime(sa.types.TypeDecorator[datetime]):
    """An instant: aware in, UTC in the database, aware in UTC out. A naive datetime is a mistake."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Write the instant in UTC."""
        return None if value is None else utc(value)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Read it as aware: SQLite has no zones, so what it gives back is the UTC that was written."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
"""An article's id. Ranges and order of ids are those of their bytes, whatever the database's language."""

BigCount = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _record_columns() -> list[sa.Column[object]]:
    """Return what is kept of an article, now and at each earlier revision."""
    return [
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("outlet_kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("canonical_url", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("content_sha256", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.Text, sa.ForeignKey("text.sha256"), nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("authors", sa.JSON, nullable=False),
        sa.Column("published_at", UtcTime),
        sa.Column("published_offset", sa.Integer),  # seconds east of UTC, as stated
        sa.Column("published_precision", sa.Text),
        sa.Column("published_signal", sa.Text),
        sa.Column("modified_at", UtcTime),
        sa.Column("modified_offset", sa.Integer),
        sa.Column("credits", sa.JSON, nullable=False),
        sa.Column("origin_url", sa.Text),
        sa.Column("origin_name", sa.Text),
        sa.Column("credits_others", sa.Boolean, nullable=False),
        sa.Column("first_seen_at", UtcTime, nullable=False),
        sa.Column("fetched_at", UtcTime, nullable=False),
        sa.Column("raw_sha256", sa.Text, nullable=False),
        sa.Column("archive_file", sa.Text),
        sa.Column("archive_offset", BigCount),
        sa.Column("archive_length", BigCount),
        sa.Column("relation", sa.Text, nullable=False),
        sa.Column("duplicate_of", Id, sa.ForeignKey("article.id")),
        sa.Column("similarity", sa.Float),
        sa.Column("covered", sa.Float),
        sa.Column("story", Id, nullable=False),
        sa.Column("word_count", sa.Integer, nullable=False),
        sa.Column("extractor", sa.Text, nullable=False),
        sa.Column("dropped", sa.JSON, nullable=False),
        sa.Column("change", sa.JSON(none_as_null=True)),  # to the revision before; null for the first
    ]


text = sa.Table(
    "text",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)
"""Each text once, letter by letter, under the SHA-256 of its UTF-8, whoever carries it."""

article = sa.Table(
    "article",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    *_record_columns(),
    sa.Column("dated_at", UtcTime, nullable=False),  # published_at, or first_seen_at where that is unknown
    sa.Column("search_id", BigCount, nullable=False),
    sa.Column("wording", BigCount, nullable=False, server_default="0"),
    sa.UniqueConstraint("outlet", "key"),
    sa.Index(None, "content_sha256"),
    sa.Index(None, "story"),
    sa.Index(None, "search_id"),
    sa.Index(None, "wording"),
    sa.Index(None, "dated_at"),
    sa.Index(None, "outlet", "id"),
)
"""The current revision of each article. Articles with one normalised text share a `wording`: the `search_id`
of the one that brought it."""

revision = sa.Table(
    "revision",
    metadata,
    sa.Column("id", Id, sa.ForeignKey("article.id"), primary_key=True),
    sa.Column("revision", sa.Integer, primary_key=True),
    *_record_columns(),
)
"""Each earlier revision of an article, as it was."""

address = sa.Table(
    "address",
    metadata,
    sa.Column("outlet", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("article_id", Id, sa.ForeignKey("article.id"), nullable=False),
    sa.Column("met", sa.Integer, nullable=False),  # 0 for the article's first address, then 1, 2, ...
    sa.Index(None, "article_id", "met"),
)
"""Every key and address under which an article was met. A key belongs to one article for good."""

block = sa.Table(
    "block",
    metadata,
    sa.Column("outlet", sa.Text, primary_key=True),
    sa.Column("block", BigCount, primary_key=True, autoincrement=False),  # digest of its words, signed
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("outside", sa.Integer, nullable=False),
    sa.Column("stale", sa.Integer, nullable=False),
    sa.Column("last", sa.Integer, nullable=False),
    sa.Index(None, "outlet", "last"),
)
"""What is remembered of the text blocks of each outlet's pages: `pipeline.records.Recurrence`."""

fingerprint = sa.Table(
    "fingerprint",
    metadata,
    sa.Column("hash", BigCount, primary_key=True, autoincrement=False),
    sa.Column("wording", BigCount, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Which wordings have which of the `pipeline.dedup.fingerprints`; of what very many have, the latest."""

rebuild = sa.Table(
    "rebuild",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("progress", sa.JSON, nullable=False),
)
"""How far a rebuild of all relations has come (`pipeline.records.Rebuild`): one row while it goes on."""

link = sa.Table(
    "link",
    metadata,
    sa.Column("a", BigCount, primary_key=True, autoincrement=False),
    sa.Column("b", BigCount, primary_key=True, autoincrement=False),
    sa.Column("covered_a", sa.Float, nullable=False),
    sa.Column("covered_b", sa.Float, nullable=False),
    sa.Column("similarity", sa.Float, nullable=False),
    sqlite_with_rowid=False,
)
"""Wordings that are copies of each other (`pipeline.dedup.tree.Link`); each pair stands both ways."""
watch = sa.Table(
    "watch",
    metadata,
    sa.Column("outlet", sa.Text, primary_key=True),
    sa.Column("next_look_at", UtcTime, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("since", UtcTime),
)
"""What is kept of each outlet between its looks: `pipeline.watch.Watch`."""

document = sa.Table(
    "document",
    metadata,
    sa.Column("outlet", sa.Text, primary_key=True),
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("read_at", UtcTime, nullable=False),
    sa.Column("newest", UtcTime),
    sa.Column("details", sa.JSON, nullable=False),
)
"""The documents of each outlet's discoveries as they were read last: `pipeline.documents.Remembered`."""

gap = sa.Table(
    "gap",
    metadata,
    sa.Column("outlet", sa.Text, primary_key=True),
    sa.Column("discovery", sa.Text, primary_key=True),
    sa.Column("noticed_at", UtcTime, primary_key=True),
    sa.Column("after", UtcTime, nullable=False),
    sa.Column("before", UtcTime, nullable=False),
    sa.Column("filled", sa.Boolean, nullable=False),
)
"""Spans of time from which articles may have been missed: `pipeline.documents.Gap`."""

look = sa.Table(
    "look",
    metadata,
    sa.Column("outlet", sa.Text, primary_key=True),
    sa.Column("at", UtcTime, primary_key=True),
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Column("looked", sa.Boolean, nullable=False),
    sa.Column("whole", sa.Boolean, nullable=False),
    sa.Column("not_before", UtcTime),
    sa.Column("details", sa.JSON, nullable=False),
)
"""The latest looks at each outlet: `pipeline.looks.Look`."""

page = sa.Table(
    "page",
    metadata,
    sa.Column("outlet", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("offered_by", sa.Text, nullable=False),
    sa.Column("title", sa.Text),
    sa.Column("summary", sa.Text),
    sa.Column("published_at", UtcTime),
    sa.Column("published_offset", sa.Integer),
    sa.Column("published_precision", sa.Text),
    sa.Column("published_signal", sa.Text),
    sa.Column("modified_at", UtcTime),
    sa.Column("modified_offset", sa.Integer),
    sa.Column("authors", sa.JSON, nullable=False),
    sa.Column("language", sa.Text),
    sa.Column("stated", UtcTime),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("next_try_at", UtcTime),
    sa.Column("first_offered_at", UtcTime, nullable=False),
    sa.Column("fetched_at", UtcTime),
    sa.Column("final_url", sa.Text),
    sa.Column("article_id", Id, sa.ForeignKey("article.id")),
    sa.Column("archive_file", sa.Text),
    sa.Column("archive_offset", BigCount),
    sa.Column("archive_length", BigCount),
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Index(None, "outlet", "state", "next_try_at"),
    sa.Index(None, "article_id"),
)
"""Every page that was ever offered, and what became of it: the frontier and its outcomes."""
