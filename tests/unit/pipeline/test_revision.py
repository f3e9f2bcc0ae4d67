"""What kinds of change a revision is, and when it is none."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from pipeline.normalise import clean_text
from pipeline.notes import CORRECTIONS, COUNTERS, Note, is_correction, is_counter
from pipeline.records import Change, Dropped
from pipeline.revision import change_of, told
from tests.shared import SHARED, needs_shared

LEAD = "The ferry sank off the northern coast before dawn on its way to the islands."
BODY = "Fishermen pulled survivors out of the water.\nThe harbour master ordered an inquiry into the loading."
LATER = "The owner of the ferry said on the radio that the hull had been inspected only three weeks earlier."


@cache
def revision_pairs() -> list[dict[str, Any]]:
    with (SHARED / "pairs" / "dev.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if '"label": "revision"' in line]


def kinds(before: str, after: str, language: str = "en") -> set[str]:
    return {str(kind) for kind in change_of(("Head", "Head"), (before, after), language).kinds}


@pytest.mark.parametrize(
    ("before", "after", "language"),
    [
        ("At least 12 people died.", "At least 17 people died.", "en"),
        ("Two people died in the fire.", "Three people died in the fire.", "en"),
        ("It happened on Monday in the north.", "It happened on Tuesday in the north.", "en"),
        ("The town lies 30 km from here.", "The town lies thirty-one km from here.", "en"),
        ("Murieron dos personas en el incendio.", "Murieron tres personas en el incendio.", "es"),
        ("Bei dem Brand starb ein Mann.", "Bei dem Brand starben zwei Mann.", "xx"),
        ("火灾造成三人死亡。", "火灾造成五人死亡。", "zh"),
        ("화재로 3명이 숨졌다.", "화재로 5명이 숨졌다.", "ko"),
        ("قتل ثلاثة أشخاص في الحريق", "قتل خمسة أشخاص في الحريق", "ar"),
        ("Погибли два человека в пожаре.", "Погибли три человека в пожаре.", "ru"),
    ],
)
def test_other_figures_are_numbers(before: str, after: str, language: str) -> None:
    found = kinds(before, after, language)
    assert "numbers" in found
    assert found <= {"numbers", "wording"}


def test_an_article_is_no_figure_by_itself() -> None:
    assert kinds("Vino un hombre solo.", "Vino una hombre solo.", "es") == {"wording"}


def test_another_name_is_a_name() -> None:
    assert kinds("The mayor, Ana Lopes, resigned.", "The mayor, Ana Lopez, resigned.") == {"names"}
    assert kinds("He met Karim there.", "He met Abdul al Karim there.") >= {"wording"}


def test_a_word_that_opens_a_sentence_is_no_name() -> None:
    assert kinds("They went home early.", "We went home early.") == {"wording"}


def test_german_nouns_are_no_names() -> None:
    assert kinds("Das alte Haus brannte ab.", "Das alte Gebäude brannte ab.", "de") == {"wording"}


def test_more_matter_is_an_extension_and_less_a_cut() -> None:
    assert kinds(f"{LEAD}\n{BODY}", f"{LEAD}\n{BODY}\n{LATER}") == {"extension"}
    assert kinds(f"{LEAD}\n{BODY}\n{LATER}", f"{LEAD}\n{LATER}") == {"cut"}
    assert kinds(f"{LEAD}\n{BODY}", f"{LATER}\n{LEAD}") == {"extension", "cut"}


def test_a_word_more_is_wording() -> None:
    assert kinds("The old ferry sank.", "The very old ferry sank.") == {"wording"}


def test_a_paragraph_that_moved_is_neither_more_nor_less() -> None:
    assert kinds(f"{LEAD}\n{BODY}\n{LATER}", f"{LATER}\n{LEAD}\n{BODY}") == {"wording"}


def test_a_correction_note_is_no_extension() -> None:
    note = "Correction: An earlier version gave a wrong number of survivors. It has been put right above."
    assert kinds(f"{LEAD}\n{BODY}", f"{LEAD}\n{BODY}\n{note}") == {"correction"}
    assert kinds(f"12 died.\n{BODY}", f"17 died.\n{BODY}\n{note}") == {"correction", "numbers"}


def test_a_title_alone_is_a_title() -> None:
    assert change_of(("Ferry sinks", "Ferry sinks, 12 dead"), (LEAD, LEAD), "en") == Change(("title",), 0, 0)  # type: ignore[arg-type]


def test_a_title_can_say_that_it_corrects() -> None:
    change = change_of(("Ferry sinks", "CORRECTED: Ferry sinks"), (LEAD, LEAD), "en")
    assert change.kinds == ("title", "correction")


def test_the_figures_count_words_that_came_and_went() -> None:
    change = change_of(("", ""), ("Two men died here.", "Three men and a boy died here."), "en")
    assert (change.added, change.removed) == (4, 1)


def test_a_huge_rewrite_is_judged_by_what_is_looked_at() -> None:
    before, after = ("\n".join(f"{word} {n}" for n in range(60_000)) for word in ("alpha", "omega"))
    assert change_of(("", ""), (before, after), "en").added < 60_000


@pytest.mark.parametrize(
    "line",
    [
        "Korrekturvermerk: Die Zahl der Boote wurde berichtigt.",
        "Hinweis: In einer früheren Version dieses Artikels stand eine falsche Zahl.",
        "Dieser Artikel wurde nachträglich korrigiert.",
        "Mise à jour : une version antérieure de cet article indiquait un autre chiffre.",
        "Correctif : le chiffre était faux.",
        "Nota di correzione: il numero delle barche era sbagliato.",
        "Questo articolo è stato corretto.",
        "Nota de correção: o número de barcos estava errado.",
        "A primeira versão deste texto informava outro número.",
        "В предыдущей редакции текста была указана другая цифра.",
        "В тексте исправлена ошибка.",
        "تم تصحيح هذا الخبر بعد نشره.",
        "【更正声明】昨日报道中的数字有误。",
        "來函更正：昨日報導數字有誤。",
        "[정정보도문] 배의 수가 잘못되었습니다.",
        "정정 안내: 이전 기사에 잘못된 숫자가 있었습니다.",
        "〈訂正〉記事中の船の数に誤りがありました。",
        "当初配信した記事の数字に誤りがありました。",
        "Berita ini telah diralat.",
        "Pada versi berita sebelumnya jumlah kapal salah.",
        "Düzeltme ve özür: Teknelerin sayısı yanlıştı.",
        "Correctienoot: het aantal boten klopte niet.",
        "Dit artikel is gecorrigeerd.",
        "Nota redakcyjna: w poprzedniej wersji podano złą liczbę łodzi.",
        "Artykuł został poprawiony.",
    ],
)
def test_correction_notes_are_known_by_their_compounds_and_by_what_they_say(line: str) -> None:
    assert is_correction(line)
    assert kinds("Zwölf Boote.", f"Zwölf Boote.\n{line}", "de") == {"correction"}


@pytest.mark.parametrize("note", CORRECTIONS, ids=lambda note: note.language)
def test_each_correction_note_takes_its_example(note: Note) -> None:
    assert note.pattern.search(note.example)
    assert not note.spares or not is_correction(note.spares)


@pytest.mark.parametrize("note", COUNTERS, ids=lambda note: note.example)
def test_each_counter_takes_its_example(note: Note) -> None:
    assert note.pattern.search(note.example)
    assert not is_counter(note.spares)


@pytest.mark.parametrize(
    "line", ["阅读 1204 次", "조회수 1,204", "Просмотров: 310", "il y a 3 heures", "5分前"]
)
def test_counters_of_other_languages_are_known(line: str) -> None:
    assert is_counter(line)


@pytest.mark.parametrize("line", ["5 days", "3日", "12 dead", "Views on the war differ by 10 points", ""])
def test_a_short_line_is_not_yet_a_counter(line: str) -> None:
    assert not is_counter(line)


def test_a_counter_that_went_up_is_boilerplate() -> None:
    texts = told(f"{LEAD}\n1,204 views", f"{LEAD}\n1,377 views", ())
    assert texts.only_aside
    assert set(texts.aside) == {"1,204 views", "1,377 views"}


def test_a_line_that_is_now_taken_out_of_the_page_is_boilerplate() -> None:
    assert told(f"{LEAD}\nFollow us", LEAD, [Dropped("Follow us", "follow us")]).only_aside


def test_a_line_that_went_from_the_page_is_not() -> None:
    assert not told(f"{LEAD}\nFollow us", LEAD, ()).only_aside


def test_a_line_that_came_is_never_left_out_for_standing_elsewhere_too() -> None:
    texts = told(LEAD, f"{LEAD}\n{LATER}", [Dropped(LATER, "related")])
    assert not texts.only_aside
    assert LATER in texts.after


def test_a_text_that_is_nothing_but_boilerplate_is_not_the_same() -> None:
    assert not told(LEAD, LATER, [Dropped(LEAD, "related"), Dropped(LATER, "recurring: on 3")]).only_aside


@needs_shared
@pytest.mark.parametrize(
    ("kind", "wanted", "least"),
    [
        ("numbers", {"numbers"}, 1.0),
        ("newtop", {"extension"}, 0.95),
        ("correction", {"correction"}, 1.0),
        ("expanded", {"extension"}, 1.0),
        ("rolling", {"extension", "cut"}, 0.95),
    ],
)
def test_real_texts_that_were_revised_are_known_for_what_they_are(
    kind: str, wanted: set[str], least: float
) -> None:
    right = [
        wanted <= kinds(clean_text(p["a"]["text"]), clean_text(p["b"]["text"]), p["lang"])
        for p in revision_pairs()
        if p["kind"] == kind
    ]
    assert sum(right) >= least * len(right)
