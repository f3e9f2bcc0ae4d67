"""Whom texts credit, and whom they only mention."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.credits import RULES, Credit, CreditRule, Where, distinct, found, names_in


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.what}: {rule.example[:30]}")
def test_each_rule_takes_its_example_and_spares_what_looks_like_it(rule: CreditRule) -> None:
    assert rule.pattern.search(rule.example)
    assert tuple(credit.name for credit in found(rule.example, rule.where)) == rule.names
    assert not rule.spares or not found(rule.spares, rule.where)


def names(text: str, where: Where) -> list[str]:
    return [credit.name for credit in found(text, where)]


@pytest.mark.parametrize(
    ("line", "credited"),
    [
        ("NAIROBI (AFP) - Talks began.", ["AFP"]),
        ("LA CROSSE, Wis. (AP) — Talks began.", ["AP"]),
        ("BEIRUT/THE HAGUE, March 7 (Reuters) - Talks began.", ["Reuters"]),
        ("Celrá (Girona), 23 may (EFE). Empiezan las conversaciones.", ["EFE"]),
        ("Halle (dpa/sa) - Gespräche beginnen.", ["dpa"]),
        ("دمشق، سوريا (CNN) -- بدأت المحادثات", ["CNN"]),
        ("القاهرة (رويترز) - بدأت المحادثات", ["رويترز"]),
        ("ANKARA (AA) - Görüşmeler başladı.", ["AA"]),
        ("Praha 3. května (ČTK) - Jednání začala.", ["ČTK"]),
        ("SPRINGFIELD (Example News Service) — Talks began.", ["Example News Service"]),
        ("SPRINGFIELD, Ill. (WXYZ) – Talks began.", ["WXYZ"]),
        ("中新网北京5月3日电 (记者 王小明)", ["中新网"]),
        ("（中央社記者王小明台北3日電）會談開始。", ["中央社"]),
        ("【6月18日 AFP】会談が始まった。", ["AFP"]),
        ("［東京　３日　ロイター］ - 会談が始まった。", ["ロイター"]),
        ("[서울=뉴시스] 회담이 시작됐다.", ["뉴시스"]),
    ],
)
def test_datelines_credit_their_agency(line: str, credited: list[str]) -> None:
    assert names(line, "opening") == credited


@pytest.mark.parametrize(
    "line",
    [
        "PARIS (France) — Talks began.",
        "GENEVA (28 May 2020) – Talks began.",
        "LONDON (UK) - Talks began.",
        "The World Health Organization (WHO) - a body of the UN - met.",
        "The Associated Press (AP) - reported it first.",
        "The two sides met in Vienna (Reuters) said on Monday.",
        "Anna Example (SPD) - Ministerin seit 2021 - geht.",
        "The code is at https://code.example.com/a/b.",
        "【注意】会談は延期された。",
        "[속보] 회담이 시작됐다.",
        "(Photo: AFP) - The bridge.",
    ],
)
def test_other_brackets_at_the_beginning_credit_nobody(line: str) -> None:
    assert names(line, "opening") == []


@pytest.mark.parametrize(
    ("line", "where", "credited"),
    [
        ("They were sent back.” (Antara/Jane Example)", "closing", ["Antara"]),
        ("… (Foto: dpa)", "closing", []),
        ("(사진=연합뉴스)", "closing", []),
        ("He spoke to Reuters.", "closing", []),
        ("© dpa-infocom, dpa:240516-99-53606/3 (dpa)", "line", ["dpa-infocom"]),
        ("Quelle: Getty Images/Example", "line", []),
        ("Source: Russian ministry, October 25, 2019", "line", ["Russian ministry"]),
        ("First published in The Conversation.", "line", ["The Conversation"]),
        ("First published on: 22-03-2023 at 10:50 IST", "line", []),
        ("Originally published in March 2022. Last updated on May 3.", "line", []),
        ("With files from The Canadian Press", "line", ["The Canadian Press"]),
        ("Con información de EFE y Europa Press", "line", ["EFE", "Europa Press"]),
        ("Par Jane Example pour Le Jour (avec AFP)", "byline", ["AFP"]),
        ("By Jane Example", "byline", []),
        ("JANE EXAMPLE and JOHN SAMPLE", "byline", []),
    ],
)
def test_lines_credit_whom_they_say(line: str, where: Where, credited: list[str]) -> None:
    assert names(line, where) == credited


def test_an_address_credits_its_site_and_is_the_origin() -> None:
    [credit] = found("Sumber: https://www.example.com/news/1?x=y", "line")
    assert credit == Credit("example.com", is_origin=True, address="https://www.example.com/news/1?x=y")


def test_one_agency_under_two_names_is_credited_once() -> None:
    assert distinct(["AFP", "Agence France-Presse", "Reuters", "رويترز", "Example", "example"]) == [
        "AFP",
        "Reuters",
        "Example",
    ]


def test_names_of_one_list_are_parted_and_initials_and_dates_left_out() -> None:
    assert names_in("beispiel.de, ter/dpa und AFP, 3 May") == ["beispiel.de", "dpa", "AFP"]


@pytest.mark.parametrize(
    ("listed", "parted"),
    [
        ("المنارة + وكالات", ["المنارة", "وكالات"]),
        ("المنارة ورويترز", ["المنارة", "رويترز"]),
        ("المنارة ووكالات", ["المنارة", "وكالات"]),
        ("المنارة و الأناضول، رويترز", ["المنارة", "الأناضول", "رويترز"]),
        ("وزارة الصحة والسكان", ["وزارة الصحة والسكان"]),
        ("Example+AFP", ["Example", "AFP"]),
        ("Example+ and AFP", ["Example+", "AFP"]),
        ("Example+", ["Example+"]),
    ],
)
def test_a_plus_and_an_arabic_and_part_names(listed: str, parted: list[str]) -> None:
    assert names_in(listed) == parted


@given(st.text(max_size=400), st.sampled_from(["opening", "closing", "line", "byline"]))
def test_whatever_a_line_says_a_credit_is_a_short_name(text: str, where: Where) -> None:
    assert all(0 < len(credit.name) <= 300 for credit in found(text, where))


@pytest.mark.parametrize("where", ["opening", "closing", "line", "byline"])
@pytest.mark.parametrize("piece", ["(", "A ", "AP/", "Source: ", "by AP, ", "— ", "originally published "])
def test_a_line_made_to_confuse_costs_little(piece: str, where: Where) -> None:
    began = perf_counter()
    found(piece * 5_000, where)
    found((piece * 400)[:310], where)
    assert perf_counter() - began < 1
