"""Words that stand in the names of agencies, publishers, desks and posts, and in no person's."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re

from pipeline.extract.agencies import KNOWN

_AGENCY = re.compile(
    r"^(?:afp|dpa|apa|sda|sid|kna|epd|ntb|tt|anp|efe|ansa|lusa|pap|čtk|tass|ria|ani|pti|ians|tnn|kcna|upi|aap|ap)$|\b(?:(?-i:AFP|DPA|dpa|APA|SDA|SID|KNA|EPD|epd|NTB|TT|ANP|EFE|ANSA|LUSA|PAP|ČTK|TASS|RIA|ANI|PTI|IANS|TNN|KCNA|UPI|AAP|AP)|reuters|ritzau|belga|interfax|xinhua|yonhap|kyodo|jiji|antara|bernama|bloomberg|getty"
    r"|associated press|press association|canadian press|australian associated press|deutsche presse-?agentur|agence france-?presse|anadolu(?: agency| ajansı)?"
    r"|(?:news|press)\s?(?:agency|agencies|service|wire)|agenc(?:y|ies)|agenturen?|presse-?agentur|newswire|pr newswire|business wire|globe ?newswire|press release|wire(?:s| reports| services?)?|imago|keystone)\b"
    r"|通信社|通讯社|通訊社|新华社|中新社|时事|時事通信|共同通信|연합뉴스|뉴시스|뉴스1",
    re.IGNORECASE,
)
"""A news agency's name; the short ones only in capitals, or alone: Sid and Ria are people, too."""
_BEHIND = re.compile(
    rf"(?:\s+(?:avec|mit|with|con|com|met|by|for))?\s+(?:The )?{KNOWN.pattern}(?: (?:staff )?writers?| staff)?$"
)
_ORGANISATIONS = {
    "en": "news|media|press|magazine|online|digital|times|post|daily|today|tribune|gazette|herald|journal|network|channel|radio|tv|international|official|licen[cs]e|chronicle|bulletin|dispatch|sentinel|examiner|[ei]nquirer|observer|guardian|weekly|administration",
    "en, public": "institute|university|college|school|center|centre|foundation|association|society|council|committee|board|ministry|ministries|department|office|commission|coalition|organi[sz]ation|united nations|(?:european|african|credit|trade|workers|labou?r|students?) union|parliament|embassy|government|secretariat|federation|alliance|assembly|authority|bureau|consulate|programme",
    "en, trade": "company|group|agency|studio|store|watch|solutions|marketing|strategies|services?|toolkit|tips|inc|ltd|gmbh|llc|corp|blog|community|club|academy|journalism|collective|makers",
    "de": r"\w*(?:gruppe|verlag|verband|agentur|anzeiger|rundfunk|zeitung|nachrichten|verein|gesellschaft|ministerium|universität|hochschule|stiftung|behörde|regierung|gewerkschaft)|(?:\w{4,}|bau)amt|\w+dienst|bundes(?:regierung|tag|rat|ministerium|anstalt|agentur|verband|bank|wehr|polizei|gericht)\w*|partei",
    "fr": "ministère|agence|gouvernement|assemblée|université|société|fédération|préfecture|mairie|institut|fondation|ambassade|actualités?",
    "es": "ministerio|agencia|diario|gobierno|universidad|instituto|fundación|asociación|periódico|embajada|ayuntamiento|secretaría|prensa|noticias|revista",
    "pt": "ministério|agência|jornal|governo|universidade|prefeitura|fundação|associação|secretaria|notícias|assessoria",
    "it": "ministero|agenzia|governo|università|fondazione|associazione|notizie|giornale|gazzetta|quotidiano",
    "nl": "ministerie|krant|omroep|stichting|universiteit|gemeente|vereniging",
    "pl": "ministerstwo|agencja|gazeta|uniwersytet|fundacja|rzecznik",
    "ru, uk": r"(?:министерств|агентств|правительств|издательств|міністерств)(?:о|а|у|ом|е|і)?|(?:газет|служб)(?:а|ы|е|у|ой)|(?:университет|институт|телеканал|комитет|департамент|університет|інститут|комітет)(?:а|у|ом|е|і)?|комисси[яиюе]й?|агенці[яїює]|пресс|фонд|новост[иь]|новостей|новини|уряд|компани[яи]",
    "ar": "(?:ال)?(?:وزارة|وكالة|صحيفة|قناة|جامعة|مؤسسة|منظمة|هيئة|حكومة|أمم|جريدة|شبكة|مركز|معهد|رئاسة)",
    "tr": r"\w*bakanlığı|ajansı|gazetesi|üniversitesi|belediyesi|haberler|haberleri|^haber|dergisi|kurumu|vakfı|derneği|partisi",
    "id": "kementerian|^dinas|pemerintah|universitas|yayasan|berita|humas",
    "vi": "^(?:báo|bộ|đài|sở|cục|tạp chí|truyền hình)",
}
"""Words of the names of media, offices, firms and societies, by language."""
_PUBLISHER = re.compile(
    rf"\b(?:{'|'.join(_ORGANISATIONS.values())})\b"
    r"|^[가-힣]{3,}(?:부|청|처|공사|공단)$|新聞|新闻|(?:报|報|消息|..科技)$|..[社党黨省庁部局署厅廳]$(?<!长谷部)(?<!長谷部)(?<!曽我部)(?<!曾我部)(?<!日下部)|财经|財經|自媒体|日刊|週刊|周刊|月刊|经济|經濟|放送|テレビ|电视|電視|网|網|通信|通讯|データ|オンライン|政府|法院|事務所|事务所|会社|公司|大学|大學|研究所|研究院|委員会|委员会|委員會|協会|协会|協會|集团|集團|뉴스|신문|방송|일보|센터|협회|위원회|재단|연구소"
    r"|\b(?:world|central|national|savings|commercial|development|federal|(?-i:[A-Z]{2,5})|\w+ \w+) bank$|\w+ \w+ star$"
    r"|[\w-]+\.(?:com|org|net|de|fr|uk|ru|cn|jp|kr|at|ch|tv|info|be|nl)\b",
    re.IGNORECASE,
)
_SURNAME = re.compile(
    r"(?!(?:the|old|new|north|south|east|west|\w+ern|american|british|national|international|global|local|us|uk|morning|evening|sunday|daily|world|city|press|news|sports?)\b)"
    r"(?:(?-i:[^\W\d_]\w*[a-zß-ÿ]) (?:press|post|daily|weekly|herald|board|group|center|college|school|council|store|bank|chronicle)|(?-i:[^\W\d_]\w*[a-zß-ÿ]) (?!city|daily|evening|valley|county)\w+ star)",
    re.IGNORECASE,
)
"""Words of publishers' names that people are called by, too: Post, Press, Herald."""
_AGENCY_SURNAME = re.compile(r"[A-Z][a-z]+(?: [A-Z]\.?)? Bloomberg")
_DESK = re.compile(
    r"\b(?:admin(?:istrator)?|editorial|editors?|staff|newsroom|desk|team|redaktion|rédaction|redacción|redação|redazione|redactie|redaksi|redaktsiya|редакци[яи]|редакція|guest|contributors?|correspondents?|reporters?|writers?|columnists?|haber merkezi|ban biên tập"
    r"|redakteur(?:in)?|korrespondent(?:in)?|journaliste|correspondante?|envoyée? spéciale?|periodista|corresponsal|enviad[oa] especial|giornalista|inviat[oa]|repórter|корреспондент|журналист|обозреватель|wartawan|phóng viên)\b"
    r"|編集|编辑|編輯|편집|報道局",
    re.IGNORECASE,
)
"""Who writes for a medium without a name: such a signature is the author's all the same."""
_POST = re.compile(
    r"\b(?:director|manager|coordinator|officer|president|founder|ceo|cto|cfo|producer|strateg(?:y|ist)|specialist|consultant|engineer|author|journalist|analyst|advis[eo]r|professor|lecturer|attorney|lawyer|scientist|researcher|economist|photographer|contributor|critic|commentator|expert|grader|login|logout|about me)\b",
    re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"^the\s|\b(?:this|these|those|your|our|what|why|when|where|about|any|without|through|because)\b|['’]s\b|^(?-i:d[oa]s?|n[oa]|em)\s",
    re.IGNORECASE,
)
"""Words of titles and sentences: "By Any Means", "In This Article", "The Example"."""
_PLACE_OR_SECTION = re.compile(
    r"^(?:(?:north|south|east|west|central|latin|middle|southeast|sub-saharan|(?:east|west|north|south)ern) (?:africa|america|asia|europe|korea|east|sudan|carolina|dakota|ireland|wales|pacific)(?: and (?:north )?\w+)?"
    r"|new (?:york|zealand|delhi|jersey|mexico|orleans|england|guinea)|hong kong|los angeles|san (?:francisco|diego|jose|antonio|salvador|juan)|buenos aires|united (?:states|kingdom|arab emirates)|saudi arabia|sri lanka|el salvador|costa rica|puerto rico|burkina faso|sierra leone|cape town|tel aviv|abu dhabi|kuala lumpur|addis ababa|phnom penh"
    r"|asia[ -]pacific|(?:\w+ )+(?:region|states)|white house|wall street|human rights|climate change|real estate|public health|foreign affairs|national security|artificial intelligence|world cup|premier league|prime minister|photo essay|in depth|fact checks?|long reads?)$",
    re.IGNORECASE,
)
"""Places and sections that have the shape of a person's name and stand where one does."""
_ACRONYM = re.compile(r"^[B-DF-HJ-NP-TV-Z]{3,6}$")
"""Capitals without a vowel: nobody is called so."""
_NOBODY = re.compile(
    r"^(?:(?:the )?(?:admin(?:istrator)?|super ?user|editor(?:ial)?|editors|user|unknown|anonymous|guest|webmaster|root|test|author|authors|staff|team|press|news|profile|archive|more|about|by|written by|posted by|share|follow|view|full bio|bio|read more|see more|learn more|contact|email|print|home|menu|search|login|comments?|subscribe|updated|published|advertisement|none|null|undefined|nan|n/a|font size|all posts|see all|views?|minutes?|read|link|copy link|sign in|sign up|newsletter|(?:최고)?관리자|운영자|管理员|管理員|администратор|редактор|مدير)|\W*)$"
    r"|^(?:关于作者|關於作者|作者(?:简介|簡介|介绍|介紹)|über (?:den autor|die autorin)|sobre (?:el|la|o|a) autora?|à propos de l.auteure?|об авторе|про автора|著者について|筆者紹介|저자 ?소개|tentang penulis|yazar hakkında|về tác giả|عن الكاتب)\W*$"
    r"|^(?:my|your) |\b(?:log|sign) (?:in|on|up|out)\b|\b(?:view|see|read|show|find|browse|learn|meet|all) .*\b(?:more|all|articles|posts|stories|profile|bio|reviews|location)\b|\b(?:size|reprints?|trial|stories|comments|posts|articles|subscribe|click|facebook|linkedin|twitter|whatsapp|instagram|youtube|pinterest|bluesky)\b"
    r"|^(?:rate|print|save|share|order|text|copy) |会員登録|番組表|打印|关闭|關閉|登录|登入|注册|写真|動画|記事|地図|図解|全文|続き"
    r"|https?:|www\.|@|^\W*\d+\W*$|^\w*(?:admin|team|editor|editorial|desk|staff|newsroom|webmaster)\w*$|\\|[{}=<>]|%|[!?]\s*$",
    re.IGNORECASE,
)


def is_agency(name: str) -> bool:
    """Tell whether a name is that of a news agency, or stands for agencies."""
    return _AGENCY.search(name) is not None and not _AGENCY_SURNAME.fullmatch(name)


def without_agency(name: str) -> str:
    """Take an agency's name off what it stands behind without a mark: "JANE EXAMPLE Associated Press"."""
    rest = _BEHIND.sub("", name) if is_agency(name) else name
    return rest if " " in rest else name


def is_body(name: str) -> bool:
    """Tell whether a name holds what only organisations, desks, posts, places and titles are called by."""
    return any(pattern.search(name) for pattern in (_PUBLISHER, _DESK, _POST, _FUNCTION, _PLACE_OR_SECTION))


def is_desk(name: str) -> bool:
    """Tell whether a name is that of a desk or of nameless staff: "Example Sports Desk"."""
    return _DESK.search(name) is not None


def is_nobody(name: str) -> bool:
    """Tell whether a string is an account, a control of the page, an address or a sentence."""
    return _NOBODY.search(name) is not None


def is_publisher(name: str) -> bool:
    """Tell whether a name is that of a medium, an agency, a firm or the like, and of none of its desks."""
    if KNOWN.fullmatch(name):
        return True
    named = _PUBLISHER.search(name) or _ACRONYM.search(name) or name.lower().startswith("the ")
    return bool(named) and not is_desk(name)


def may_be_person(name: str) -> bool:
    """Tell whether a publisher's name may be a person's as well: "Emily Post", but not "The Post"."""
    return _SURNAME.fullmatch(name) is not None
