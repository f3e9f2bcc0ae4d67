"""The table of rules: what kinds of lines are not the article's text, each with an example of what it takes.

A rule knows a kind of line, never a site. It looks at the words of one line, at where the line stands
(`head`: among the first lines, `tail`: among the last, `any`) and at how long it may be. What a line is by
its place in the markup is decided in `clean.py`.
"""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.extract.strings import holds_any, weight

Place = Literal["any", "head", "tail"]
HEAD_LINES = 6
TAIL_LINES = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of line that goes, and why."""

    reason: str
    pattern: re.Pattern[str]
    example: str
    spares: str = ""
    """A line that looks like it and stays."""
    place: Place = "any"
    longest: int = 180
    """In characters of an alphabet; a longer line is spared."""
    holds: tuple[str, ...] = ()
    """Of these, in lower case, one stands in every line that it takes: a pattern that is dear is asked only then.

    A pattern that may begin within a line is dear: the others are asked of every line, all at once.
    """


def _rule(
    reason: str,
    pattern: str,
    example: str,
    *,
    spares: str = "",
    place: Place = "any",
    longest: int = 180,
    holds: tuple[str, ...] = (),
) -> Rule:
    return Rule(reason, re.compile(pattern, re.IGNORECASE), example, spares, place, longest, holds)


_LEAD_IN = r"^[\s\-–—•·>»▶►●■→➡👉*\[(|+]*"

RULES: tuple[Rule, ...] = (
    _rule(
        "read more",
        _LEAD_IN
        + r"(?:read (?:more|also|next|the full)\b|also read\b|see also\b|don.?t miss\b|click here\b"
        r"|(?:read|see|watch|listen)\s?:|more (?:on|from|about) (?:this|our|the author)|more (?:stories|articles|news)\s*:?$"
        r"|continue reading\b)",
        "READ MORE: Ministers meet in Vienna",
        spares="More on the border than in the capital, people voted late.",
    ),
    _rule(
        "read more",
        _LEAD_IN
        + r"(?:lesen sie (?:auch|mehr|hier)|mehr (?:zum thema|dazu)|lies auch|auch interessant|das könnte sie|les også|läs (?:också|mer)"
        r"|læs også|lue myös|leia (?:também|mais)|veja também|lea (?:también|más)|le puede interesar|lee también"
        r"|leggi anche|à lire (?:aussi|également)|lire (?:aussi|également)|voir aussi|czytaj (?:też|także|więcej)|zobacz (?:też|także)"
        r"|čtěte (?:také|více)|přečtěte si|lees ook|baca juga|simak juga|читайте (?:также|ещё|еще)|смотрите также|по теме\s*:)",
        "Lesen Sie auch: Minister treffen sich in Wien",
    ),
    _rule(
        "read more",
        _LEAD_IN
        + r"(?:相关(?:阅读|新闻|文章|链接|报道)|延伸(?:閱讀|阅读)|推荐阅读|[閱阅][讀读]更多|更多(?:新闻|文章|报道|内容|故事)|相關(?:新聞|文章|報導)"
        r"|【?関連(?:記事|リンク|ニュース)?】?\s*[:：]?|あわせて読みたい|続きを読む|おすすめ記事|관련\s?(?:기사|뉴스)|더보기|اقرأ أيضا|اقرأ أيضًا|إقرأ أيضا)",
        "相关阅读：部长会晤",
    ),
    _rule(
        "read more",
        r"^\W*(?:zum (?:artikel|liveblog|ticker|video)\s*:|(?:hier|mehr dazu) finden sie (?:außerdem|weitere|mehr|alle)\b|aktuelle (?:meldungen|nachrichten) zu\b.{3,90}\b(?:liveblog|ticker)\b)",
        ">> Hier finden Sie außerdem alle Termine im Überblick",
        spares="Hier finden sich noch Spuren der alten Mühle.",
    ),
    _rule(
        "read more",
        r"^most (?:read|popular|viewed) (?:in|on) .{1,25}$",
        "Most read in Football",
        spares="Most read in bed on Sundays, the survey of habits found.",
        longest=40,
    ),
    _rule(
        "read more",
        r"^for more (?:stories|news|articles|coverage|updates|information)\b.{0,80}\b(?:check|visit|see|click|follow|go to|head to|read)\b.{0,80}$",
        "For more stories like this, check our news page.",
        spares="For more stories to be told, archives must open, she said.",
        place="tail",
    ),
    _rule(
        "related heading",
        _LEAD_IN + r"(?:related(?: (?:stories|articles|content|news|posts?|links?|topics?|coverage|reading))?|recommended(?: (?:stories|for you))?"
        r"|people are also reading|you (?:may|might) (?:also )?(?:like|enjoy|be interested).{0,20}|trending(?: now)?|most (?:read|popular|viewed)|recent posts|latest news"
        r"|top stories|also on .{1,25}|up next|keep reading|more from .{1,40})\s*(?::|…|\.\.\.)?$",
        "Related Articles",
        spares="Related crimes rose by a tenth, the ministry said.",
    ),
    _rule(
        "newsletter",
        _LEAD_IN
        + r"(?:subscribe\b|sign up\b|get (?:the latest|our|all the|alerts|breaking)\b.{0,90}(?:newsletter|inbox|e-?mail|app|alerts|updates|phone)"
        r"|join our\b.{0,60}(?:newsletter|channel|group|community|telegram|whatsapp)|register (?:now|for free)|already (?:a subscriber|have an account)"
        r"|download (?:our|the) .{0,30}app|enter your e-?mail|thank you for (?:subscribing|signing|reading)|support (?:our|independent) journalism"
        r"|abonnez-vous|inscrivez-vous|suscr[ií]be(?:te|ase)|inscreva-se|assine (?:a|já|o)|iscriviti|newsletter\b.{0,40}(?:abonnieren|anmelden)"
        r"|jetzt (?:abonnieren|anmelden|registrieren)|подпи(?:сывайтесь|шитесь)|abone ol)",
        "Sign up for our morning newsletter",
        spares="Subscribers paid less than in the year before, the company said on Monday in its report to shareholders, which also named new members of its board and gave figures by region.",
    ),
    _rule(
        "newsletter",
        r"^get .{2,40} in your (?:inbox|e-?mail)\b.{0,20}$|^(?:soutenez|unterstützen sie|apoya|sostieni)\b.{0,60}\b(?:abonn\w+|subscri\w+|suscr\w+|abbona\w+)\b.{0,60}$"
        r"|\b(?:sign up (?:for|to)|subscribe to) (?:our|the)\b.{0,40}\b(?:newsletters?|alerts|bulletins?|channel)\b\W{0,5}$"
        r"|\bnewsletter\b.{0,30}\b(?:informiert|liefert|bringt|versorgt) (?:sie|dich|euch)\b|^(?:jeden|jede woche|täglich)\b.{0,90}\b(?:redaktion|postfach|newsletter)\W{0,3}$"
        r"|\b(?:special offers|promotions|adverts)\b.{0,120}\b(?:privacy policy|unsubscribe|opt out)\b",
        "For the latest stories from around the world, sign up for our newsletters.",
        spares="In spring he signed up for the newsletter of a party.",
        longest=300,
        holds=("get ", "subscri", "suscr", "abon", "abbon", "sign up", "newsletter", "redaktion", "postfach", "special", "promotions", "adverts"),
    ),
    _rule(
        "follow us",
        r"^(?:dapatkan|ikuti|simak|bergabung)\b.{0,120}\b(?:grup|group|channel|kanal|saluran)\s(?:\w+\s)?(?:whatsapp|telegram)\b.{0,160}$",
        "Dapatkan berita pilihan setiap hari di grup WhatsApp Contoh. Caranya klik tautan ini.",
        spares="Ikuti pertemuan itu, para menteri dari lima negara membahas grup usaha dan telegram rahasia.",
        longest=300,
    ),
    _rule(
        "follow us",
        _LEAD_IN
        + r"(?:follow (?:us|@|\w+(?: \w+)? on (?:x|twitter|facebook|instagram|telegram|google|whatsapp|threads))\b|like us on\b|share this(?: (?:article|story|post|page|news|video|on|via)\b.{0,60})?$|share on\b|folgen sie uns"
        r"|suivez-nous|síguenos|siga-nos|seguici|ikuti (?:kami|berita)|『?カテゴリーをフォロー|присоединяйтесь|扫(?:一扫|码)|关注(?:我们|微信)|分享(?:到|至))",
        "Follow us on Facebook and X",
        spares="Follow-up talks are planned.",
    ),
    _rule(
        "follow us",
        r"^(?=.*\b(?:telegram|телеграм\w*|whatsapp|viber|google news|гугл-?новин\w*|youtube|tiktok)\b)\W*(?:.{0,80}\W)?"
        r"(?:підпи(?:суйтесь|сатись|шіться)|слідкуйте за нами|стежте за нами|следите за (?:нами|нашими)|читайте нас|подписывай(?:ся|тесь)|ακολουθήστε (?:μας|το|τη)|κάντε εγγραφή|theo dõi (?:chúng tôi|kênh|trang)|takip edin|abone olun|seguici|seguiteci|síguenos|siga-nos|śledź nas|obserwuj nas)(?!\w).{0,160}$",
        "Більше новин у нашому Telegram-каналі. Підписуйтесь!",
        spares="El juez ordenó que WhatsApp siga suspendido hasta el lunes.",
        place="tail",
        longest=240,
        holds=("telegram", "телеграм", "whatsapp", "viber", "google news", "гугл", "youtube", "tiktok"),
    ),
    _rule(
        "embedded post",
        r"^(?:a (?:post|photo|video|reel) shared by [^!?]{2,70}\(@[\w.]{1,40}\)|view this (?:post|photo|profile) on (?:instagram|threads|facebook|x))\W*$",
        "A post shared by Jane Example (@jane)",
        spares="A post shared by thousands. Nobody knew who had written it.",
        longest=120,
    ),
    _rule(
        "tags",
        _LEAD_IN
        + r"(?:tags?\s*:|tags?$|tagged(?: as\b| with\b|\s*:|$)|etiquetas\s*:|etiketler\s*:|themen\s*:|topics?\s*:|keywords?\s*:|filed under\b|posted in\b"
        r"|categor(?:y|ies)\s*:|categor(?:y|ies)$|mots[- ]cl[ée]s\s*:|schlagw[oö]rter\s*:|теги\s*:|标签|標籤|关键[词字]|關鍵[詞字]|분류\s*:|分类\s*[:：])",
        "Categories: Politics, Europe",
        spares="Categories of goods that are exempt from the duty include food and medicine.",
    ),
    _rule(
        "tags",
        r"^this (?:entry|post|article) (?:was |has been |is )?(?:posted|written|published|filed|tagged)\b.{0,160}\b(?:filed under|posted in|tagged|bookmark the permalink|follow any (?:responses|comments)|both comments and pings)\b",
        "This entry was posted on Monday, May 3rd, 2010 at 9:04 am and is filed under News. You can follow any responses to this entry through the RSS 2.0 feed.",
        spares="This entry was posted to nobody, and the prize went to the second.",
        longest=460,
        place="tail",
        holds=("this ",),
    ),
    _rule(
        "skip link",
        r"^(?:skip|jump) to (?:the )?(?:main |page )?(?:content|navigation|text)\W*$|^(?:zum (?:haupt)?inhalt springen|aller au contenu(?: principal)?|(?:saltar|ir) al contenido(?: principal)?|vai al contenuto(?: principale)?|(?:pular|ir) para o conteúdo(?: principal)?)\W*$",
        "Skip to main content",
        spares="Skip to the end, she said, and read the verdict.",
        longest=60,
    ),
    _rule(
        "comments",
        _LEAD_IN
        + r"(?:leave a (?:comment|reply)\b|\d* ?comments?\s*(?:\(\d+\)|\d+)?$|post a comment|join the (?:conversation|discussion)|show comments"
        r"|kommentare?(?:\s*\(?\d+\)?)?$|commentaires?(?:\s*\(?\d+\)?)?$|comentarios?$|发表(?:评论|回复)|コメント(?:する|を書く)|댓글)",
        "Leave a comment",
        spares="Comments by the minister drew protests from both sides.",
    ),
    _rule(
        "advertisement",
        _LEAD_IN + r"(?:advertise?ments?|story continues below.{0,30}|article continues (?:below|after).{0,40}|anzeige|werbung|publicit[ée]|publicidade?"
        r"|la suite après cette publicité|reklama?|annonse|iklan|広告|广告|廣告|광고|реклама|sponsored(?: content)?|loading\.{0,3}|scroll to continue.{0,30})$",
        "Advertisement",
        spares="Advertisements on the network cost more than last year.",
    ),
    _rule(
        "byline",
        _LEAD_IN
        + r"[（【]?(?:通过|作者\s*[:：]|作者/|文/|(?:责任)?编辑\s*[:：]|責任編輯\s*[:：]|記者\s*[:：]|본문\s*기자|編集部|校对\s*[:：])\S{0,30}$",
        "通过王小明",
    ),
    _rule(
        "byline",
        r"^\W*[가-힣]{2,4}\s?(?:선임|수습|인턴)?(?:기자|특파원|논설위원)\W*(?:[\w.+-]{1,64}@[\w.-]{1,80})?\W*$|^\W*[\w.+-]{1,64}@[\w.-]{1,80}\s+[가-힣]{2,4}\s?(?:기자|특파원)\W*$",
        "홍길동 기자 hong@agency.example",
        spares="홍길동 기자가 현장에서 전합니다.",
        longest=200,
    ),
    _rule(
        "byline",
        r"^(?:penulis|pewarta|reporter|editor|redaktur)\s*:\s*[^.!?\d]{2,80}$|^penulis\s[^.!?:|]{2,60}\|\s*editor\b[^.!?]{2,60}$",
        "Penulis: Siti Contoh",
        spares="Editor resigns after a row over pay",
        longest=140,
    ),
    _rule(
        "credit",
        r"^(?:this (?:article|story|piece|post|essay|report|text) (?:was |is |has been |is being )?(?:originally |first )?(?:published|appeared|republished)|(?:originally|first) (?:published|appeared)|republished)\b[^.]{0,20}\b(?:in|on|by|at|from|with permission)\b.{2,120}$",
        "This article was originally published by Example Wire and is republished here.",
        spares="This article was read aloud in court.",
        longest=240,
    ),
    _rule(
        "byline",
        r"^(?:by|von|par|por|di|door|av|af|text|words|story by|written by|reported by|report by|edited by|reporting by|additional reporting by|oleh|автор)\s*[:\s]\s*"
        r"[^.!?。]{2,80}$",
        "By Jane Example and John Sample",
        spares="By noon the square was empty.",
        place="head",
        longest=100,
    ),
    _rule(
        "byline",
        r"^[\s(\[–—-]*(?:reporting by|writing by|editing by|additional reporting (?:by|from)|compiled by|propos recueillis par|(?:das )?(?:interview|gespräch)(?: führten?)?\s*:|intervista a cura di|(?:беседовал|записал|подготовил)[аи]?\s*:|translat(?:ed|ion) (?:from .{3,20} )?by|redaktion\s*:|aus dem \w{5,20}en(?: übersetzt)? von|traduit (?:de .{3,20} )?par)\s.{2,160}$",
        "(Reporting by Jane Example; editing by John Sample)",
        place="tail",
        longest=240,
    ),
    _rule(
        "byline",
        r"^(?:das (?:interview|gespräch) führten?|(?:беседовал|записал|подготовил)[аи]?|intervista di)(?:,? (?:(?:und|и|e) )?(?-i:[A-ZÀ-ÞА-ЯЁ])[\w.'’-]{1,24}){1,6}\W*$",
        "Das Gespräch führte Erika Beispiel.",
        spares="Das Gespräch führte zu keiner Einigung, wie der Sprecher sagte.",
        place="tail",
        longest=100,
    ),
    _rule(
        "byline",
        r"^[(\[](?-i:[a-zäöü]{2,4})(?:\s?[/,-]\s?(?-i:[a-zäöü]{2,4})){0,3}[)\]]$",
        "(abc/def)",
        spares="(und wie)!",
        place="tail",
        longest=24,
    ),
    _rule(
        "credit",
        r"^\W*(?:(?:with|using) (?:additional |some |agency )?(?:inputs?|files|reports?|reporting|material|information) (?:from|by)"
        r"|mit (?:material|informationen|agenturmaterial)(?: (?:von|der|des))?|με (?:πληροφορίες|στοιχεία) από(?: (?:το|την|τον|τα))?"
        r"|(?:con|com) (?:información|informaciones|datos|informações|dados) (?:de|da|do|del)(?: la| los)?)"
        r"(?: (?:(?:and|und|και|y|e) )?(?-i:[A-ZÀ-ÞА-ЯΑ-Ω\d])[\w.&/'’-]{0,24},?){1,6}\W*$",
        "With additional reporting by Example Wire",
        spares="Con información de la policía, el juez ordenó la detención de los tres.",
        place="tail",
        longest=140,
    ),
    _rule(
        "byline",
        r"^(?:(?:admin|administrator|webmaster|editor|author|管理员|管理員)\s*)+$",
        "editor administrator",
        longest=40,
    ),
    _rule(
        "photo credit",
        r"^[\s(\[]*(?:photos?|pictures?|images?|file photo|foto|fotos|bild(?:er)?|photo by|photograph|照片|图片|图源|图/|写真|사진)\s*"
        r"(?:credit|courtesy|by|source|来源)?\s*[:：/©]\s*.{2,100}$",
        "Photo: Jane Example/Agency",
    ),
    _rule(
        "photo credit",
        r"^[\s(\[]*(?:photo(?:graph)?s?|pictures?|images?) (?:credits?|sources?|courtesy)\s*[:：]\s*.{2,380}$",
        "Photo credits: Jane Example (quay), John Sample (ferry, herring), Example Archive (lighthouse in winter)",
        spares="Photo sources told the court little, and the judge asked for more.",
        place="tail",
        longest=400,
        holds=("photo", "picture", "image"),
    ),
    _rule(
        "photo credit",
        r"^(?:©|\(c\)|copyright)(?!.*(?:\d{4}|rights reserved))\s*.{2,100}$|^(?:getty images|reuters|afp|ap photo|epa|shutterstock|istock|unsplash|pixabay)(?:\s?/\s?[\w. ]{1,40})?$",
        "© Agency/Jane Example",
        spares="Reuters reported the meeting first.",
        longest=120,
    ),
    _rule(
        "about the author",
        _LEAD_IN + r"(?:about (?:the )?(?:author|writer|admin)s?\b.{0,40}|关于作者|作者简介|關於作者|über (?:den autor|die autorin).{0,30}|sobre (?:el|o) autor"
        r"|à propos de l.auteur)$",
        "About the author",
    ),
    _rule(
        "standards",
        r"^our (?:editorial )?standards\s*:.{3,90}$|^(?:read|see) our (?:editorial|ethics|corrections) (?:standards|policy|guidelines)\b.{0,20}$",
        "Our Standards: The Example Principles of Trust.",
        spares="Our standards have slipped, the minister admitted.",
        place="tail",
    ),
    _rule(
        "donate",
        r"^(?:hat ihnen dieser (?:artikel|beitrag|text) gefallen|vous avez aimé cet article|¿te (?:ha gustado|gustó) (?:este|el) artículo|if you (?:liked|enjoyed|value) (?:this|our) (?:article|story|reporting|journalism|work)\b.{0,80}\b(?:support|donat|subscri|contribut|member))",
        "Hat Ihnen dieser Artikel gefallen? Dann unterstützen Sie uns mit einer Spende.",
        place="tail",
        longest=300,
    ),
    _rule(
        "broadcast",
        r"^(?:sendung|sendedatum|über dieses thema berichtet\w*)\s*:?\s.{3,90}\b\d{1,2}[.:]\d{2}\b.{0,12}$",
        "Sendung: Radio Beispiel, 24.04.2024, 15:10 Uhr",
        place="tail",
    ),
    _rule(
        "disclosure",
        r"\b(?:we|us|our (?:site|partners|team)|this (?:site|post|page|article)) (?:may |might |can |will |could )?(?:also )?(?:earn|receive|get|contain|include|be compensated)\b.{0,60}\b(?:commissions?|kick ?back|compensation|affiliate links?)\b"
        r"|\b(?:may|might|can|will) earn (?:us|the site|\w+) (?:an? )?(?:small )?(?:affiliate )?commission\b",
        "When you buy through our links, we may earn a commission.",
        spares="Agents earn a commission of two per cent on each house, the office found.",
        longest=420,
        holds=("commission", "kickback", "kick back", "compensation", "affiliate"),
    ),
    _rule(
        "share",
        r"^(?:like|liked|love|enjoy(?:ed|ing)?) (?:this|what you)\b[^?]{0,40}\?[^?]{0,80}\b(?:share|subscribe|follow|sign up|join)\b.{0,60}$",
        "Like this story? Share it with a friend!",
        spares="Like this year, share prices fell.",
    ),
    _rule(
        "caption",
        r"^[^.!?]{15,200}(?:[.!?…]\s|\s?[(\[|]\s?)(?:bild|fotos?|photos?|фото)\s?:\s?(?-i:[A-ZÀ-ÖØ-ÞА-Я])[^.!?:]{2,60}[)\]]?$",
        "The old quay on the day before ships came back. Photo: Jane Example",
        spares="She told the court what she saw there, and gave it one photo: it shows the quay by night.",
        longest=260,
        holds=("bild", "foto", "photo", "фото"),
    ),
    _rule(
        "pages",
        r"^\W*(?:pages?|seiten?|páginas?|pagine|strony|страницы)\s?:\W*1(?:\W+\d{1,3}\b){1,20}\W*$",
        "Pages: 1 2 3",
        spares="Pages: 120, with maps",
    ),
    _rule(
        "script notice",
        r"^to view this video please enable javascript\b.{0,120}$|^(?:this|our) [\w ]{3,30} (?:requires|needs) javascript(?: to \w{1,12}(?: \w{1,12})?)?\W*$|^please (?:enable|activate|turn on) javascript\b.{0,60}$",
        "This slideshow requires JavaScript.",
        spares="Our new product requires JavaScript and a modern browser, the firm said.",
        longest=180,
    ),
    _rule(
        "comments",
        r"^.{0,160}\bplease (?:read|see|follow) (?:our|the) comments? (?:policy|guidelines|rules) before (?:commenting|posting)\W*$",
        "We welcome what you think. Please read our comment policy before commenting.",
        spares="The ministry asked people to read the comments policy before posting.",
        longest=260,
        holds=("please ",),
    ),
    _rule(
        "share request",
        r"^(?:pin|save) (?:this|it)(?: \w+)? (?:for later|to pinterest)\W*$",
        "Pin this for later!",
        spares="Pin this for later use on the wall beside the door.",
    ),
    _rule(
        "label",
        r"^(?:article|story) content\W*$",
        "Article content",
        spares="Article content is checked by two editors.",
    ),
    _rule(
        "comments",
        r"^[^.!?]{0,40}\bcomments? polic(?:y|ies)\W*$",
        "The Example Times Comment Policy",
        place="tail",
        holds=("polic",),
    ),
    _rule(
        "read more",
        _LEAD_IN
        + r"(?:(?:see more|also (?:see|watch|listen))\s?:|(?:watch|listen|read|video|audio|photos|gallery|live)\s?\|\s?[^|]{5,}$"
        r"|haberin devam[ıi](?: için tıklayın(?:ız)?)?\W*$|ilgili haberler?\W*$|xem thêm\s?:|اقرأ المزيد\W*$|leer (?:más|también)\s?:)",
        "WATCH | Ministers arrive in Vienna",
        spares="Also see how the plan was received in Vienna, where few knew of it.",
    ),
    _rule(
        "read more",
        r"^[^.!?]{10,160}\s\[(?:video|photos?|pictures|pics|watch|insight|analysis|gallery|exclusive|live)\][\W_]*$",
        "Storm reaches the coast before nightfall [VIDEO]",
        spares="The minister said that he would [watch] the talks closely.",
        holds=("[",),
    ),
    _rule(
        "read more",
        r"^(?:follow|read|see|find) (?:all )?(?:[\w.]+['’]s? |our |the )?(?:full |live |ongoing |complete ){1,2}coverage\b[^!?]{0,120}$",
        "Find our full coverage of the summit at wire.example/summit",
        spares="See the full horror of it, he told members, and then vote.",
        place="tail",
    ),
    _rule(
        "comments",
        r"^(?:tell us what you think|(?:what do you think\? )?(?:let us know|tell us|share your (?:thoughts|views))(?: what you think)? (?:in|via) the comments?\b[^.!?,]{0,30}|have your say(?: in the comments?\b[^.!?,]{0,20})?"
        r"|join the (?:discussion|conversation))\W*$",
        "What do you think? Let us know in the comments below.",
        spares="What do you think? the envoy asked, and nobody answered.",
    ),
    _rule(
        "follow us",
        r"^add [^.!?,]{2,40} as an interest to stay\b.{0,200}$"
        r"|(?:扫描|长按|识别)(?:下方|上方|文末|下面|左侧|右侧)?(?:的)?二维码.{0,6}(?:关注|加入|下载|订阅|添加)|^(?:请)?关注(?:我们的?|本|官方|微信){0,3}公众号.{0,12}$",
        "Add Elections as an interest to stay up to date on the latest news",
        spares="警方提醒市民不要随意扫描来历不明的二维码，以免财产受损。",
        longest=260,
        holds=("as an interest", "二维码", "公众号"),
    ),
    _rule(
        "embedded content",
        r"^an dieser stelle (?:finden sie|findest du)\b.{0,60}\bextern\w* (?:\w+ )?inhalt|^(?:externe[nr]? inhalte?|empfohlene[nr]? (?:externe[nr]?|redaktionelle[nr]?) inhalte?)\b(?: (?:anzeigen|laden|aktivieren|zulassen))?\W*$"
        r"|^(?:recommended|suggested) external content\W*$|^(?:this content|content) is hosted on an external platform\b|^ce contenu (?:est bloqué|n.est pas visible)\b.{0,60}\b(?:cookies|traceurs)",
        "An dieser Stelle finden Sie einen externen Inhalt, der den Artikel ergänzt.",
        spares="An dieser Stelle finden Sie am Sonntag den Markt.",
        longest=400,
    ),
    _rule(
        "disclaimer",
        r"^(?:gast|meinungs)(?:kommentare|beiträge|artikel)\b.{0,90}\b(?:müssen nicht|geben nicht)\b.{0,60}\b(?:meinung|ansicht|redaktion)\b",
        "Gastkommentare müssen nicht der Meinung der Redaktion entsprechen.",
        spares="Gastbeiträge zur Tagung müssen nicht vor Freitag eingehen, sagte sie.",
        longest=300,
    ),
    _rule(
        "contact",
        r"^(?:write|e-?mail) (?:to )?[^.!?@]{2,60} at \S+@\S+$|^to contact the (?:reporters?|editors?|authors?|writers?) (?:on|of|for|responsible for) this (?:story|article)\s?: .{2,200}$",
        "Write to Jane Example at jane@wire.example",
        spares="Write to the palace at once, she told the minister.",
        place="tail",
        longest=300,
    ),
    _rule(
        "listen",
        r"^(?:hear|listen to) (?:the|this) (?:story|article)\b[^.!?]{0,40}$|^(?:play|pause) (?:audio|video)\W*$|^watch (?:the )?video(?: (?:here|below|above))?\W*$|^list \d+ of \d+$|^end of list$",
        "Listen to this article",
        spares="Listen to this story of a fisherman who crossed the bay in a bathtub and came back.",
        longest=80,
    ),
    _rule(
        "page furniture",
        r"^(?:like )?loading\s?(?:\.\.\.|…)$|^like this\s?:$|^discover more from [^.!?]{2,60}$|^type your e-?mail\s?(?:\.\.\.|…)$|^save my name, e-?mail\b.{0,120}$|^your e-?mail address will not be published\b.{0,80}$"
        r"|^(?:previous|next|older|newer) (?:post|article|entry)\s?[:«»<>→←]\s?\S[^.]{2,150}$|^back to top$|^view all posts by [^.!?]{2,60}$",
        "Your email address will not be published. Required fields are marked *",
        spares="Next story on his desk: a murder in the harbour, and no one who saw it.",
    ),
    _rule(
        "byline",
        r"^\W*(?:edited|translated|fact[- ]checked|proofread) by:?(?: (?-i:[A-ZÀ-Þ])[\w.'’-]+){2,4}(?:,? (?:and|&)(?: (?-i:[A-ZÀ-Þ])[\w.'’-]+){2,4})?\W*$"
        r"|^\W*(?:traduit (?:de l.\s?\w+|du \w+) par|traducción(?: de)?\s?:|traducido (?:por|del \w+ por)|traduzido (?:por|d[oe] \w+ por)|tradotto (?:da|dall.\w+ da)|перев[её]л[аи]?\s?:|перевод\s?:)(?: (?-i:[A-ZÀ-ÞА-ЯЁ])[\w.'’-]+){2,4}\W*$"
        r"|^\W*(?:译者|翻译)\s?[:：]\s?[\u4e00-\u9fff·]{2,12}\W*$",
        "Traduit de l’anglais par Jeanne Exemple",
        spares="Traduit devant la cour, il risque trente ans de prison.",
        place="tail",
        longest=140,
    ),
    _rule(
        "republish",
        _LEAD_IN + r"(?:republish (?:this|our) (?:article|story|stories|content|piece|work)\b.{0,20}|republi(?:shing|cation) guidelines"
        r"|want to republish\b.{0,40}\?)$",
        "Republish this article",
        spares="Republish this and be damned, he wrote.",
    ),
    _rule(
        "disclaimer",
        r"^[^.!?]{2,60}\bis a registered (?:charity|trademark|company)\b[^.!?]{0,40}\.?(?:\s[^.!?]{0,60}\bapply\.?)?$"
        r"|^(?:our |the )?(?:terms|conditions)(?: of (?:use|service)| and conditions) apply\W*$",
        "Example News Agency is a registered charity. Terms of use apply.",
        spares="The shelter is a registered charity, and the mayor said on Tuesday that the terms of its lease would be changed.",
        place="tail",
        longest=180,
    ),
    _rule(
        "disclaimer",
        _LEAD_IN + r"(?:(?:legal |important )?disclaimers?(?: (?:and|&) \w+)?\s*(?:[:：]|$)|haftungsausschluss\s*:|avertissement l[ée]gal\s*:|[【\[]?免[责責](?:声明|聲明))"
        r"|^\W*(?:本文|文章|以上内容|以上內容)[^。]{0,20}(?:仅代表|僅代表|不代表)[^。]{0,20}(?:观点|觀點|立场|立場)|^\W*本文[^。]{0,8}不构成[^。]{0,12}建议",
        "Disclaimer: The views expressed here are those of the author.",
        spares="Disclaimers were handed to all passengers before the flight.",
        place="tail",
        longest=900,
    ),
    _rule(
        "subscribers only",
        r"^(?:この(?:記事|ニュース)は(?:有料)?会員限定|残り\d+文字|본 기사는 (?:유료|회원))\S{0,20}$|^this (?:article|story|content|post) is (?:exclusive to|only for|reserved for|for)\b.{0,40}\b(?:subscribers|members)\b.{0,30}$",
        "This article is exclusive to EXAMPLE+ subscribers",
    ),
    _rule(
        "cookies",
        _LEAD_IN
        + r"(?:this (?:web)?site uses cookies|we use cookies|we and our partners|by (?:using|continuing to use) this (?:web)?site|cookie (?:policy|settings|preferences)$"
        r"|diese (?:web)?seite verwendet cookies|ce site utilise des cookies)",
        "We use cookies to give you a better experience.",
        longest=260,
    ),
    _rule(
        "copyright",
        _LEAD_IN + r"(?:all rights reserved|copyright ?(?:©|\(c\)|\d{4}|[:：])|© ?\d{4}|© ?[\w.-]+, \w+:\d{6}-|no part of this .{0,80} may be reproduced|this (?:document|article|material|content) is (?:subject to|protected by) copyright|this copy is for your personal\b|alle rechte vorbehalten|tous droits réservés"
        r"|版权所有|版權所有|無断転載|.{0,40}<저작권자|저작권자|무단\s?전재)",
        "Copyright © 2024 Example Press. All rights reserved.",
        longest=260,
    ),
    _rule(
        "published or updated",
        _LEAD_IN
        + r"(?:(?:first |last |originally )?(?:published|posted|updated|modified)|last (?:update|edited|modified)|date published|publi[ée]e? le|mis à jour le|veröffentlicht|aktualisiert|stand\s*:"
        r"|publicado|actualizado|atualizado|pubblicato|aggiornato|опубликовано|обновлено|发布时间|发布于|更新时间|日期|입력|수정|기사입력|投稿日|公開日|更新日)\b[^.!?。]{0,60}\d[^.!?。]{0,40}$",
        "Last updated on March 3rd, 2021 at 9:05 am",
        spares="Published in 1999, the novel sold 40 copies before it was forgotten by critics and readers alike for decades.",
        longest=110,
    ),
    _rule(
        "published or updated",
        r"^\W*(?:uppdaterad|publicerad|opdateret|publiceret|publisert|oppdatert|diperbarui|diterbitkan|güncelleme)\W{0,3}\d{1,2}[.:]\d{2}(?:\W{1,5}(?:uppdaterad|publicerad|opdateret|publiceret|publisert|oppdatert)\W{0,3}\d{1,2}[.:]\d{2})?\W*$",
        "Uppdaterad 15.59 | Publicerad 14.14",
        longest=110,
    ),
    _rule(
        "contact",
        r"\b(?:write (?:to )?us|e-?mail us|reach (?:us|the newsroom)|contact us|écrivez|contactez|schreiben sie|hinweise|escr[ií]ba(?:nos)?|scrivi(?:ci|te)?|escreva|пишите|hubungi|kirim)\b.{0,60}[\w.+-]{1,64}@[\w-]{1,63}\.\S{2,60}\W*$",
        "Vous avez une information ? Écrivez à redaction@agence.example.",
        place="tail",
        holds=("@",),
    ),
    _rule(
        "views",
        r"^\W*(?:просмотр(?:ов|ы)|количество просмотров|views|vues|visitas|visualizaciones|aufrufe|dibaca|阅读(?:量|次数)?|浏览(?:量|次数)?|點閱|閲覧数|조회(?:수)?|المشاهدات)\s*[:：]\s*\d[\d\s,.]{0,12}(?:次|kali|회)?\W*$|^\d[\d\s,.]{0,12}(?:views|vues|просмотр\w*)$",
        "Просмотров: 1 222",
        longest=60,
    ),
    _rule(
        "report an error",
        r"^(?:если вы (?:нашли|заметили) (?:ошибку|опечатку)|нашли (?:ошибку|опечатку)|(?:spotted|found|see) (?:an error|a mistake|a typo)|fehler (?:gefunden|entdeckt)|vous avez (?:repéré|remarqué) une erreur)\b.{0,140}$",
        "Если вы нашли ошибку, выделите её и нажмите Ctrl+Enter.",
        place="tail",
    ),
    _rule(
        "contact",
        r"^get in touch with [^.!?]{2,40} about this story\b.{0,120}$|^(?:get in touch|do you have (?:a|any) (?:story|news tip|tip|information)|have you got a story|got a (?:story|tip)|e-?mail us)\b.{0,80}(?:@|\b(?:our|the) (?:\w+ )?(?:team|newsroom|reporters?|desk)\b).{0,100}$",
        "Get in touch with our news team by writing to news@agency.example.",
        spares="Get in touch with reality, the minister told the opposition.",
        place="tail",
        longest=240,
    ),
    _rule(
        "contact",
        r"^(?:have a tip\?.{0,60}|(?:e-?mail|contact|reach)\b.{0,60}|.{2,40}\b(?:can|may) be (?:reached|contacted)\b.{0,20})[\w.+-]{1,64}@[\w-]{1,63}\.\S{2,60}.{0,120}$",
        "Email Jane Example at jane@agency.example or follow her on Example.",
        spares="The ministry can be reached by train, its spokesman said.",
        place="tail",
        longest=260,
        holds=("@",),
    ),
    _rule(
        "contact",
        r"^\W*(?:e-?mail|contact|kontakt|邮箱|이메일)?\s*[:：]?\s*[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\W*(?:\(END\))?$",
        "jane.example@agency.example",
        spares="Write to jane.example@agency.example before Friday to take part.",
        longest=100,
        holds=("@",),
    ),
    _rule(
        "end mark",
        r"^[\s(\[*]*(?:[-–—=]+\s*(?:0{1,3}|oOo)\s*[-–—=]+|#{2,}|-?\s*30\s*-|-+\s*end\s*-+|end|ends|終|완|完|끝|конец|(?:انتهای|پایان)\s?پیام|ends? of (?:story|text|statement|article))[\s)\]*./]*$",
        "-0-",
        spares="End the war, she said.",
        place="tail",
        longest=30,
    ),
    _rule(
        "print or share",
        _LEAD_IN + r"(?:print(?: this)?(?: page| article)?|e-?mail this.{0,20}|copy link|share|tweet|save|listen to (?:this )?article.{0,20}|teilen|drucken|partager|imprimer|compartir"
        r"|compartilh(?:e|ar)|bagikan|paylaş|condividi|delen|поделиться|поділитися|κοινοποίηση|chia sẻ|شارك|مشاركة|שתפו|แชร์|공유하기|シェアする|分享"
        r"|打印|关闭|【?打印】?.{0,12}【?关闭】?.{0,4}|字号.{0,10}|whatsapp|facebook|twitter|telegram|linkedin)$",
        "Copy link",
        longest=60,
    ),
    _rule(
        "reading time",
        r"^\W*(?:\d+ ?(?:min(?:ute)?s?\.?)(?: read| de lecture| lesezeit)?|(?:temps de lecture|lesezeit|reading time|tiempo de lectura)\s*[:：]?\s*\d+.{0,12})$",
        "Reading time: 4 minutes",
        longest=40,
    ),
)  # fmt: skip

SOURCE_WORDS = (
    r"(?:sources?|quellen?|fuentes?|fontes?|bron|kilde|källa|lähde|kaynak|sumber|źródło|zdroj|источники?|джерел[оа]|πηγή|forrás|sursa|izvor|nguồn|chanzo"
    r"|來源|来源|信息来源|文章来源|出处|出處|出典|출처|स्रोत|स्त्रोत|מקור|ที่มา|المصدر|المصادر|منبع|منابع)"
)
"""What a line begins with that names where its text comes from."""
SOURCE_LINE = re.compile(
    rf"^[\s(\[]*{SOURCE_WORDS}"
    r"\s*[:：]\s*(?P<names>[^.!?。]{2,120}?)[\s.。]*$",
    re.IGNORECASE,
)
"""A line that only names where the text comes from: "Source: Example Agency and correspondents"."""

BIOGRAPHY = re.compile(
    r"(?!.* (?:said|says|told|sagte|dijo|disse|selon)\b)(?: (?:is|works as) (?!the (?:first|second|third|only|latest|\w+th) )(?:an?|our|the) "
    r"(?:\w+ ){0,6}(?:reporter|correspondent|editor|writer|journalist|columnist|producer|author|contributor|researcher|fellow|professor|lecturer"
    r"|director|analyst|founder)\b"
    r"| (?:ist|arbeitet als|schreibt als|berichtet als) (?:\w+ ){0,5}\w*(?:redakteur|reporter|korrespondent|journalist|autor|kolumnist|professor)\w*"
    r"| est (?:\w+ ){0,4}(?:journaliste|correspondante?|chroniqueu\w+|professeure?|chercheu\w+|auteure?)\b"
    r"| (?:es|é) (?!el |la |o |a )(?:\w+ ){0,4}(?:periodista|corresponsal|jornalista|correspondente|columnista|colunista|profesora?|professora?)\b"
    r"| è (?:\w+ ){0,4}(?:giornalista|corrispondente|scrittore|scrittrice|professore|professoressa)\b)"
)
"""What follows the name of an author who is introduced (in a key): what she is by trade, and nobody's words."""

END_MARK = re.compile(r"\s*(?:-\s?0\s?-|\((?:END|end|完|끝)\)|#{3,}|（完）)\s*$")
"""An end mark at the end of the last paragraph."""

OPENS_ELSEWHERE = re.compile(
    r"\s*,?\s*\(?\bopens (?:in )?(?:a )?new (?:tab|window)\b\)?"
    r"|\s*\((?:link )?(?:öffnet .{0,12}neue[mns]? (?:fenster|tab)|s.ouvre dans une? nouvel(?:le)? (?:fenêtre|onglet)"
    r"|se abre en (?:una )?(?:nueva )?(?:ventana|pestaña)(?: nueva)?|abre (?:em|numa) (?:uma )?nova (?:janela|aba)"
    r"|si apre in una nuova (?:finestra|scheda))\)",
    re.IGNORECASE,
)
"""What a screen reader is told of a link within a sentence."""

ORIGINAL_LINK = re.compile(
    r"^\W*(?:read|see|view)?\s*(?:the\s)?original (?:version|article|story|source|post|text)\b|\boriginal(?:ly)? (?:published|appeared)"
    r"|at source\b|^\W*(?:原文(?:链接|鏈接|连结)?|阅读原文|元記事|원문(?:보기)?|zum original|lire l.original|artículo original|читать оригинал)",
    re.IGNORECASE,
)
"""The words of a link to what is republished: "Read original version at source"."""

MODIFIED_LABEL = re.compile(
    r"(?:last )?(?:updated?|modified|edited)\b|aktualisiert|mis à jour|actualizad[oa]|atualizad[oa]|aggiornato|bijgewerkt|обновлен|güncelle|diperbarui"
    r"|更新|수정|최종수정|오전\s?수정|به[\s\u200c]?روز[\s\u200c]?رسانی|بروزرسانی|آخرین ویرایش|آخر تحديث",
    re.IGNORECASE,
)
"""Words that make a date the date of a change."""

PUBLISHED_LABEL = re.compile(
    r"publish|posted|\bdat(?:e|um)\s*:?\s*$|publi[ée]|veröffentlicht|publicad|pubblicat|опубликован|发布|發布|입력|등록|작성일|公開|掲載|terbit|yayın|انتشار|النشر",
    re.IGNORECASE,
)
"""Words that make a date the date of publication."""


def credited(line: str) -> str | None:
    """Return whom a line credits, in its own words, or None if it is no "Source:" line."""
    line = line.strip()
    if line[:1] in {"(", "[", "（", "【"} and line[-1:] in {")", "]", "）", "】"}:
        line = line[1:-1]
    found = SOURCE_LINE.match(line)
    return found["names"] if found else None


_LENGTHS = sorted({rule.longest for rule in RULES})
_ANY_CHEAP = re.compile("|".join(f"(?:{r.pattern.pattern})" for r in RULES if not r.holds), re.IGNORECASE)
"""Finds something in every line that a rule takes which holds no words: most lines are none, and asked this once."""


@cache
def _asked(longer_than: int, *, in_head: bool, in_tail: bool) -> tuple[Sequence[Rule], Sequence[Rule]]:
    """Return the rules for lines that are longer than that many of `_LENGTHS`: all, and those that hold words."""
    asked = [
        rule
        for rule in RULES
        if rule.longest in _LENGTHS[longer_than:]
        and (rule.place == "any" or (in_head if rule.place == "head" else in_tail))
    ]
    return asked, [rule for rule in asked if rule.holds]


def match(line: str, *, in_head: bool, in_tail: bool) -> Rule | None:
    """Return the first rule that takes `line`, or None."""
    asked, dear = _asked(bisect_left(_LENGTHS, weight(line)), in_head=in_head, in_tail=in_tail)
    if len(asked) > len(dear) and not _ANY_CHEAP.search(line):
        asked = dear
    lowered = line.lower() if asked else ""
    for rule in asked:
        if (not rule.holds or holds_any(lowered, rule.holds)) and rule.pattern.search(line):
            return rule
    return None
