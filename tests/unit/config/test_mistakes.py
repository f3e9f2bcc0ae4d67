"""Each mistake in an outlet file is told with its file, its line, its key and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.catalogue import load_catalogue
from config.errors import CatalogueError
from tests.unit.config.outlets import SMALLEST, written


def mistakes_of(path: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(path)
    assert str(caught.value) == "\n".join(caught.value.mistakes)
    return [mistake.removeprefix(f"{path}/") for mistake in caught.value.mistakes]


# What is put behind the smallest right file, whose 8 lines it therefore follows, and what is told of it.
BEHIND = {
    "unknown key": (
        "artcles: {}",
        "9: artcles: is not a key",
        'did you mean "articles"?; the keys are id, name',
    ),
    "unknown key that resembles none": (
        "zzz: 1",
        "9: zzz: is not a key",
        "here; the keys are id, name, kind",
    ),
    "unknown key in a part": (
        "articles:\n  includes: []",
        "10: articles.includes: ",
        'did you mean "include"?',
    ),
    "key with control characters": (
        'politeness: {"\\n\\e[2J": 1}',
        r"9: politeness.\n\x1b[2J: ",
        "is not a key",
    ),
    "key written twice": (
        "enabled: true\nenabled: false",
        "10: enabled: ",
        "twice, first in line 9: keep one",
    ),
    "nothing behind a key": ("extract:", "9: extract: is empty", "remove the key"),
    "list where a mapping goes": ("extract: []", "9: extract: must be a mapping", "not a list"),
    "mapping where a list goes": (
        "extract: {body: {a: b}}",
        "9: extract.body: must be a list",
        '["div.story"]',
    ),
    "text where a list goes": ("extract: {body: p}", "9: extract.body: must be a list", '["div.story"]'),
    "number where text goes": (
        "extract:\n  body:\n  - 3",
        "11: extract.body.0: must be text",
        'quote it, "3"',
    ),
    "selector with a syntax error": (
        "extract: {drop: ['div[']}",
        "9: extract.drop.0: 'div[' is not a CSS",
        "EOF",
    ),
    "selector with an unknown class": (
        "extract: {drop: ['p:foo']}",
        "9: extract.drop.0: 'p:foo' is",
        "unknown",
    ),
    "selector with a namespace": (
        "extract: {drop: ['a|b']}",
        "9: extract.drop.0: 'a|b' is not a CSS",
        "prefix",
    ),
    "selector without end": (
        f"extract: {{drop: ['{'a' * 1001}']}}",
        "9: extract.drop.0: ",
        "at most 1,000 char",
    ),
    "date rule as text": (
        "extract: {published: time}",
        "9: extract.published: must be a map",
        '{css: "time.date"}',
    ),
    "date rule without css": (
        "extract: {published: {}}",
        "9: extract.published.css: is missing",
        "CSS selector",
    ),
    "date format without a day": (
        "extract: {published: {css: b, format: '%Y'}}",
        "9: extract.published.format",
        "%d",
    ),
    "date format of another tool": (
        "extract: {published: {css: b, format: '%e %b'}}",
        "9: extract.pub",
        "%e is not",
    ),
    "pattern that is none": (
        "articles: {include: ['(']}",
        "9: articles.include.0: '(' is not a regular",
        "missing )",
    ),
    "pattern that takes for ever": (
        r"articles: {include: ['^(\w+)*$']}",
        "9: articles.include.0",
        "take for ever",
    ),
    "pattern with a doubtful set": (
        "articles: {include: ['[[a]']}",
        "9: articles.include.0: '[[a]'",
        "nested set",
    ),
    "pattern without end": (
        f"articles: {{identity: '{'a' * 1001}'}}",
        "9: articles.identity: ",
        "at most 1,000",
    ),
    "rewrite as one pair": (
        "articles: {rewrite: [a]}",
        "9: articles.rewrite.0: must be a list",
        "[['^/amp/', '/",
    ),
    "rewrite without replacement": (
        "articles: {rewrite: [[a]]}",
        "9: articles.rewrite.0.1: is missing",
        "pairs",
    ),
    "rewrite with three parts": (
        "articles: {rewrite: [[a, b, c]]}",
        "9: articles.rewrite.0: takes at",
        "pairs",
    ),
    "rewrite of a group that is none": (
        r"articles: {rewrite: [[a, '\1']]}",
        "9: articles.rewrite.0: '\\1'",
        "group",
    ),
    "age that is a word": (
        "articles: {max_age_days: yes}",
        "9: articles.max_age_days: must be a number",
        "not true",
    ),
    "age that never ends": ("articles: {max_age_days: .inf}", "9: articles.max_age_days: must be", "finite"),
    "age of nothing": ("articles: {max_age_days: 0}", "9: articles.max_age_days: ", "more than 0, not 0"),
    "delay below zero": ("politeness: {delay: -1}", "9: politeness.delay: must be at least 0", "not -1"),
    "half a request": (
        "politeness: {concurrency: 1.5}",
        "9: politeness.concurrency: ",
        "whole number, not 1.5",
    ),
    "too many requests": (
        "politeness: {concurrency: 99}",
        "9: politeness.concurrency: ",
        "at most 16, not 99",
    ),
    "schedule without unit": (
        "schedule: {every: 15}",
        "9: schedule.every: 15 is not a span",
        "90s, 15m, 2h or 1d",
    ),
    "schedule of no time": ("schedule: {every: 0s}", "9: schedule.every: '0s' is not between", "1s and 366d"),
    "schedule of ages": ("schedule: {every: 999999d}", "9: schedule.every: '999999d' is not", "1s and 366d"),
    "zone that is none": (
        "timezone: Asia/Soeul",
        "9: timezone: 'Asia/Soeul' is not an IANA",
        '"Asia/Seoul"?',
    ),
    "zone that resembles none": (
        "timezone: ../../etc/passwd",
        "9: timezone: ",
        "write one like Asia/Seoul, or UTC",
    ),
    "neither yes nor no": ("enabled: maybe", "9: enabled: must be true or false", "not 'maybe'"),
    "example that the rules refuse": (
        "articles:\n  include: [^/news/]\n  examples:\n  - url: https://gazette.example/sport/1",
        "12: articles.examples.0: 'https://gazette.example/sport/1' is refused",
        "by include and exclude",
    ),
    "example that is no article": (
        "articles:\n  examples:\n  - {url: https://gazette.example/, article: false}",
        "11: articles.examples.0: ",
        "is taken for an article",
    ),
    "example of another identity": (
        "articles:\n  identity: '-(\\d+)$'\n  examples:\n  - {url: 'https://x.example/a-12', identity: '1'}",
        "12: articles.examples.0: ",
        "gives the identity '12', not '1'",
    ),
    "tag": (
        "timezone: !!python/name:os.system UTC",
        "9: has the tag '!!python/name:os.system'",
        "leave out tags",
    ),
    "anchor": ("articles: &x {}", "9: has the anchor &x", "write things out"),
    "alias": ("articles: *x", "9: repeats what is written elsewhere", "write it out"),
    "list for a key": ("? [a]\n: b", "9: has a list", "keys are words"),
    "second document": (
        "---\nid: x",
        "9: begins a second document (---)",
        "a list of outlets, or one file for",
    ),
    "tab": ("articles:\n\tinclude: []", "10: is not YAML from column 1 on", "indent with spaces"),
    "colon": ("timezone: a: b", "9: is not YAML from column 12 on", "in 'single quotes'"),
    "pattern in double quotes": (r'articles: {include: ["\d"]}', "9: is not YAML from", "backslash"),
    "quote that is never closed": ("name: 'x\ny: z", "11: is not YAML from", "from line 9"),
    "character that YAML does not allow": ("name: \x07", "9: holds a character", "U+0007"),
}


@pytest.mark.parametrize(("text", "where", "advice"), BEHIND.values(), ids=BEHIND.keys())
def test_a_mistake_names_file_line_and_key_and_says_what_would_be_right(
    tmp_path: Path, text: str, where: str, advice: str
) -> None:
    (mistake,) = mistakes_of(written(tmp_path, gazette=f"{SMALLEST}{text}\n"))
    assert mistake.startswith(f"gazette.yaml:{where}")
    assert advice in mistake


# What stands in the smallest file, what is written there instead, and what is told of it.
INSTEAD = {
    "missing key": ("country: KR\n", "", "1: country: is missing", "two capitals, like KR, or INT"),
    "id in capitals": ("id: gazette", "id: Gazette", "1: id: must not be 'Gazette'", "lower case"),
    "id that is a number": (
        "id: gazette",
        "id: 2024",
        "1: id: must be text, but YAML reads 2024 as a num",
        '"2024"',
    ),
    "id that is a date": (
        "id: gazette",
        "id: 2024-01-01",
        "1: id: must be text, but YAML reads 2024-01-01",
        "a date",
    ),
    "name of nothing": ("The Gazette", "", "2: name: is empty", "give what people call it"),
    "name of blanks": ("The Gazette", "' '", "2: name: ", "text on one line"),
    "name on two lines": ("The Gazette", '"a\\nb"', "2: name: ", "text on one line"),
    "kind that is none": (
        "newspaper",
        "newpaper",
        "3: kind: must be 'un', 'wire',",
        'did you mean "newspaper"?',
    ),
    "home without scheme": (
        "https://gazette.example/\n",
        "gazette.example\n",
        "4: home: 'gazette.example' is",
        "https",
    ),
    "home with a password": (
        "https://gazette.example/\n",
        "https://a:b@c.example/\n",
        "4: home: ",
        "password",
    ),
    "languages as text": ("[en]", "en", "5: languages: must be a list", "like [en, fr]"),
    "no language": ("[en]", "[]", "5: languages: needs at least 1", "like [en, fr]"),
    "language by name": ("[en]", "[english]", "5: languages.0: must not be 'english'", "ISO 639-1"),
    "Norwegian": (
        "[en]",
        "[no]",
        "5: languages.0: must be text, but YAML reads no as false",
        'quote it, "no"',
    ),
    "Norway": ("KR", "NO", "6: country: must be text, but YAML reads NO as false", 'quote it, "NO"'),
    "country by name": ("KR", "Korea", "6: country: must not be 'Korea'", "two capitals, like KR"),
    "United Kingdom": ("KR", "UK", "6: country: 'UK' is not", "is GB"),
    "no discovery": (
        "discover:\n  - feed: https://gazette.example/rss.xml",
        "discover: []",
        "7: discover: ",
        "- feed:",
    ),
    "discovery as address": (
        "- feed: ",
        "- ",
        "8: discover.0: must be a mapping like feed: https",
        "rss.xml'",
    ),
    "discovery of no kind": (
        "- feed: ",
        "- feeds: ",
        "8: discover.0: needs one of feed, sit",
        'did you mean "feed"?',
    ),
    "discovery of two kinds": (
        "rss.xml",
        "r\n    api: x",
        "8: discover.0: has feed and api",
        "an entry of its own",
    ),
    "feed to be filled in": ("rss.xml", "{lang}/rss", "8: discover.0.feed: ", "{lang} to be filled in"),
    "feed with a blank": ("rss.xml", "r s", "8: discover.0.feed: ", "is not an address: write it in full"),
    "feed on port 0": ("example/rss.xml", "example:0/", "8: discover.0.feed: ", "is not an address"),
    "feed with links": (
        "rss.xml",
        "r\n    links: a",
        "9: discover.0.links: is not a key",
        "the keys are feed",
    ),
    "api without type": (
        "- feed: ",
        "- api: ",
        "8: discover.0.type: is missing",
        "wordpress, govuk or reliefweb",
    ),
    "selector of links": (
        "- feed: https://gazette.example/rss.xml",
        "- listing: https://gazette.example/\n    links: 'div['",
        "9: discover.0.links: 'div[' is not a CSS selector: ",
        "Expected ident",
    ),
    "pages without n": (
        "- feed: https://gazette.example/rss.xml",
        "- listing: https://gazette.example/\n    pages: '?page=2'",
        "9: discover.0.pages: needs {n}",
        "?page={n} or index_{n}.html",
    ),
    "paging without pages": (
        "- feed: https://gazette.example/rss.xml",
        "- listing: https://gazette.example/\n    links: a\n    max_pages: 3",
        "10: discover.0.max_pages: needs pages",
        '"?page={n}"',
    ),
}


@pytest.mark.parametrize(("right", "wrong", "where", "advice"), INSTEAD.values(), ids=INSTEAD.keys())
def test_a_wrong_value_is_told_with_its_place_and_the_right_form(
    tmp_path: Path, right: str, wrong: str, where: str, advice: str
) -> None:
    assert SMALLEST.count(right) == 1
    (mistake,) = mistakes_of(written(tmp_path, gazette=SMALLEST.replace(right, wrong)))
    assert mistake.startswith(f"gazette.yaml:{where}")
    assert advice in mistake


WHOLE_FILES = {
    "empty": (b"", ":1: is empty: write an outlet into it"),
    "comments only": (b"# nothing\n", ":1: is empty: write an outlet into it"),
    "empty list": (b"[]", ":1: is empty: write an outlet into it"),
    "plain text": (
        b"\n\nhello",
        ":3: must hold an outlet (id: …, name: …) or a list of outlets, not 'hello'",
    ),
    "list of words": (b"\n- hello", ":2: 0: must be a mapping (key: value), not 'hello'"),
    "not UTF-8": (
        b"id: x\nname: caf\xe9\n",
        ":2: is not UTF-8 (byte 0xe9 is not): save it with that encoding",
    ),
    "UTF-16": ("id: x".encode("utf-16"), ":1: is not UTF-8 (byte 0xff is not): save it with that encoding"),
    "too large": (b"#" * 1_000_001, ":1: is larger than 1 MB: split it into several files"),
    "too many values": (b"[" + b"a," * 100_000 + b"]", ":1: holds more than 50,000 values: split it into"),
    "too deep": (b"[" * 900_000, ":1: is nested deeper than 20 levels"),
    "too deep in blocks": (b"- " * 400_000, ":1: is nested deeper than 20 levels"),
    "laughs": (
        b"a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\n",
        ":1: has the anchor &a: write things out instead",
    ),
}


@pytest.mark.parametrize(("data", "told"), WHOLE_FILES.values(), ids=WHOLE_FILES.keys())
@pytest.mark.timeout(20)
def test_a_file_that_holds_no_outlet_is_told_in_one_line(tmp_path: Path, data: bytes, told: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(data)
    (mistake,) = mistakes_of(file)
    assert mistake.startswith(f"{file}{told}")


def test_all_mistakes_of_a_folder_are_told_at_once_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    written(
        tmp_path,
        a=SMALLEST.replace("KR", "NO").replace("newspaper", "paper"),
        b="id: [",
        c=SMALLEST.replace("gazette\n", "other\n"),
        d=SMALLEST + "x: 1\ny: 2\n",
    )
    places = [mistake.split(" ")[:2] for mistake in mistakes_of(tmp_path)]
    assert places == [
        ["a.yaml:3:", "kind:"],
        ["a.yaml:6:", "country:"],
        ["b.yaml:2:", "is"],
        ["d.yaml:1:", "id:"],
        ["d.yaml:9:", "x:"],
        ["d.yaml:10:", "y:"],
    ]


def test_an_id_that_two_files_use_is_told_with_both(tmp_path: Path) -> None:
    (mistake,) = mistakes_of(written(tmp_path, a=SMALLEST, b=f"# again\n{SMALLEST}"))
    first = tmp_path / "a.yaml"
    assert (
        mistake
        == f"b.yaml:2: id: 'gazette' is the id of another outlet already, in {first}:1: every id is unique"
    )


def test_an_id_that_stands_twice_in_one_list_is_told_with_its_place(tmp_path: Path) -> None:
    one = "- {id: x, name: X, kind: un, home: 'https://x.example/', languages: [en], country: INT,\n"
    one += "   discover: [{feed: 'https://x.example/rss'}]}\n"
    (mistake,) = mistakes_of(written(tmp_path, several=one + one))
    assert mistake.startswith("several.yaml:3: 1.id: 'x' is the id of another outlet already, in ")
    assert f"{tmp_path / 'several.yaml'}:1" in mistake


def test_a_file_of_a_thousand_mistakes_tells_the_first_fifty(tmp_path: Path) -> None:
    unknown = "".join(f"k{n}: 1\n" for n in range(1000))
    told = mistakes_of(written(tmp_path, gazette=SMALLEST + unknown))
    assert len(told) == 51
    assert told[-1].endswith("and 950 more mistakes up to here")


def test_one_wrong_entry_does_not_make_its_list_too_short(tmp_path: Path) -> None:
    told = mistakes_of(written(tmp_path, gazette=SMALLEST.replace("[en]", "[e]")))
    assert [mistake.split(" ")[1] for mistake in told] == ["languages.0:"]


def test_what_is_shown_of_a_long_value_is_short(tmp_path: Path) -> None:
    (mistake,) = mistakes_of(written(tmp_path, gazette=f"{SMALLEST}timezone: {'A' * 50_000}\n"))
    assert len(mistake) < 300


def test_an_empty_folder_a_missing_one_and_a_link_to_nowhere_are_told(tmp_path: Path) -> None:
    assert mistakes_of(tmp_path) == [f"{tmp_path}: holds no outlet file (*.yaml or *.yml)"]
    missing = tmp_path / "missing"
    assert mistakes_of(missing) == [f"{missing}: there is no such file or folder of outlets"]
    (tmp_path / "x.yaml").symlink_to(missing)
    assert mistakes_of(tmp_path) == ["x.yaml:1: is not a file that can be read"]
