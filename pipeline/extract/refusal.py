"""Pages that are not articles: block pages, soft 404s, listings, empty ones. Each answer names its reason."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract import walls
from pipeline.extract.blocks import Block
from pipeline.extract.head import Head
from pipeline.extract.listing import Signs, is_listing
from pipeline.extract.strings import weight
from pipeline.records import Refusal, Rejected

_SMALL_PAGE = 2500.0
"""A page with more text than this is no block page, whatever words stand in it."""
_GONE_PAGE = 400.0
"""A page with more text outside its links does more than say that something is gone."""
_LEAST_TEXT = 60.0

_BLOCKS = (
    ("Cloudflare challenge", r"just a moment\.{3}|checking (?:if the site connection is secure|your browser)|cf-browser-verification|challenge-platform|attention required! \| cloudflare|enable javascript and cookies to continue"),
    ("access denied", r"access (?:to this page has been )?denied.{0,400}(?:reference|error) ?#|you don.t have permission to access .{0,200} on this server|errors\.edgesuite\.net|request (?:unsuccessful|rejected|blocked)\b|incapsula incident"),
    ("proxy or firewall", r"web page blocked|access to the web page you were trying to visit has been blocked|the requested url was rejected|this (?:web)?site is blocked|your access to this site has been (?:limited|blocked)"),
    ("technical difficulties", r"(?:we(?:.re| are)|is) (?:currently )?experiencing technical difficulties|^technical difficulties|service (?:is )?(?:temporarily )?unavailable|under maintenance|bad gateway|gateway time-?out|internal server error"),
    ("captcha", r"(?:are you|verify (?:that )?you(?:.re| are)|confirm (?:that )?you(?:.re| are)) (?:a |not a )?(?:human|robot)|unusual traffic from your|complete the (?:security check|captcha)|press & hold|ddos-guard|ddos protection by|請驗證|请完成安全验证|访问验证|滑动验证"),
    ("script challenge", r"please enable (?:javascript|js)\b.{0,200}(?:continue|proceed|support id|cookies)|your support id is|javascript (?:is )?(?:required|disabled|must be enabled)"),
)  # fmt: skip
_BLOCK_WORDS = tuple((name, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for name, pattern in _BLOCKS)
_CHALLENGE_SCRIPTS = re.compile(
    r"/TSPD/|servicepipe|_Incapsula_Resource|/cdn-cgi/challenge-platform|ddos-guard|bobcmn|window\._cf_chl_opt|captcha-delivery|px-captcha|/_sec/cp_challenge|awsWafCookie|__ddg"
)
_NOT_FOUND = re.compile(
    r"(?:page|article|story|content|document|post|file) (?:was |is |could )?(?:not found|not be found|no longer (?:available|exists)|unavailable)|^(?:error )?404\b|\b404 (?:not found|error|page)|nothing (?:was )?found$"
    r"|oops! that page|seite nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|página não encontrada|pagina non trovata|страница не найдена|页面不存在|页面没有找到|找不到(?:页面|頁面)|ページが見つかりません|페이지를 찾을 수 없",
    re.IGNORECASE,
)
_REMOVED = re.compile(
    r"(?:页面|网页|文章|内容|信息|頁面|網頁)[^。！]{0,12}(?:不存在|已?被?删除|已?被?刪除|已失效|已下线)"
    r"|(?:page|article|story|content|document) (?:you (?:requested|are looking for) )?(?:has been|was|is) (?:removed|deleted|no longer available)"
    r"|(?:(?:web ?page|page|url)|(?:page|article|story|content|document|post) (?:that )?you(?:.re| are| were|.ve| have)? (?:\w+ ){0,2}(?:for|requested|request|reach|find|view|open)) (?:does not|doesn.t|do not|no longer|did not) exists?\b"
    r"|(?:page|article|story|content|document|post) (?:that )?you(?:.re| are| were|.ve| have)? (?:\w+ ){0,2}(?:for|requested|request|reach|find|view|open) (?:(?:could|can)(?:not|n.t| not) be|was not|wasn.t) found\b"
    r"|\b(?:could not|couldn.t|cannot|can.t|can not|unable to) (?:find|locate) (?:the|that|this|your) page\b"
    r"|\bseite,? (?:die sie (?:\w+ ){1,3})?(?:existiert nicht|gibt es nicht|(?:konnte|wurde) nicht gefunden)|\bpage (?:que vous \w+ |demandée |recherchée )?n.existe (?:pas|plus)\b"
    r"|\bpágina (?:que (?:\w+ ){1,2}|solicitada |solicitad[ao] )?(?:no|não) (?:existe|foi encontrada|se encuentra|está disponible)\b|\b(?:registro|artigo|artículo|notícia|noticia|conteúdo|contenido) (?:no|não) encontrad[ao]\b"
    r"|\bpagina (?:richiesta |che \w+ )?non (?:esiste|è (?:stata trovata|disponibile))\b|сторінк[аиу] (?:не (?:знайдено|існує|знайдена)|видален[оа])|страниц[аы] не (?:найдена|найдено)"
    r"|صفحه (?:مورد نظر )?(?:شما )?(?:یافت نشد|پیدا نشد|وجود ندارد)|お探しのページ(?:は|が)|指定されたページ(?:は|が)"
    r"|삭제(?:된|되었) (?:기사|페이지)|존재하지 않는 (?:기사|페이지)|страница (?:удалена|не существует)|削除されました|الصفحة غير موجودة",
    re.IGNORECASE,
)
"""What a page that is gone says in its text, where nothing else stands."""
_MEDIA = (
    "application/pdf",
    "image/",
    "video/",
    "audio/",
    "application/zip",
    "application/octet-stream",
    "application/msword",
    "application/vnd",
)
_MAGIC = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x00\x00\x00\x18ftyp",
    b"RIFF",
    b"\xd0\xcf\x11\xe0",
)


def not_html(body: bytes, content_type: str) -> Rejected | None:
    """Refuse what is no page at all: documents, pictures, feeds."""
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    start = body[:400].lstrip()
    if any(body.startswith(m) for m in _MAGIC) or (
        kind.startswith(_MEDIA) and not start.lower().startswith((b"<!doctype", b"<html"))
    ):
        return Rejected(Refusal.NOT_HTML, kind or "binary")
    lowered = start.lower()
    if lowered.startswith((b"<rss", b"<feed", b"<urlset", b"<sitemapindex")) or (
        lowered.startswith(b"<?xml") and re.search(rb"<(?:rss|feed|urlset|sitemapindex|rdf:rdf)\b", lowered)
    ):
        return Rejected(Refusal.NOT_HTML, "a feed or sitemap")
    return None


def block_page(html: str, head: Head, blocks: Sequence[Block]) -> Rejected | None:
    """Refuse a page that a shield or a broken server put in the article's place."""
    text = " ".join(b.text for b in blocks[:60])
    if sum(b.weight for b in blocks) > _SMALL_PAGE:
        return None
    if refused := walls.consent_wall(blocks):
        return refused
    words = f"{head.title_tag}\n{text}"[:4000]
    for name, pattern in _BLOCK_WORDS:
        if pattern.search(words):
            return Rejected(Refusal.BLOCK_PAGE, name)
    if sum(b.weight for b in blocks if not b.link_share) < _GONE_PAGE and (gone := _REMOVED.search(text)):
        return Rejected(Refusal.SOFT_404, gone[0])
    if weight(text) < 300 and _CHALLENGE_SCRIPTS.search(html[:200_000]):
        return Rejected(Refusal.BLOCK_PAGE, "script challenge")
    return None


def not_article(head: Head, signs: Signs, title: str) -> Rejected | None:
    """Refuse a page whose body is missing, walled off, or a list of other pages."""
    named = f"{head.title_tag}\n{title}\n{' '.join(head.headings[:2])}"
    if signs.prose < 400 and _NOT_FOUND.search(named):
        return Rejected(Refusal.SOFT_404, (title or head.title_tag)[:120])
    if refused := walls.declared(head, signs.size):
        return refused
    if is_listing(head, signs):
        return Rejected(Refusal.LISTING, f"{signs.headlines} headlines, {signs.prose:.0f} characters of text")
    return too_short(signs.size)


def too_short(size: float) -> Rejected | None:
    """Refuse a text of a weight that no article has."""
    return Rejected(Refusal.EMPTY, f"{size:.0f} characters of text") if size < _LEAST_TEXT else None
