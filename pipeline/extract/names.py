"""People's names as bylines give them: split, and freed from what is wrapped around them."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.extract.strings import cjk_share, key, squash

_LONGEST_LINE = 400
_PARTICLES = frozenset({
    "a", "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e",
    "el", "ibn", "la", "le", "los", "ten", "ter", "van", "vom", "von", "y", "zu", "zum",
})  # fmt: skip

_BY = re.compile(
    r"^(?:(?:about(?: the)?|written|reported|posted|published|authored|created|words|text|story|report|guest post|interview|recommended|contributed|uploaded|verfasst|geschrieben|escrito|scritto|écrit|rédigé|publié|publicado|pubblicato|postado)\s+)?"
    r"(?:by|von|par|por|di|da|door|av|af|oleh)\s*[:,]?\s+"
    r"|^(?:about the authors?|authors?|autore?n?|auteurs?|autor(?:es)?|writers?|words|text|texte|texto|story|penulis|pewarta|reporter|haber|yazar|muhabir|автор|текст|نویسنده|خبرنگار|الكاتب|كتب|लेखक|συντάκτης|tác giả|mwandishi|作者|文|撰文|通过|记者|記者|取材|글|글쓴이|작성자|기자명)\s*[:：/|]\s*|^(?:글쓴이|작성자|기자명)\s+"
    r"|^(?:του|της|των|بقلم)\s+|^(?:by|von|par|作者|记者|記者|文|撰文|通过)\s*[:：/]\s*|^(?:about|автор|作者|撰文|通过|记者|記者)\s+",
    re.IGNORECASE,
)
"""What comes before the names."""
_STOP = re.compile(
    r"\s*(?:[|•·–—<\[(]|\s-\s|\b(?:on|at|in|for|from|am|le|il|el|em|den|på|pada|tarih)\s+(?=\d|(?-i:[A-ZÀ-Þ]))|\b(?:updated|published|posted|publié|veröffentlicht|aktualisiert|actualisé|publicado|leave a|no comments?|is an?|has been|follow|subscribe|read|filed under|photo|foto)\b|\b(?:editor|penyunting|redaktur)\s*[:：]"
    r"|(?:\b|(?<=(?-i:[a-z]))(?=(?-i:[A-Z]))|(?<=(?-i:[A-Z]))(?=(?-i:[A-Z][a-z])))(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d|\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,|(?<![A-Za-z])\d|\S+@|@\w|https?:|www\.)",
    re.IGNORECASE,
)
"""Where a byline goes on with something else than names."""
_SEPARATORS = re.compile(
    r"\s*(?:[;|•·∙/、，]|,(?!\s*(?:jr|sr)\b)|(?<=\w)\s+(?:and|und|et|y|e|en|och|og|dan|ve|и|та|και|&|\+|with|mit|con|avec)(?=\s)|&)\s*",
    re.IGNORECASE,
)
_WRAPPED = re.compile(
    r"\s*(?:\([^)]{0,80}\)|\[[^\]]{0,80}\]|<[^>]{0,80}>|\s[-–—]\s.*|\s+(?:in|for|at|from|of|fra|aus|à|en)\s+(?:the\s+)?[A-ZÀ-Þ].*|\s+\S+@\S+.*|\s*@\w+.*)\s*$"
)
_CHINESE_BY = re.compile(r".{0,12}(?:记者|通讯员|作者|撰文)")
_CJK_ROLE = re.compile(
    r"^.{0,12}?(?:记者|記者|撰稿人|通讯员|特约记者)\s*[:：]?\s*(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff\uac00-\ud7af])\s?(?:本报记者|记者|記者|編集委員|論説委員|기자|특파원|논설위원|앵커|報導|报道)(?:\s.*)?$"
)
_ROLE = re.compile(
    r"^(?:(?:senior|chief|staff|deputy|political|foreign|business|science|health|assistant|managing|contributing|guest|special|investigative|freelance)\s+)*"
    r"(?:writer|reporter|correspondent|editor|journalist|columnist|author|analyst|dr|prof|professor|mr|mrs|ms|sir)\b\.?\s+(?=(?-i:[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
_CREDENTIAL = re.compile(
    r"^(?:(?i:jr|sr|esq|ph\.?\s?d|d\.?phil|m\.?sc|b\.?sc)|[A-Z]{2,6}®?|(?:[A-Z][a-z]{0,2}\.){2,4})\.?$"
)
"""A degree or a title set behind a name: short, and mostly capitals."""

_BYLINE = re.compile(
    r"(?:^|[\s|•·,–—-])(?<!reviewed )(?<!edited )(?<!checked )(?<!photo )(?<!photos )(?<!image )(?<!photograph )(?<!illustration )(?<!video )(?<!supported )(?<!sponsored )(?<!powered )(?<!presented )(?<!translated )(?<!shared )(?<!approved )(?<!verified )(?<!produced )(?<!shot )(?<!filmed )(?<!compiled )(?<!curated )"
    r"(?:by|oleh)\s*[:,]?\s*(?=[^\W\d])|^(?:von|par|por|di|door|av|af|text|texte|texto|words|autore?|auteur|автор)\s*[:：]?\s+(?=(?-i:[A-ZÀ-ÞА-Я]))|^(?:words|text|autor|author|penulis|pewarta|reporter|作者|记者|記者|撰文|文|通过)\s*[:：/]\s*|^(?:作者|记者|記者|通过)\s*(?=[\u3400-\u9fff])|^penulis\s+(?=(?-i:(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w.'’-]*\s*(?:$|[|,•·–-])))",
    re.IGNORECASE,
)
"""Who is named behind it wrote; who reviewed, edited or photographed did not."""
_VERB = re.compile(
    r"^(?:written|reported|posted|published|authored|created|words|text|story|report|guest post|interview|recommended|contributed|uploaded|submitted|verfasst|geschrieben|escrito|scritto|écrit|rédigé|publié|publicado|pubblicato|postado)\s+$",
    re.IGNORECASE,
)
"""How a byline begins that has a verb."""
_AGENCY = re.compile(
    r"^(?:afp|dpa|apa|sda|sid|kna|epd|ntb|tt|anp|efe|ansa|lusa|pap|čtk|tass|ria|ani|pti|ians|tnn|kcna|upi|aap|ap)$|\b(?:(?-i:AFP|DPA|dpa|APA|SDA|SID|KNA|EPD|epd|NTB|TT|ANP|EFE|ANSA|LUSA|PAP|ČTK|TASS|RIA|ANI|PTI|IANS|TNN|KCNA|UPI|AAP|AP)|reuters|ritzau|belga|interfax|xinhua|yonhap|kyodo|jiji|antara|bernama|bloomberg|getty"
    r"|associated press|press association|canadian press|australian associated press|deutsche presse-?agentur|agence france-?presse|anadolu(?: agency| ajansı)?"
    r"|(?:news|press)\s?(?:agency|agencies|service|wire)|agenc(?:y|ies)|agenturen?|presse-?agentur|newswire|pr newswire|business wire|globe ?newswire|press release|wire(?:s| reports| services?)?|imago|keystone)\b"
    r"|通信社|通讯社|通訊社|新华社|中新社|时事|時事通信|共同通信|연합뉴스|뉴시스|뉴스1",
    re.IGNORECASE,
)
"""A news agency's name; the short ones only in capitals, or alone: Sid and Ria are people, too."""
_BODY = re.compile(
    r"\b(?:admin(?:istrator)?|editorial|editors|staff|newsroom|desk|team|redaktion|rédaction|redacción|redação|redazione|redactie|redaksi|redaktsiya|редакция|contributors?|correspondents?|reporters?|writers?|columnists?|news|media|press|magazine|online|digital|times|post|daily|today|tribune|gazette|herald|journal|network|channel|radio|tv"
    r"|institute|university|college|school|center|centre|foundation|association|society|council|committee|board|ministry|department|office|commission|organi[sz]ation|company|group|agency|studio|solutions|marketing|strategies|services?|inc|ltd|gmbh|llc|corp|blog|guest|press|community|club|academy"
    r"|director|manager|coordinator|officer|president|founder|ceo|cto|cfo|producer|strateg(?:y|ist)|specialist|consultant|engineer|editor|reporter|writer|author|columnist|correspondent|journalist|photographer|contributor|critic|commentator|expert|grader|journalism|collective|makers|login|logout|about me)\b"
    r"|nachrichten|zeitung|新聞|新闻|日报|日報|時報|时报|经济|經濟|編集|编辑|編輯|편집|放送|テレビ|电视|電視|協会|网|通信|通讯|報道局|新聞社|日報|뉴스|신문|방송|일보|データ|オンライン|[\w-]+\.(?:com|org|net|de|fr|uk|ru|cn|jp|kr|at|ch|tv|info|be|nl)\b",
    re.IGNORECASE,
)
"""What stands in the names of desks, publishers and posts, and in no person's."""
_NOBODY = re.compile(
    r"^(?:(?:the )?(?:admin(?:istrator)?|super ?user|editor(?:ial)?|editors|user|unknown|anonymous|guest|webmaster|root|test|author|authors|staff|team|press|news|profile|archive|more|about|by|written by|posted by|share|follow|view|full bio|bio|read more|see more|learn more|contact|email|print|home|menu|search|login|comments?|subscribe|updated|published|advertisement|none|null|undefined|nan|n/a|font size|all posts|see all|views?|minutes?|read|link|copy link|sign in|sign up|newsletter|(?:최고)?관리자|운영자|管理员|管理員|администратор|редактор|مدير)|\W*)$"
    r"|https?:|www\.|@|^\W*\d+\W*$|^\w*(?:admin|team|editor|editorial|desk|staff|newsroom|webmaster)\w*$|\\|[{}=<>]|%|[!?]\s*$",
    re.IGNORECASE,
)

_LABELLED = re.compile(r"[^\W\d_]{2}\s?[:：]\s?[^\W\d]|(?:19|20)\d\d\s?[年년/.-]\s?\d")
"""What a word and a colon go before is something else than a name, as is a date."""

_PHRASE = re.compile(r"(?:the|a|an|this|that|these|those|its|their|our) [a-z ]+$")
"""What stands behind "by" in a sentence, and is no pen name."""


def split(line: str) -> list[str]:
    """Split a byline into the names in it, cleaned but not judged; "Last, First" is turned round."""
    line = squash(line)
    if not line or len(line) > _LONGEST_LINE or re.match(r"https?:|www\.", line, re.IGNORECASE):
        return []
    chinese = _CHINESE_BY.match(line) is not None
    line = squash(_BY.sub("", _BY.sub("", line))).strip(" ,:：")
    if turned := _turned(line):
        return turned
    parts = [p for piece in _SEPARATORS.split(line) if piece for p in _spaced(piece, chinese=chinese)]
    return [name for p in parts if (name := clean(p))]


def _turned(line: str) -> list[str]:
    """Read "Last, First; Last, First"."""
    pieces = [p.strip() for p in line.split(";")]
    names = []
    for piece in pieces:
        last, comma, first = piece.partition(", ")
        if not comma or "," in first or cjk_share(piece) or len(first.split()) > 2 or len(last.split()) > 2:
            return []
        if len(pieces) == 1 and (len(last.split()) > 1 or len(first.split()) > 1):
            return []
        if not (
            is_person(f"{first} {last}") and last[0].isupper() and first[0].isupper()
        ) or _CREDENTIAL.match(first):
            return []
        names.append(f"{first} {last}")
    return names


def _spaced(piece: str, *, chinese: bool) -> list[str]:
    """Split Chinese names that only a space parts: "记者 王小明 李华"; a Japanese name has a space within."""
    words = _CJK_ROLE.sub("", piece).split()
    if len(words) > 1 and chinese and all(2 <= len(w) <= 4 and cjk_share(w) == 1 for w in words):
        return words
    return [piece]


def clean(part: str) -> str:
    """Take places, offices, addresses and honorifics off a name; names in capitals are set in small letters."""
    name = _WRAPPED.sub("", _BY.sub("", part)).strip(" .,:;|-–—·•\"'“”‘’*&/+")
    name = _CJK_ROLE.sub("", name)
    name = _ROLE.sub("", name)
    if name.isupper() and " " in name:
        name = name.title()
    return squash(name)


def is_person(name: str) -> bool:
    """Tell whether a string has the shape of a person's name: capitalised words, none of an organisation."""
    if not _may_sign(name) or _BODY.search(name) or any(c.isdigit() for c in name):
        return False
    if cjk_share(name) > 0.5 or re.search(r"[\uac00-\ud7af]", name):
        return 2 <= len(name.replace(" ", "")) <= 12
    words = name.split()
    if not 2 <= len(words) <= 6 or (name.isupper() and len(name) < 8):
        return False
    cased = [w for w in words if w.lower() not in _PARTICLES]
    return len(cased) >= 2 and all(w[0].upper() == w[0] for w in cased)


def is_agency(name: str) -> bool:
    """Tell whether a name is that of a news agency, or stands for agencies."""
    return _AGENCY.search(name) is not None


def _may_sign(name: str) -> bool:
    if not 2 <= len(name) <= 60 or _NOBODY.search(name) or _LABELLED.search(name) or is_agency(name):
        return False
    return " " not in name or not any(word[0].isdigit() for word in name.split())


def people(line: str) -> list[str]:
    """Return the names in a byline that have the shape of a person's."""
    return [n for n in split(line) if is_person(n)]


def signature(line: str, site: Collection[str]) -> str:
    """Return a byline's only name whatever its shape: a pen name, a first name, a desk; not the site's own.

    `site` holds the site's names (see `bare`). Empty if nobody signs.
    """
    names = split(line)
    if len(names) != 1 or not _may_sign(names[0]) or bare(names[0]) in site or len(names[0].split()) > 5:
        return ""
    return "" if _PHRASE.match(names[0]) else names[0]


def is_own(name: str, site: Collection[str]) -> bool:
    """Tell whether a name is the site's own, or that and a little more ("Example News Berlin")."""
    joined = bare(name)
    return any(joined == own or (joined.startswith(own) and len(joined) <= 2 * len(own)) for own in site)


def bare(name: str) -> str:
    """Return a name as it is compared with the site's own: letters and digits only, no spaces."""
    return key(name).replace(" ", "")


def byline(text: str) -> str:
    """Return the part of a line that names who wrote it: behind "by", up to what follows the names."""
    text = squash(text)
    found = _BYLINE.search(text)
    if found is None:
        return ""
    rest = text[found.end() :][:200]
    stop = _STOP.search(rest)
    return rest[: stop.start()].strip(" ,") if stop else rest


def begins(text: str) -> bool:
    """Tell whether a line begins with what comes before names ("By")."""
    found = _BYLINE.search(text)
    return found is not None and (found.start() == 0 or _VERB.match(text[: found.start() + 1]) is not None)
