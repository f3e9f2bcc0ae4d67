"""The news agencies that outlets credit, by the names under which they are known.

An agency is a fact of the trade and no outlet: a name in this table is believed where a name alone would
prove nothing, in "(AFP)" behind a sentence or alone above the text. Names of two to four capitals are only
looked for in such places, never in running text.
"""

# ruff: noqa: E501 - a table of names is read by rows, and a row is one line
from __future__ import annotations

import re

_NAMES = {
    "reuters": "Reuters|Thomson Reuters|Reuters News Agency|Reuters Staff|رويترز|ロイター|ロイター通信|路透社|路透|로이터|로이터통신|Рейтер|Рейтерс|रॉयटर्स",
    "afp": "AFP|Agence France-Presse|Agence France Presse|Agencia France-Presse|أ ف ب|أ.ف.ب|ا ف ب|أ ف ب|فرانس برس|وكالة فرانس برس|法新社|АФП|एएफपी",
    "ap": "AP|A.P.|The Associated Press|Associated Press|AP News|AP通信|美联社|美聯社|أسوشيتد برس|أسوشييتد برس|एपी",
    "dpa": "dpa|DPA|Deutsche Presse-Agentur|dpa-infocom|dpa-AFX|dpa international|د ب أ|德新社",
    "afx": "dpa-afx|AFX News",
    "sid": "SID|Sport-Informations-Dienst",
    "epd": "epd|Evangelischer Pressedienst",
    "kna": "KNA|Katholische Nachrichten-Agentur",
    "apa": "APA|APA-OTS|Austria Presse Agentur|Austria Presse-Agentur",
    "sda": "SDA|sda|Keystone-SDA|Keystone-ATS|SDA-ATS|ATS",
    "efe": "EFE|Agencia EFE|Agência EFE|EFEAGRO|EFEverde",
    "europapress": "Europa Press|EUROPA PRESS|EP",
    "ansa": "ANSA|Ansa",
    "adnkronos": "Adnkronos|ADNKRONOS|AdnKronos",
    "askanews": "askanews|Askanews",
    "agi": "AGI|Agenzia Italia|Agenzia Giornalistica Italia",
    "lapresse": "LaPresse",
    "lusa": "Lusa|Agência Lusa|LUSA",
    "agencia-brasil": "Agência Brasil|Agencia Brasil",
    "folhapress": "Folhapress|FOLHAPRESS",
    "estadao": "Estadão Conteúdo|Agência Estado",
    "telam": "Télam|Telam",
    "notimex": "Notimex|NTX",
    "prensa-latina": "Prensa Latina|PRELA",
    "xinhua": "Xinhua|Xinhua News Agency|Xinhuanet|新华社|新華社|新华网|新華網|新华通讯社|신화통신|新華社通信|شينخوا|Синьхуа",
    "cns": "China News Service|中新社|中新网|中国新闻网|中国新闻社|中新社记者",
    "cna-taiwan": "中央社|Central News Agency|中央通訊社|Focus Taiwan",
    "kyodo": "Kyodo|Kyodo News|KYODO|共同|共同通信|共同通信社|共同社|교도통신|Киодо",
    "jiji": "Jiji|Jiji Press|JIJI|時事|時事通信|時事通信社|时事社|지지통신",
    "yonhap": "Yonhap|Yonhap News|Yonhap News Agency|YONHAP|연합뉴스|연합|韩联社|韓聯社|聯合ニュース|연합뉴스TV",
    "newsis": "Newsis|뉴시스|NEWSIS",
    "news1": "뉴스1|News1",
    "kcna": "KCNA|Korean Central News Agency|조선중앙통신|조선중앙통신사|朝鮮中央通信|朝鲜中央通讯社|朝中社|ЦТАК",
    "tass": "TASS|ITAR-TASS|ТАСС|ИТАР-ТАСС|塔斯社|تاس|タス通信|타스통신",
    "ria": "RIA Novosti|RIA|РИА Новости|РИА|РИА «Новости»",
    "interfax": "Interfax|Интерфакс|Інтерфакс|Interfax-Ukraine|Интерфакс-Украина|Інтерфакс-Україна|INTERFAX.RU",
    "sputnik": "Sputnik|Спутник",
    "ukrinform": "Ukrinform|Укринформ|Укрінформ",
    "unian": "UNIAN|УНИАН|УНІАН",
    "unn": "УНН",
    "belta": "BelTA|BELTA|БЕЛТА",
    "kazinform": "Kazinform|Казинформ|Қазинформ",
    "aa": "AA|Anadolu|Anadolu Agency|Anadolu Ajansı|الأناضول|وكالة الأناضول|ААнадолу",
    "dha": "DHA|Demirören Haber Ajansı|Demirören News Agency",
    "iha": "İHA|IHA|İhlas Haber Ajansı|Ihlas News Agency",
    "anka": "ANKA|ANKA Haber Ajansı",
    "pti": "PTI|P.T.I.|Press Trust of India|भाषा|पीटीआई",
    "ians": "IANS|Indo-Asian News Service|आईएएनएस",
    "ani": "ANI|Asian News International|एएनआई",
    "uni": "UNI|United News of India",
    "app": "APP|Associated Press of Pakistan|Associated Press Of Pakistan",
    "bss": "BSS|Bangladesh Sangbad Sangstha",
    "unb": "UNB|United News of Bangladesh",
    "pna": "PNA|Philippine News Agency",
    "antara": "Antara|ANTARA|ANTARA News|LKBN Antara",
    "bernama": "Bernama|BERNAMA",
    "vna": "VNA|TTXVN|Vietnam News Agency|Vietnam+",
    "aap": "AAP|Australian Associated Press|AAP Newswire",
    "pa": "PA|PA Media|Press Association|The Press Association|PA News Agency",
    "cp": "CP|The Canadian Press|Canadian Press|La Presse Canadienne|La Presse canadienne|Presse Canadienne",
    "upi": "UPI|United Press International",
    "bloomberg": "Bloomberg|Bloomberg News|ブルームバーグ|彭博社|彭博|블룸버그",
    "dow-jones": "Dow Jones|Dow Jones Newswires|DJN",
    "cnn": "CNN|CNN Wire|CNN Newsource",
    "tns": "TNS|Tribune News Service|Tribune Content Agency",
    "ips": "IPS|Inter Press Service",
    "rfe": "RFE/RL|RFE|Radio Free Europe/Radio Liberty|Радио Свобода|Радіо Свобода",
    "voa": "VOA|VOA News|Voice of America",
    "rfa": "RFA|Radio Free Asia",
    "conversation": "The Conversation",
    "belga": "Belga|BELGA|Agence Belga",
    "anp": "ANP|Algemeen Nederlands Persbureau",
    "ntb": "NTB|NTB/Reuters",
    "tt": "TT|TT-AFP|TT-Reuters|TT Nyhetsbyrån|TT/AFP",
    "ritzau": "Ritzau|RITZAU|/ritzau/",
    "stt": "STT|STT-AFP",
    "pap": "PAP|Polska Agencja Prasowa",
    "ctk": "ČTK|CTK|Česká tisková kancelář",
    "tasr": "TASR",
    "mti": "MTI",
    "agerpres": "Agerpres|AGERPRES",
    "mediafax": "Mediafax|MEDIAFAX",
    "bta": "BTA|БТА",
    "tanjug": "Tanjug|Танјуг",
    "fonet": "FoNet|Beta",
    "hina": "HINA|Hina",
    "ana-mpa": "ANA-MPA|ΑΠΕ-ΜΠΕ",
    "wam": "WAM|وام",
    "spa": "SPA|واس|Saudi Press Agency",
    "mena": "MENA|أ ش أ|أ.ش.أ|Middle East News Agency",
    "qna": "QNA|قنا|Qatar News Agency",
    "kuna": "KUNA|كونا",
    "petra": "Petra|بترا",
    "nna": "NNA|الوكالة الوطنية للإعلام|National News Agency",
    "sana": "SANA|سانا",
    "map": "MAP|Maghreb Arabe Presse",
    "aps": "APS|Algérie Presse Service|وأج",
    "tap": "TAP|وات",
    "irna": "IRNA|إرنا|ایرنا",
    "isna": "ISNA|ایسنا",
    "tasnim": "Tasnim|تسنیم|تسنيم",
    "wafa": "WAFA|وفا",
    "panapress": "PANA|Panapress|APANEWS",
    "nan": "NAN|News Agency of Nigeria",
    "prnewswire": "PRNewswire|PR Newswire|PRNewswire-PRWeb",
    "businesswire": "Business Wire|BUSINESS WIRE|BUSINESSWIRE",
    "globenewswire": "GLOBE NEWSWIRE|GlobeNewswire|GLOBENEWSWIRE",
    "accesswire": "ACCESSWIRE|ACCESS Newswire|EIN Presswire|EINPresswire.com",
    "agencies": "news agencies|News agencies|News Agencies|Agencies|agencies|AGENCIES|wire services|Wire services|news services|wire reports|وكالات|الوكالات|Agencias|agencias|AGENCIAS|Agenturen|agences|Agences|agenzie|Agenzie|ajanslar|Ajanslar|agentur|एजेंसी|एजेंसियां|एजेंसियाँ|Agensi|agensi|ag|Ag",
}
"""Each agency's names, parted by bars; the first of its own alphabet is the usual one."""

_AGENCY_OF = {name: agency for agency, names in _NAMES.items() for name in names.split("|")}
_LOOSE = frozenset(
    {"ag", "Ag", "agentur", "EP", "تاس", "وات", "قنا", "وفا", "وام", "NAN", "Beta", "Hina", "Petra"}
)
"""Names that are also words: taken only where nothing else stands."""


def _alternatives(names: set[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


ARABIC = _alternatives({name for name in set(_AGENCY_OF) - _LOOSE if re.match(r"[\u0600-\u06ff]", name)})
"""The names in Arabic letters, as a pattern: there "and" is written into the word behind it."""

KNOWN = re.compile(rf"(?<![\w.])(?:{_alternatives(set(_AGENCY_OF) - _LOOSE)})(?![\w])")
"""An agency's name, as a word of its own."""


def agency_of(name: str) -> str | None:
    """Return which agency a name stands for, whatever the language: "新华社" and "Xinhua" are one."""
    name = name.strip()
    return _AGENCY_OF.get(name) or _AGENCY_OF.get(name.removeprefix("the ").removeprefix("The "))
