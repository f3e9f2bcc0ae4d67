"""What stands around an article on a page and is no news: navigation, teasers, prompts, cookie bar."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tests.site.stories import Story

_NAV = {
    "en": (
        "Home",
        "World",
        "Business",
        "Opinion",
        "Culture",
        "Sport",
        "Weather",
        "Video",
        "About us",
        "Contact",
    ),
    "zh": ("首页", "国际", "财经", "评论", "文化", "体育", "天气", "视频", "关于我们", "联系方式"),
    "ja": ("ホーム", "国際", "経済", "論説", "文化", "スポーツ", "天気", "動画", "会社概要", "お問い合わせ"),
    "ko": ("홈", "세계", "경제", "오피니언", "문화", "스포츠", "날씨", "동영상", "회사 소개", "문의"),
    "ru": (
        "Главная",
        "Мир",
        "Экономика",
        "Мнения",
        "Культура",
        "Спорт",
        "Погода",
        "Видео",
        "О нас",
        "Контакты",
    ),
    "ar": (
        "الرئيسية",
        "العالم",
        "الاقتصاد",
        "آراء",
        "ثقافة",
        "رياضة",
        "الطقس",
        "فيديو",
        "من نحن",
        "اتصل بنا",
    ),
}
_ASIDE = {
    "en": "Most read",
    "zh": "热门文章",
    "ja": "よく読まれている記事",
    "ko": "많이 본 기사",
    "ru": "Популярное",
    "ar": "الأكثر قراءة",
}
_MORE = {
    "en": "Related stories",
    "zh": "相关报道",
    "ja": "関連記事",
    "ko": "관련 기사",
    "ru": "Читайте также",
    "ar": "اقرأ أيضا",
}
_PROMPT = {
    "en": "Sign up for our newsletter and get the day's headlines in your inbox every morning.",
    "zh": "订阅我们的电子报，每天早上收到当天的要闻。",
    "ja": "ニュースレターに登録すると、毎朝その日の見出しが届きます。",
    "ko": "뉴스레터를 구독하시면 매일 아침 주요 기사를 받아 보실 수 있습니다.",
    "ru": "Подпишитесь на рассылку и получайте главные новости каждое утро.",
    "ar": "اشترك في نشرتنا البريدية لتصلك عناوين اليوم كل صباح.",
}
_COOKIES = "This site uses cookies to improve your experience. By continuing you accept our cookie policy."


@dataclass(frozen=True, slots=True)
class Style:
    """How a site dresses its pages."""

    name: str
    language: str = "en"
    charset: str = "utf-8"
    declare: bool = True
    """Name the character set in a meta element."""
    json_ld: bool = True
    clock: str = ""
    """strftime of a date shown in `#News_Body_Time`, for sites that state it nowhere else."""
    end_mark: str = ""


def article(
    story: Story, url: str, style: Style, teasers: Sequence[str] = (), *, canonical: bool = True
) -> bytes:
    """Dress a story as a page of its site, in the site's character set."""
    link = f'<link rel="canonical" href="{url}">' if canonical else ""
    head = "".join([link, _meta(story, style), _json_ld(story, url) if style.json_ld else ""])
    body = "".join(
        [
            f'<main id="main"><article class="story"><header><h1 class="headline">{escape(story.title)}</h1>',
            f'<p class="standfirst">{escape(story.standfirst)}</p>' if story.standfirst else "",
            f'<div class="byline">By <span class="author">{escape(story.author)}</span></div>'
            if story.author
            else "",
            f'<span id="News_Body_Time">{story.published.strftime(style.clock)}</span>'
            if style.clock
            else "",
            '<ul class="share"><li><a href="#fb">Share</a></li><li><a href="#print">Print</a></li></ul>',
            '</header><div class="article-body">',
            "\n".join(f"<p>{escape(p, quote=False)}</p>" for p in story.paragraphs),
            f"<p>{style.end_mark}</p>" if style.end_mark else "",
            "</div>",
            f'<p class="article-source">Source: {escape(story.source)}</p>' if story.source else "",
            f'</article><section class="related"><h2>{_MORE[story.language]}</h2>',
            f"{_teasers(teasers[:4])}</section></main>",
        ]
    )
    return document(story.title, head, body, style, teasers)


def document(title: str, head: str, body: str, style: Style, teasers: Sequence[str] = ()) -> bytes:
    """Write a whole page of a site around some content."""
    nav = "".join(f'<li><a href="/{n}/">{label}</a></li>' for n, label in enumerate(_NAV[style.language]))
    meta = f'<meta charset="{style.charset}">' if style.declare else ""
    name = escape(style.name)
    direction = ' dir="rtl"' if style.language == "ar" else ""
    text = (
        f'<!DOCTYPE html>\n<html lang="{style.language}"{direction}><head>{meta}'
        f"<title>{escape(title)} | {name}</title>{head}"
        "<script>window.dataLayer = window.dataLayer || []; dataLayer.push({event: 'page'});</script></head>"
        f'<body><div class="cookie-banner" role="dialog"><p>{_COOKIES}</p><button>Accept</button></div>'
        f'<header class="masthead"><a href="/">{name}</a><nav><ul>{nav}</ul></nav></header>\n{body}\n'
        f'<aside class="sidebar"><h2>{_ASIDE[style.language]}</h2>{_teasers(teasers)}</aside>'
        f'<div class="newsletter"><p>{_PROMPT[style.language]}</p><form><input type="email"></form></div>'
        f"<footer><ul>{nav}</ul><p>© 2026 {name}. All rights reserved.</p></footer></body></html>"
    )
    return text.encode(style.charset, "xmlcharrefreplace")


def _teasers(titles: Sequence[str]) -> str:
    items = "".join(f'<li><a href="/teaser/{n}">{escape(t)}</a></li>' for n, t in enumerate(titles))
    return f"<ul>{items}</ul>"


def _meta(story: Story, style: Style) -> str:
    times = (
        f'<meta property="article:published_time" content="{story.published.isoformat()}">'
        if style.json_ld
        else ""
    )
    return (
        f'<meta property="og:title" content="{escape(story.title)}">'
        '<meta property="og:type" content="article">'
        f'<meta property="og:site_name" content="{escape(style.name)}">{times}'
        f'<meta name="description" content="{escape(story.standfirst)}">'
    )


def _json_ld(story: Story, url: str) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "dateModified": story.changed.isoformat(),
        "mainEntityOfPage": url,
        "author": [{"@type": "Person", "name": story.author}] if story.author else [],
    }
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=True)}</script>'
