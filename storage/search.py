"""The full-text index: FTS5 on SQLite, tsvector and GIN on PostgreSQL, with the same tokens and answers.

Entries are only added: a revised article gets a new one, and the old one belongs to nobody. The index holds
no text (SQLite's is contentless), so that the text is kept once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from pipeline.records import Article
from pipeline.traits import traits_of
from storage import schema
from storage.engine import run
from storage.words import Query

_FIELD_GAP = 100
"""Positions left free between title, summary and text, so that no phrase spans two of them."""

_MAX_POSITION = 16_383
_MAX_POSITIONS_OF_A_WORD = 255

_SQLITE_INSERT = "INSERT INTO article_search (title, summary, body) VALUES (?, ?, ?)"
_POSTGRESQL_INSERT = "INSERT INTO article_search (words) VALUES (CAST(? AS tsvector)) RETURNING id"

_SQLITE_TABLE = (
    "CREATE VIRTUAL TABLE article_search USING fts5(title, summary, body, content='', "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co M*'\")"
)
_POSTGRESQL_TABLE = (
    "CREATE TABLE article_search (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
    "words tsvector NOT NULL)"
)
_POSTGRESQL_INDEX = "CREATE INDEX ix_article_search_words ON article_search USING gin (words)"


def create(connection: sa.Connection) -> None:
    """Make the index in a new database, as the migrations make it."""
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in [_SQLITE_TABLE] if is_sqlite else [_POSTGRESQL_TABLE, _POSTGRESQL_INDEX]:
        connection.exec_driver_sql(statement)


def add_entry(connection: sa.Connection, article: Article) -> int:
    """Index an article and return the number of its entry."""
    fields = traits_of(article).words
    if connection.dialect.name == "sqlite":
        return int(run(connection, _SQLITE_INSERT, fields).lastrowid)
    words = tsvector([field.split() for field in fields])
    return int(run(connection, _POSTGRESQL_INSERT, (words,)).scalar_one())


def best(
    connection: sa.Connection,
    query: Query,
    conditions: Iterable[sa.ColumnElement[bool]],
    limit: int,
) -> list[tuple[str, float]]:
    """Return the ids of the articles that match best, with their scores, best first; newer ones before."""
    if not query.wanted:
        return []
    if connection.dialect.name == "sqlite":
        entries = sa.table("article_search", sa.column("rowid"))
        number: sa.ColumnElement[int] = entries.c.rowid
        matches: sa.ColumnElement[bool] = sa.literal_column("article_search").op("MATCH", is_comparison=True)(
            match_expression(query)
        )
        score: sa.ColumnElement[float] = -sa.literal_column("bm25(article_search, 8.0, 3.0, 1.0)", sa.Float)
    else:
        from sqlalchemy.dialects.postgresql import TSQUERY  # noqa: PLC0415 - SQLite does without

        entries = sa.table("article_search", sa.column("id"), sa.column("words"))
        number = entries.c.id
        asked = sa.cast(match_expression(query, postgresql=True), TSQUERY)
        matches = entries.c.words.op("@@", is_comparison=True)(asked)
        score = sa.func.ts_rank_cd(
            sa.literal_column("'{0.1, 0.1, 0.3, 0.8}'::float4[]"), entries.c.words, asked
        )
    found = (
        sa.select(schema.article.c.id, score.label("score"))
        .select_from(entries.join(schema.article, schema.article.c.search_id == number))
        .where(matches, *conditions)
        .order_by(sa.desc("score"), schema.article.c.id.desc())
        .limit(limit)
    )
    return [(row.id, float(row.score)) for row in connection.execute(found)]


def match_expression(query: Query, *, postgresql: bool = False) -> str:
    """Write `query` in the language of FTS5, or of tsquery. Tokens hold letters, digits and marks only."""
    if postgresql:
        wanted = [_tsphrase(phrase) for phrase in query.wanted]
        return " & ".join(wanted + [f"!{_tsphrase(phrase)}" for phrase in query.unwanted])
    wanted = [f'"{" ".join(phrase)}"' for phrase in query.wanted]
    unwanted = [f'"{" ".join(phrase)}"' for phrase in query.unwanted]
    expression = f"({' AND '.join(wanted)})"
    return f"{expression} NOT ({' OR '.join(unwanted)})" if unwanted else expression


def tsvector(fields: Sequence[Sequence[str]]) -> str:
    """Write the tokens of title, summary and text as a tsvector with positions and weights A, B and D."""
    positions: defaultdict[str, list[str]] = defaultdict(list)
    start = 1
    for words, weight in zip(fields, ("A", "B", ""), strict=True):
        for n, word in enumerate(words, start):
            if len(positions[word]) < _MAX_POSITIONS_OF_A_WORD:
                positions[word].append(f"{min(n, _MAX_POSITION)}{weight}")
        start += len(words) + _FIELD_GAP
    return " ".join(f"'{word}':{','.join(places)}" for word, places in positions.items())


def _tsphrase(phrase: Sequence[str]) -> str:
    quoted = [f"'{word}'" for word in phrase]
    return f"({' <-> '.join(quoted)})"
