"""Lines of their own by which Korean reporters sign a text, at its beginning or its end."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re

_LONGEST = 100
_SURNAMES = "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용봉"
"""Nearly all surnames there are: one syllable, with a few exceptions."""
_NAME = rf"(?:(?:남궁|황보|제갈|선우|독고)[가-힣]{{1,2}}|[{_SURNAMES}][가-힣]{{1,3}})"
_AND = r"\s?[·,ㆍ]\s?"
_SIGNED = re.compile(
    r"^[\s/(\[◇■▶]{0,3}(?!(?:사진|그래픽|영상|촬영|편집|그림|일러스트|번역|정리))(?:[^\s@]{2,20}[\s=]\s?){0,2}?[\[(]?"
    rf"(?P<names>{_NAME}(?:{_AND}{_NAME}){{0,4}})\s?(?:(?:선임|전문|수습|인턴|객원)\s?)?(?:기자|특파원|논설위원|통신원)[\])]?"
    r"(?:\s?[\s(\[/=|]\s?(?:[\w.+-]{1,40}@[\w.-]{1,60})?[)\]]?)?\s*(?:[|·]?\s?(?:기사)?(?:입력|승인|등록|작성)[\s:]?.*)?$"
)
"""Perhaps a desk, a medium or a place, but no photographer's; names, the office, perhaps an address."""
_NO_NAMES = frozenset({
    "전문", "인턴", "선임", "현장", "여성", "남성", "원로", "지역", "전직", "현직", "신입", "우리", "주재", "정치부",
    "문화부", "전국부", "국제부",
})  # fmt: skip
"""What stands before the office, begins like a surname and is no name."""


def signed(text: str) -> list[str]:
    """Return the names in a line by which reporters sign; nothing if it is no such line."""
    found = _SIGNED.match(text) if len(text) <= _LONGEST else None
    listed = re.split(_AND, found["names"]) if found else []
    return [name for name in listed if name not in _NO_NAMES]
