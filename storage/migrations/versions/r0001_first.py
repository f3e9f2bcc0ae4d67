"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_TIME = sa.DateTime(timezone=True)
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, their indexes and the full-text index."""
    op.create_table(
        "text",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_text")),
    )
    _create_article()
    _create_revision()
    _create_address()
    _create_page()
    _create_search()


def _create_article() -> None:
    op.create_table(
        "article",
        sa.Column("id", _ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_record_columns(),
        sa.Column("dated_at", _TIME, nullable=False),
        sa.Column("search_id", _BIG, nullable=False),
        sa.ForeignKeyConstraint(["text_sha256"], ["text.sha256"], name=op.f("fk_article_text_sha256_text")),
        sa.ForeignKeyConstraint(
            ["duplicate_of"], ["article.id"], name=op.f("fk_article_duplicate_of_article")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("outlet", "key", name=op.f("uq_article_outlet_key")),
    )
    for columns in (["content_sha256"], ["dated_at"], ["outlet", "id"], ["search_id"], ["story"]):
        op.create_index(op.f(f"ix_article_{'_'.join(columns)}"), "article", columns)


def _create_revision() -> None:
    op.create_table(
        "revision",
        sa.Column("id", _ID, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_record_columns(),
        sa.ForeignKeyConstraint(["text_sha256"], ["text.sha256"], name=op.f("fk_revision_text_sha256_text")),
        sa.ForeignKeyConstraint(
            ["duplicate_of"], ["article.id"], name=op.f("fk_revision_duplicate_of_article")
        ),
        sa.ForeignKeyConstraint(["id"], ["article.id"], name=op.f("fk_revision_id_article")),
        sa.PrimaryKeyConstraint("id", "revision", name=op.f("pk_revision")),
    )


def _create_address() -> None:
    op.create_table(
        "address",
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("met", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_address_article_id_article")),
        sa.PrimaryKeyConstraint("outlet", "key", name=op.f("pk_address")),
    )
    op.create_index(op.f("ix_address_article_id_met"), "address", ["article_id", "met"])


def _create_page() -> None:
    op.create_table(
        "page",
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("offered_by", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("summary", sa.Text()),
        *_stated_columns(),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("stated", _TIME),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", _TIME),
        sa.Column("first_offered_at", _TIME, nullable=False),
        sa.Column("fetched_at", _TIME),
        sa.Column("final_url", sa.Text()),
        sa.Column("article_id", _ID),
        *_archive_columns(),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_page_article_id_article")),
        sa.PrimaryKeyConstraint("outlet", "key", name=op.f("pk_page")),
    )
    columns = ["outlet", "state", "next_try_at"]
    op.create_index(op.f("ix_page_outlet_state_next_try_at"), "page", columns)


def _create_search() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE article_search USING fts5(title, summary, body, content='', "
            "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co M*'\")"
        )
        return
    op.execute(
        "CREATE TABLE article_search (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
        "words tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_article_search_words ON article_search USING gin (words)")


def _record_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("outlet_kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("language", sa.Text()),
        sa.Column("authors", sa.JSON(), nullable=False),
        *_stated_columns(),
        sa.Column("credits", sa.JSON(), nullable=False),
        sa.Column("origin_url", sa.Text()),
        sa.Column("origin_name", sa.Text()),
        sa.Column("credits_others", sa.Boolean(), nullable=False),
        sa.Column("first_seen_at", _TIME, nullable=False),
        sa.Column("fetched_at", _TIME, nullable=False),
        sa.Column("raw_sha256", sa.Text(), nullable=False),
        *_archive_columns(),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("duplicate_of", _ID),
        sa.Column("similarity", sa.Float()),
        sa.Column("story", _ID, nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("dropped", sa.JSON(), nullable=False),
    ]


def _stated_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("published_at", _TIME),
        sa.Column("published_offset", sa.Integer()),
        sa.Column("published_precision", sa.Text()),
        sa.Column("published_signal", sa.Text()),
        sa.Column("modified_at", _TIME),
        sa.Column("modified_offset", sa.Integer()),
    ]


def _archive_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("archive_file", sa.Text()),
        sa.Column("archive_offset", _BIG),
        sa.Column("archive_length", _BIG),
    ]
