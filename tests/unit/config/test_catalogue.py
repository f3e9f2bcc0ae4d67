"""A catalogue is read from a file, a folder or the package, and finds outlets by id and by address."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.catalogue import Catalogue, load_catalogue
from config.errors import CatalogueError, ConfigError
from config.outlet import Outlet
from tests.shared import SHARED, needs_shared
from tests.unit.config.outlets import SMALLEST, any_yaml, dumped, outlet_mappings, written


def outlet_text(id_: str, home: str = "https://gazette.example/", extra: str = "") -> str:
    text = SMALLEST.replace("id: gazette", f"id: {id_}").replace(
        "home: https://gazette.example/", f"home: {home}"
    )
    return text + extra


def test_the_bundled_catalogue_has_forty_outlets_each_in_a_file_of_its_name() -> None:
    catalogue = load_catalogue(None)
    assert len(catalogue) >= 40
    assert [Path(catalogue.source(outlet.id)).name for outlet in catalogue] == [
        f"{o.id}.yaml" for o in catalogue
    ]


@needs_shared
def test_the_example_of_the_contract_loads_exactly(tmp_path: Path) -> None:
    text = (SHARED / "CONTRACT.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    (outlet,) = load_catalogue(written(tmp_path, aljazeera=text))
    assert outlet.model_dump(mode="json") == {
        "id": "aljazeera",
        "name": "Al Jazeera English",
        "kind": "broadcaster",
        "home": "https://www.aljazeera.com/",
        "languages": ["en"],
        "country": "QA",
        "timezone": "Asia/Qatar",
        "discover": [
            {"feed": "https://www.aljazeera.com/xml/rss/all.xml"},
            {"sitemap": "https://www.aljazeera.com/news-sitemap.xml"},
            {
                "listing": "https://www.aljazeera.com/where/north-korea/",
                "links": "a.u-clickable-card__link",
                "pages": "?page={n}",
                "first": 2,
                "max_pages": 3,
            },
            {"api": "https://www.aljazeera.com/wp-json/wp/v2/posts", "type": "wordpress"},
        ],
        "articles": {
            "include": [r"^/[a-z-]+/\d{4}/\d{1,2}/\d{1,2}/"],
            "exclude": ["/liveblog/"],
            "rewrite": [["^/feed/view/", "/"]],
            "identity": "-([0-9a-f]{32})$",
            "max_age_days": 30,
            "examples": [],
        },
        "extract": {
            "body": ["div.wysiwyg--all-content"],
            "drop": [".more-on", "div.article-source"],
            "title": ["main h1"],
            "published": {"css": "div.article-dates .date-simple", "format": "%d %b %Y"},
            "origin": {"css": "a.original-source"},
        },
        "politeness": {"delay": 5.0, "concurrency": 1},
        "schedule": {"every": "PT15M"},
        "revisit": {"after": ["PT1H", "PT6H", "P1D", "P3D", "P7D", "P30D"]},
        "enabled": True,
    }


def test_a_folder_gives_its_yaml_files_and_nothing_below_or_hidden(tmp_path: Path) -> None:
    written(tmp_path, b=outlet_text("bee"))
    (tmp_path / "z.yml").write_text(
        f"- {outlet_text('ant').replace(chr(10), chr(10) + '  ')}", encoding="utf-8"
    )
    for ignored in (".hidden.yaml", "notes.txt", "x.yaml.orig"):
        (tmp_path / ignored).write_text("[", encoding="utf-8")
    (tmp_path / "below.yaml").mkdir()
    (tmp_path / "below.yaml" / "x.yaml").write_text("[", encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert [outlet.id for outlet in catalogue] == ["ant", "bee"]
    assert catalogue.source("ant") == str(tmp_path / "z.yml")


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + SMALLEST.replace("\n", "\r\n").encode())
    assert load_catalogue(file).get("gazette") is not None


def catalogue_of(tmp_path: Path, *texts: str) -> Catalogue:
    return load_catalogue(written(tmp_path, **{f"f{n}": text for n, text in enumerate(texts)}))


def test_outlets_are_selected_by_id_once_each_and_in_the_order_named(tmp_path: Path) -> None:
    catalogue = catalogue_of(
        tmp_path, outlet_text("a"), outlet_text("b", extra="enabled: false\n"), outlet_text("c")
    )
    assert [outlet.id for outlet in catalogue.select([])] == ["a", "c"]
    assert [outlet.id for outlet in catalogue.select(["c", "b", "c"])] == ["c", "b"]
    assert [outlet.id for outlet in catalogue.enabled] == ["a", "c"]


def test_unknown_ids_are_all_named_with_what_was_meant(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, outlet_text("un_news"), outlet_text("yonhap"))
    with pytest.raises(
        ConfigError, match=r"'un-news', did you mean \"un_news\"\?; 'zzz' \(wirewatch outlets list"
    ):
        catalogue.select(["yonhap", "un-news", "zzz"])


@pytest.mark.parametrize(
    ("url", "id_"),
    [
        ("https://daily.example/a", "daily"),
        ("http://www.daily.example/a", "daily"),
        ("https://AMP.Daily.example./a", "daily"),
        ("https://m.daily.example/a", "daily"),
        ("https://feeds.daily-cdn.example/a", "daily"),
        ("https://edition.example/en/1", "edition-en"),
        ("https://edition.example/ko/1", "edition-ko"),
        ("https://edition.example/about", "edition-all"),
        ("https://other.daily.example/a", None),
        ("https://nowhere.example/", None),
        ("https://m.example/", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_the_outlet_of_an_address_is_the_one_on_its_host_whose_rules_take_it(
    tmp_path: Path, url: str, id_: str | None
) -> None:
    daily = outlet_text("daily", "https://www.daily.example/")
    english = outlet_text("edition-en", "https://edition.example/en/", "articles: {include: [^/en/]}\n")
    catalogue = catalogue_of(
        tmp_path,
        daily.replace("feed: https://gazette.example", "feed: https://feeds.daily-cdn.example"),
        english,
        english.replace("edition-en", "edition-ko").replace("/en/", "/ko/"),
        english.replace("edition-en", "edition-all")
        .replace("example/en/", "example/")
        .replace("^/en/", "^/x/"),
    )
    found = catalogue.for_url(url)
    assert (found and found.id) == id_


@given(mapping=outlet_mappings, flow=st.sampled_from([True, False, None]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
def test_what_is_written_out_is_read_back_the_same(
    tmp_path: Path, mapping: dict[str, object], flow: bool | None
) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(dumped(mapping, flow=flow), encoding="utf-8")
    assert load_catalogue(file).outlets == (Outlet.model_validate(mapping),)


def told_in_plain_lines(file: Path) -> None:
    try:
        load_catalogue(file)
    except CatalogueError as error:
        for mistake in error.mistakes:
            assert mistake.startswith(f"{file}:")
            assert mistake.isprintable()
            assert not any(
                word in mistake for word in ("pydantic", "Input should", "Value error", "validation error")
            )


@given(
    data=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
def test_any_bytes_are_read_or_told(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(data)
    told_in_plain_lines(file)


@given(mapping=outlet_mappings, key=st.sampled_from([*Outlet.model_fields]), wrong=any_yaml)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
def test_any_value_under_any_key_is_read_or_told(
    tmp_path: Path, mapping: dict[str, object], key: str, wrong: object
) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(dumped({**mapping, key: wrong}), encoding="utf-8")
    told_in_plain_lines(file)


@given(value=any_yaml)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
def test_any_yaml_is_read_or_told(tmp_path: Path, value: object) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(dumped(value), encoding="utf-8")
    told_in_plain_lines(file)
