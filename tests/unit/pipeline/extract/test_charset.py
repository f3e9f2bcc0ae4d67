"""Every page is read in the character set that it is written in, whatever it declares."""

# ruff: noqa: E501 - markup and tables of cases are read by rows
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.charset import decode_html
from pipeline.extract.mojibake import repaired

TEXTS = {
    "zh": "外交部发言人星期四在例行记者会上表示，政府一贯主张通过对话解决分歧，各方应当保持克制。",
    "zh-hant": "外交部發言人星期四在例行記者會上表示，政府一貫主張通過對話解決分歧，各方應當保持克制。",
    "ja": "政府は木曜日の記者会見で、今後の方針について説明した。与党の幹部は慎重な姿勢を示している。",
    "ko": "정부는 목요일 기자회견에서 앞으로의 방침을 설명했다. 관계자는 추가 회담이 열릴 것이라고 말했다.",
    "ru": "Министр заявил в четверг, что переговоры продолжатся на следующей неделе в столице.",
    "fr": "Le ministre a déclaré jeudi que les négociations reprendront à Genève. « C’est un début », dit-il.",
    "de": "Der Minister erklärte am Donnerstag, daß die Gespräche nächste Woche weitergehen müßten.",
    "pl": "Minister oświadczył w czwartek, że rozmowy będą kontynuowane; łączy je wspólny cel.",
    "tr": "Bakan perşembe günü görüşmelerin gelecek hafta süreceğini açıkladı.",
    "el": "Ο υπουργός δήλωσε την Πέμπτη ότι οι συνομιλίες θα συνεχιστούν.",
    "ar": "قال الوزير يوم الخميس إن المحادثات ستستمر الأسبوع المقبل",
    "he": "השר אמר ביום חמישי כי השיחות יימשכו בשבוע הבא",
}
WRITTEN = [
    ("zh", "gb2312"), ("zh", "gb18030"), ("zh-hant", "big5"), ("ja", "shift_jis"), ("ja", "euc_jp"), ("ja", "iso2022_jp"),
    ("ko", "euc_kr"), ("ru", "cp1251"), ("ru", "koi8_r"), ("fr", "cp1252"), ("de", "cp1252"), ("pl", "cp1250"),
    ("tr", "cp1254"), ("el", "cp1253"), ("ar", "cp1256"), ("he", "cp1255"),
]  # fmt: skip


def written(language: str, declared: str = "") -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}<title>x</title></head><body><p>{TEXTS[language]}</p></body></html>"


@pytest.mark.parametrize(("language", "codec"), WRITTEN)
def test_an_undeclared_character_set_is_found(language: str, codec: str) -> None:
    assert TEXTS[language] in decode_html(written(language).encode(codec), "text/html")


@pytest.mark.parametrize(("language", "codec"), WRITTEN)
@pytest.mark.parametrize("wrong", ["utf-8", "iso-8859-1"])
def test_a_wrong_declaration_is_not_believed(language: str, codec: str, wrong: str) -> None:
    assert TEXTS[language] in decode_html(
        written(language, wrong).encode(codec), f"text/html; charset={wrong}"
    )


def test_a_declared_gb2312_is_read_as_its_superset() -> None:
    page = '<meta charset="gb2312"><p>总理朱镕基在会上发表讲话，强调了发展的重要性。</p>'
    assert "朱镕基" in decode_html(page.encode("gb18030"), "")


@pytest.mark.parametrize("declared", ["gbk", "windows-1251", "shift_jis", "no-such-charset"])
def test_valid_utf8_wins_over_its_declaration(declared: str) -> None:
    assert TEXTS["ru"] in decode_html(written("ru", declared).encode(), f"text/html; charset={declared}")


def test_utf8_with_a_broken_byte_is_still_utf8() -> None:
    body = written("ja").encode().replace("木曜".encode(), "木".encode() + b"\xe6\x9b")
    assert "記者会見" in decode_html(body, "text/html")


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides(codec: str) -> None:
    assert TEXTS["ko"] in decode_html(written("ko").encode(codec), "text/html; charset=euc-kr")


def test_the_header_decides_where_the_bytes_do_not() -> None:
    assert "café" in decode_html("<p>café</p>".encode("latin-1"), "text/html; charset=iso-8859-1")


@given(st.binary(max_size=300), st.text(max_size=40))
def test_no_bytes_and_no_header_raise(body: bytes, content_type: str) -> None:
    assert isinstance(decode_html(body, content_type), str)


def twice(text: str, once: str) -> bytes:
    """Write text as UTF-8, take that for `once` and write it again; what that has no sign for stays a byte."""
    signs = (bytes([byte]).decode(once, "ignore") or chr(byte) for byte in text.encode())
    return "".join(signs).encode()


@pytest.mark.parametrize("once", ["latin-1", "cp1252"])
@pytest.mark.parametrize("language", TEXTS)
def test_text_that_was_written_as_utf_8_twice_is_read_once(language: str, once: str) -> None:
    page = f"<meta charset=utf-8><p>“{TEXTS[language]}”</p><p>‘{TEXTS[language]}’</p>"
    assert decode_html(twice(page, once), "text/html; charset=utf-8") == page


def test_what_was_written_once_beside_what_was_written_twice_stays() -> None:
    page = "un «\xa0pont aimé\xa0» et «\xa0là\xa0» "
    assert (
        decode_html((page + "Lâ€™info câ€™est lâ€™abonnement 1 â‚¬").encode(), "")
        == page + "L’info c’est l’abonnement 1 €"
    )


def test_a_single_character_written_twice_is_read_once() -> None:
    assert decode_html("They don\u00e2\u0080\u0099t know É».".encode(), "") == "They don’t know É»."


def test_a_control_character_is_what_windows_has_there() -> None:
    assert (
        decode_html("“They don\x92t,” they said at the CAFÉ\x94 \x96 in vain".encode(), "")
        == "“They don’t,” they said at the CAFÉ” – in vain"
    )


@pytest.mark.parametrize(
    "text", [*TEXTS.values(), "« CAFÉ» « DÉJÀ» À» 3 Ã© in â€œsmallâ€ quantities", "Ångström ×¢ Ñ€ â€¢"]
)
def test_text_that_was_written_once_stays(text: str) -> None:
    assert decode_html(text.encode(), "text/html; charset=utf-8") == text


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x17FF)))
def test_whatever_is_written_twice_is_repaired_or_left_without_an_error(text: str) -> None:
    repaired(text)
    repaired(twice(text, "cp1252").decode())
