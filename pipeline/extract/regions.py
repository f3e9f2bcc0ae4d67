"""What the name of an element (tag, class, id, role) says about the part of the page it holds."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain


class Region:
    """Parts of a page that are not the article's own text, as their markup names them: bits of an int.

    Plain ints, not an `IntFlag`: they are combined for every element of every page.
    """

    NONE = 0
    CAPTION = 1 << 0
    AUTHOR = 1 << 1
    RELATED = 1 << 2
    CARD = 1 << 3
    SHARE = 1 << 4
    COMMENTS = 1 << 5
    PROMO = 1 << 6
    TAGS = 1 << 7
    CHROME = 1 << 8
    META = 1 << 9
    SOURCE = 1 << 10
    CLOCK = 1 << 11
    HEADER = 1 << 12
    DEK = 1 << 13
    HIDDEN = 1 << 14
    ARTICLE = 1 << 15


OTHER_PARTS = Region.RELATED | Region.COMMENTS | Region.CHROME | Region.PROMO | Region.CARD | Region.CAPTION
"""What stands on a page of an article and is none of its text."""


@lru_cache(maxsize=4096)
def parts(mask: int) -> tuple[int, ...]:
    """Return the single regions of a mask."""
    return tuple(1 << i for i in range(mask.bit_length()) if mask & 1 << i)


_NAMES = (
    (Region.CAPTION, r"(?:^|[\s_-])(?:fig(?:ure)?-?)?captions?(?:$|[\s_-])|[a-z]caption|caption(?:-|_)?(?:text|wrap)|wp-caption|photo-?(?:credit|by)|image-?(?:credit|caption)|media-?credit|imgcaption|(?:^|[\s_-])credits?(?:$|[\s_-])|(?:^|[\s_-])l[eé]gendes?(?:$|[\s_-])|pie-?(?:de-?)?foto|didascalia|bild(?:unterschrift|text)|billed-?tekst|(?:foto)?bijschrift", "caption credit photo legende légende pie didascalia bild billed bijschrift"),
    (Region.AUTHOR, r"author|byline|\bbio\b|[_-]bio(?:$|[\s_-])|contributor|(?:^|[\s_-])writers?(?:$|[\s_-])|journalist", "author byline bio contributor writer journalist"),
    (Region.RELATED, r"related|recirc|recommend|read-?(?:more|also|next)|more-?(?:on|from|stories|articles|news)|also-?(?:read|like|on)|most-?(?:read|popular|viewed)|trending|popular-?posts|recent-?(?:posts|entries)|latest-?(?:news|posts)|you-?may|outbrain|taboola|see-?also|similar-?(?:posts|articles)|up-?next|suggested|lire-?aussi", "related recirc recommend read more also most trending popular recent latest may outbrain taboola similar next suggested lire"),
    (Region.CARD, r"(?:^|[\s_-])cards?(?:$|[\s_-])|(?:^|[\s_-])teasers?(?:$|[\s_-])|promo-?item|story-?item|(?<!block-)list-?item|(?:^|\s)loop-", "card teaser item loop"),
    (Region.SHARE, r"shar(?:e|ing)(?:$|[\s_-]|bar|tool|button|link)|social|follow-?us|addtoany|sns", "shar social follow addtoany sns"),
    (Region.COMMENTS, r"comments?(?:$|[\s_-]|list|area)|disqus|respond\b|discussion|replies", "comment disqus respond discussion replies"),
    (Region.PROMO, r"newsletter|subscri(?:be|ption)|sign-?up|promo(?:$|[\s_-]|tion|box)|advert|(?:^|[\s_-])ads?(?:$|[\s_-])|sponsor|paywall[\w-]*(?:prompt|banner|offer|message|overlay|modal|pop-?up|cta|button|barrier|box)|banner|popup|modal|donat|app-?download|call-?to-?action|(?:^|[\s_-])cta(?:$|[\s_-])|piano|registration|inline-?promo|membership", "newsletter subscri sign promo advert ad sponsor paywall banner popup modal donat download action cta piano registration membership"),
    (Region.TAGS, r"(?:^|[\s_-])tags?(?:$|[\s_-]|list|cloud)|topics?(?:$|[\s_-]|list)|keywords?(?:$|[\s_-])|categor(?:y|ies)(?:$|[\s_-])|cat-links|breadcrumb", "tag topic keyword categor cat breadcrumb"),
    (Region.CHROME, r"(?:^|[\s_-])nav(?:$|[\s_-]|bar|igation)|menu|side-?bar|(?:^|[\s_-])footer|cookie|consent|gdpr|widget|masthead|topbar|skip-?link|toolbar|pagination|login", "nav menu side footer cookie consent gdpr widget masthead topbar skip toolbar pagination login"),
    (Region.META, r"(?:^|[\s_-])meta(?:$|[\s_-]|data|info)|dateline|timestamp|pub(?:lish|lished)?-?(?:date|time)|(?:^|[\s_-])date|time(?:$|[\s_-])|article-?info|kicker|eyebrow|post-?info|infobar|reading-?time", "meta date time pub info kicker eyebrow"),
    (Region.SOURCE, r"(?:^|[\s_-])sources?(?:$|[\s_-])|article-?source|origin(?:al)?-?(?:source|link)|(?:^|[\s_-])src(?:$|\s)", "source origin src"),
    (Region.CLOCK, r"clock|(?:current|today|top-?bar|header|masthead)-?date|date-?(?:bar|today|now)|today", "clock date today"),
    (Region.DEK, r"(?:^|[\s_-])dek(?:$|[\s_-])|sub-?(?:head|title|headline)|standfirst|stand-first|(?:^|[\s_-])(?:lead|lede|deck|intro|excerpt|summary|chapo|teaser|vorspann|summery|abstract|strap|ingress|sapo)(?:$|[\s_-])|__lead|description", "dek sub stand lead lede deck intro excerpt summary chapo teaser vorspann summery abstract strap ingress sapo description"),
    (Region.HIDDEN, r"screen-?reader|visually-?hidden|sr-only|(?:^|(?<!overflow)(?<!overflow-[xy])(?<!backface)[\s_-])hidden(?:$|[\s_-])|print-?only|noprint|no-print", "screen hidden sr print"),
    (Region.ARTICLE, r"article-?_?_?(?:body|content|text)|articlebody|story-?_?_?(?:body|content|text)|entry-?content|post-?_?_?(?:body|content|text)|body-?_?(?:text|copy|content)|wysiwyg|rich-?text", "article story entry post body wysiwyg rich"),
)  # fmt: skip
"""What names say, and the syllables of which one stands in every name that says it."""
_PATTERNS = tuple((region, re.compile(pattern)) for region, pattern, _ in _NAMES)


_BEGINNING = 3


def _by_beginning() -> dict[str, list[tuple[str, int]]]:
    """Return the syllables with their regions by their first letters."""
    found: dict[str, list[tuple[str, int]]] = {}
    for region, _, syllables in _NAMES:
        for syllable in syllables.split():
            found.setdefault(syllable[:_BEGINNING], []).append((syllable, region))
    return found


_SYLLABLES = _by_beginning()
_SHORTEST = [pair for beginning, pairs in _SYLLABLES.items() if len(beginning) < _BEGINNING for pair in pairs]
_TAGS = {
    "nav": Region.CHROME,
    "footer": Region.CHROME,
    "aside": Region.CHROME,
    "button": Region.CHROME,
    "label": Region.CHROME,
    "header": Region.HEADER,
    "figcaption": Region.CAPTION,
    "figure": Region.CAPTION,
    "form": Region.PROMO,
    "address": Region.AUTHOR,
    "time": Region.META,
}


@lru_cache(maxsize=20_000)
def region_of(tag: str, names: str) -> int:
    """Return what an element called `names` (class, id, role … in one string) holds, by its name alone."""
    found = _TAGS.get(tag, Region.NONE)
    if names and tag not in {"html", "body"}:
        for name in names.split():
            found |= _named(name)
    return found


@lru_cache(maxsize=50_000)
def _named(name: str) -> int:
    """Return what one name says. Pages share single names far more often than whole class attributes."""
    name = name.lower()
    if not (possible := _possible(name)):
        return Region.NONE
    found = Region.NONE
    for region, pattern in _PATTERNS:
        if possible & region and pattern.search(name):
            found |= region
    return found


def _possible(name: str) -> int:
    """Return the regions of which a syllable stands in a name: most names have none, and are asked nothing."""
    found = Region.NONE
    for word in name.replace("_", "-").split("-"):
        found |= _possible_in(word)
    return found


@lru_cache(maxsize=20_000)
def _possible_in(word: str) -> int:
    begun = {word[i : i + _BEGINNING] for i in range(len(word) - _BEGINNING + 1)} & _SYLLABLES.keys()
    found = Region.NONE
    for syllable, region in chain(_SHORTEST, *(_SYLLABLES[beginning] for beginning in begun)):
        if syllable in word:
            found |= region
    return found
