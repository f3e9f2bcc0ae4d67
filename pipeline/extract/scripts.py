"""How likely a run of text was decoded with the right character set, judged by its letters."""

from __future__ import annotations

import re
from itertools import islice, pairwise

_FREQUENT = frozenset(
    # Simplified and traditional Chinese: the commonest characters of running text and of news.
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行"
    "学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其"
    "些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原月公无系军很情者最立代想已通并提直题党程展"
    "這個們來為國說時對過發後種經當開現動沒還進樣將長見書報導問話員會區總統關記東車門體學與從萬億據稱聯議題黨選舉"
    "新闻報日本社会記者政府中国美国北京香港台灣東京"
    "，。、「」：；？！（）《》“”"
    # Kana and the commonest Hangul syllables.
    "のにをはがでとたしいるてなれもかさっりあまくこきらけよすどせじみ"
    "이다는에을가의고하지를한은로도사기자서대인어리정시부해나스일있아보전과했원수장주상으라제국구관조게세만위유여들"
    "러경공신진비개동산"
)
_ALPHABET_FREQUENT = frozenset("оеаинтсрвлкмдпуяыьαοιετσνηυρκπλίόήάέώύςיוהלאתרבמשםןاليمنوترب")
"""The commonest letters of Russian, Greek, Hebrew and Arabic."""
_LATIN_ACCENTS = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœÿÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒąćęłńśźżőűčďěňřšťůžăâîșțşğıİŞĞĄĆĘŁŃŚŹŻČŘŠŽĐđ"
)
_MARKS = frozenset("“”‘’„‚–—…«»•·°€£§©®™´\u00a0¿¡½º")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3041-\u30fe]")
_RUN = re.compile(r"[^\x00-\x7f]+")
_BOUND = 4000


def plausibility(text: str) -> float:
    """Score a text: about 1 where its non-ASCII letters are those of running text, below 0 for gibberish."""
    total, count = 0.0, 0
    for run in islice(_RUN.finditer(text), _BOUND):
        before = text[run.start() - 1 : run.start()]
        after = text[run.end() : run.end() + 1]
        total += _run_score(run[0], touches_ascii=(before + after).isalpha() if before or after else False)
        count += len(run[0])
    return total / count if count else 0.0


def _run_score(run: str, *, touches_ascii: bool) -> float:
    score = sum(_char_score(c) for c in run)
    han, hangul, kana = len(_HAN.findall(run)), len(_HANGUL.findall(run)), len(_KANA.findall(run))
    if hangul and (han or kana):
        score -= 1.2 * (han + kana)
    letters = [c for c in run if c.isalpha()]
    if letters and max(letters) < "\u0250" and len(letters) > 2:
        score -= 1.5 * len(letters)  # Latin letters with accents do not stand in rows
    if touches_ascii and any("\u0370" <= c < "\u0700" for c in letters):
        score -= 2.0 * len(run)  # Greek, Cyrillic, Hebrew, Arabic letters do not grow on Latin words
    score -= 1.0 * sum(a.islower() and b.isupper() for a, b in pairwise(run))
    return score


def _char_score(c: str) -> float:  # noqa: C901 - a table of ranges
    if c in _FREQUENT:
        return 1.0
    if c in _ALPHABET_FREQUENT:
        return 1.1
    if c in _LATIN_ACCENTS:
        return 0.9
    if c in _MARKS:
        return 0.7
    code = ord(c)
    if code == 0xFFFD:
        return -3.0
    if code < 0xA0 or 0xE000 <= code < 0xF900:
        return -2.0
    if 0xFF61 <= code < 0xFFA0:
        return -0.6  # half-width katakana: what Shift_JIS makes of anything
    if 0x4E00 <= code < 0xA000 or 0xAC00 <= code < 0xD7B0:
        return 0.3
    if 0x0370 <= code < 0x0700 and c.isalpha():
        return 0.5
    if 0x3000 <= code < 0x3100 or 0xFF00 <= code < 0xFF61:
        return 0.6
    return -0.5
