"""What stands between a page's text and its reader: walls that ask for consent, and walls that ask for money."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.blocks import Block
from pipeline.extract.head import Head
from pipeline.extract.reading import Line
from pipeline.extract.regions import Region
from pipeline.extract.strings import is_prose, weight
from pipeline.records import Refusal, Rejected

_TEASER = 200.0
"""A text of this weight or more is no teaser, whatever stands below it: news can be short."""
_WALL_SIZE = 400.0
_LONGEST = 1000.0
"""A text of this weight or more is no teaser, though some of it may be the wall's."""
_WITHIN = 8
"""Blocks below a teaser in which its wall begins."""
_OWN_TEXT = 200.0
"""A page with more prose that is not about consent has something else to say."""

_CONSENT = re.compile(
    r"\bwe (?:and|&) (?:our )?(?:\d+ )?(?:\w+ )?partners\b|store and/or access information on|\baccept (?:all )?cookies\b|\bcookies? (?:consent|wall)\b"
    r"|\bwir und unsere (?:bis zu )?(?:\d+ )?partner\b|\b(?:alle )?cookies akzeptieren\b|\bzustimmen und weiter\b|\bmit werbung (?:weiter)?lesen\b"
    r"|\bnos (?:\d+ )?partenaires\b.{0,90}\b(?:cookies|traceurs|stock|accéd)|\baccepter (?:tous )?les cookies\b|\bcontinuer sans accepter\b"
    r"|\bnuestros (?:\d+ )?socios\b|\baceptar (?:todas las )?cookies\b|\bi nostri (?:\d+ )?partner\b|\baccett(?:a|are) (?:tutti )?i cookie\b"
    r"|\bnossos (?:\d+ )?parceiros\b|\baceitar (?:todos os )?cookies\b|\bonze (?:\d+ )?partners\b|\bcookies accepteren\b|\bnasi (?:\d+ )?partnerzy\b|\bzaakceptuj\b.{0,20}\bcookies\b",
    re.IGNORECASE,
)
_ABOUT_CONSENT = re.compile(
    r"cookie|consent|partners?\b|tracking|tracker|privacy|personal data|personali[sz]ed|einwillig|zustimm|datenschutz|personenbezogen|partenaires|traceur|consentement"
    r"|confidentialité|données|socios|consentimiento|privacidad|parceiros|privacidade|consenso|riservatezza|toestemming|zgod[ay]|prywatno",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"\b(?:subscribe|sign (?:in|up)|log ?in|register|join|become a (?:member|subscriber))\b.{0,60}\bto (?:continue|keep|finish|read|unlock|access|view)\b"
    r"|\bthis (?:article|story|content|post|page) is (?:exclusive to|only (?:for|available to)|reserved for|for|available (?:only )?to)\b.{0,40}\b(?:subscribers|members)\b"
    r"|\balready (?:an? )?(?:subscriber|subscribed|member)\b|\b(?:rest|remainder) of (?:this|the) (?:article|story) is\b|\bto continue reading\b|\bsubscribers only\b"
    r"|\bweiterlesen mit\b|\bdieser (?:artikel|beitrag|inhalt) ist (?:nur |exklusiv )?für\b|\bbereits abonn|\bmit (?:einem )?\w*abo (?:weiter)?lesen\b|\bum weiterzulesen\b"
    r"|\bréservée? (?:aux|à nos) abonnés\b|\bil vous reste \d+|\bdéjà abonné|\bpour lire la suite\b"
    r"|\b(?:exclusivo|solo) para (?:suscriptores|socios)\b|\bya (?:eres|soy) suscriptor|\bpara (?:seguir|continuar) leyendo\b"
    r"|\briservat[oa] agli abbonati\b|\bper continuare a leggere\b|\bexclusivo para assinantes\b|\bpara continuar (?:lendo|a ler)\b"
    r"|\balleen voor (?:abonnees|leden)\b|\bendast för prenumeranter\b|\btylko dla (?:prenumeratorów|subskrybentów)\b|только для подписчиков|доступ\w+ (?:только )?(?:по подписке|подписчикам)"
    r"|会員限定|続きを読むには|有料会員|残り\d+文字|유료 ?회원|회원 ?전용|付费(?:阅读|内容)|订阅后.{0,6}阅读|登录后.{0,6}阅读|仅限会员|للمشتركين فقط",
    re.IGNORECASE,
)


def consent_wall(blocks: Sequence[Block]) -> Rejected | None:
    """Refuse a page that only asks to be allowed cookies; a notice above or below a text is none."""
    asking = next((found for b in blocks if (found := _CONSENT.search(b.text))), None)
    if asking is None:
        return None
    own = sum(b.weight for b in blocks if is_prose(b.text, 60) and not _ABOUT_CONSENT.search(b.text))
    return Rejected(Refusal.BLOCK_PAGE, f"consent wall: {asking[0][:80]}") if own < _OWN_TEXT else None


def declared(head: Head, size: float) -> Rejected | None:
    """Refuse a page that says it is not free and shows no more than a teaser of `size`."""
    value = str((head.article or {}).get("isAccessibleForFree")).strip().lower()
    if size < _TEASER and value in {"false", "http://schema.org/false", "no"}:
        return Rejected(Refusal.PAYWALL, f"{size:.0f} characters before the wall")
    return None


def paywall(head: Head, lines: Sequence[Line], wall: str) -> Rejected | None:
    """Refuse a page that shows a teaser, `lines`, and where it would go on has a `wall_below`."""
    if sum(weight(line.text) for line in lines) >= _LONGEST:
        return None
    size = sum(weight(line.text) for line in lines if not _asks_for_money(line.text))
    if refused := declared(head, size):
        return refused
    if wall and size < _TEASER:
        return Rejected(Refusal.PAYWALL, f"{size:.0f} characters before {wall!r}")
    return None


def wall_below(blocks: Sequence[Block], lines: Sequence[Line]) -> str:
    """Return in what words a page asks for a subscription right below its text, or an empty string."""
    placed = sorted(((line.block.index, line.text) for line in lines if line.block is not None), reverse=True)
    end = next((index for index, text in placed if not _asks_for_money(text)), -1)
    below = blocks[end + 1 : end + 1 + _WITHIN] if end >= 0 else ()
    for block in below:
        if not block.regions & Region.CHROME and (wall := _asks_for_money(block.text)):
            return wall[0][:80]
    return ""


def _asks_for_money(text: str) -> re.Match[str] | None:
    return _PAYWALL.search(text) if weight(text) < _WALL_SIZE else None
