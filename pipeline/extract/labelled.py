"""Lines of page data that hold several facts behind labels, as Chinese and Korean systems write them."""

from __future__ import annotations

import re

_LONGEST = 200
_LABEL = re.compile(
    r"(?:[\s|，,;；]|(?<=[\d\u3040-\u9fff\uac00-\ud7af]))(?=(?:文章|信息|新闻|新聞|稿件)?(?:来源|來源|出处|作者|编辑|編輯|责任编辑|責任編輯|责编|记者|记者|校对|审核|发布时间|发布日期|时间|日期|点击数?|点击率|浏览(?:量|次数)?|阅读(?:量|数)?|访问(?:量|次数)|字号|字体|分享到?)\s?[:：])"
    r"|\s?(?=[【\[（(](?:字体|字号|大|打印|关闭|我要))"
)
"""Where the next fact begins: before its label, or a box of controls."""


def facts_in(line: str) -> list[str]:
    """Split a short line before each label it holds ("来源：甲报 作者：王小明"); any other stays whole."""
    if len(line) > _LONGEST or not ("：" in line or ":" in line):
        return [line]
    return [part for piece in _LABEL.split(line) if (part := piece.strip())] or [line]
