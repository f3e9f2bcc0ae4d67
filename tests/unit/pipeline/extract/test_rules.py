"""The table of rules holds what it says."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extract import rules
from pipeline.extract.agencies import KNOWN
from pipeline.extract.credits import RULES as CREDIT_RULES
from pipeline.extract.credits import CreditRule
from pipeline.extract.rules import RULES, Rule
from pipeline.extract.strings import weight

USUAL = st.characters(exclude_characters="ſKİı")
"""Letters but those that are other letters' twins to a pattern that ignores case."""


def taken(line: str) -> Rule | None:
    return rules.match(line, in_head=True, in_tail=True)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.reason}: {rule.example}")
def test_a_rule_takes_its_example_for_its_reason(rule: Rule) -> None:
    assert rule.pattern.search(rule.example)
    found = taken(rule.example)
    assert found is not None
    assert found.reason == rule.reason


@pytest.mark.parametrize(
    "rule", [r for r in (*RULES, *CREDIT_RULES) if r.holds], ids=lambda rule: rule.example
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_a_pattern_takes_holds_one_of_its_words(rule: Rule | CreditRule, data: st.DataObject) -> None:
    pattern = re.compile(rule.pattern.pattern.replace(KNOWN.pattern, "AFP"), re.IGNORECASE)
    match = pattern.search(data.draw(st.from_regex(pattern, alphabet=USUAL)))
    assert match is not None
    assert any(word in match[0].lower() for word in rule.holds)


@pytest.mark.parametrize("rule", [r for r in RULES if not r.holds], ids=lambda rule: rule.example)
def test_a_pattern_that_is_asked_of_every_line_begins_where_the_line_does(rule: Rule) -> None:
    within = rule.pattern.search(f"Twelve\n{rule.example}")
    assert within is None or within.start() == 0


@settings(max_examples=200, deadline=None)
@given(
    line=st.sampled_from([line for r in RULES for line in (r.example, r.spares, r.example + " and so on")])
    | st.text(max_size=200),
    in_head=st.booleans(),
    in_tail=st.booleans(),
)
def test_asking_all_rules_at_once_finds_what_asking_them_one_by_one_does(
    line: str, in_head: bool, in_tail: bool
) -> None:
    asked = (r for r in RULES if {"any": True, "head": in_head, "tail": in_tail}[r.place])
    first = next((r for r in asked if weight(line) <= r.longest and r.pattern.search(line)), None)
    assert rules.match(line, in_head=in_head, in_tail=in_tail) is first


@pytest.mark.parametrize("rule", [r for r in RULES if r.spares], ids=lambda rule: rule.spares)
def test_a_rule_spares_what_only_looks_like_it(rule: Rule) -> None:
    assert taken(rule.spares) is None


@pytest.mark.parametrize(
    "line",
    [
        "SEOUL, Aug. 20 (Agency) -- The council met on Tuesday.",
        "[Proposed dialogue with Europe]",
        "1. The delegation arrived on time.",
        "Tagged birds return every spring to the same marsh, the station found.",
        "By the end of the day nobody had left.",
        "“Follow us,” the guide called, and they did.",
        "新华社北京5月1日电 外交部发言人表示，会谈将继续。",
    ],
)
def test_sentences_and_sub_heads_stay(line: str) -> None:
    assert taken(line) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Source: Example Agency and correspondents", "Example Agency and correspondents"),
        ("(Source: Ministry of Trade (EN))", "Ministry of Trade (EN)"),
        ("来源：新华社", "新华社"),
        ("Quelle: dpa", "dpa"),
        ("出典：共同通信", "共同通信"),
        ("Джерело: Укрінформ", "Укрінформ"),
        ("منبع: ایرنا", "ایرنا"),
    ],
)
def test_a_source_line_credits_in_its_own_words(line: str, names: str) -> None:
    assert rules.credited(line) == names


def test_a_sentence_about_sources_credits_nobody() -> None:
    assert rules.credited("Sources: nobody knows. Experts guess.") is None
