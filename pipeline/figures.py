"""Which words are figures: numerals, numbers in words, months and days of the week."""

# ruff: noqa: E501 - a table of words is read by rows, and a row is one line
from __future__ import annotations

from pipeline.extract.months import month_of
from pipeline.normalise import folded

_NUMBERS = (
    # en
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen first second third fourth fifth sixth seventh eighth ninth tenth half twice",
    # de
    "null ein eine einen einem einer zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend million millionen milliarde milliarden",
    # fr
    "zéro un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent cents mille million millions milliard milliards",
    # es
    "cero uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil millón millones",
    # pt
    "um uma dois duas três quatro cinco seis sete oito nove dez onze doze treze quatorze catorze quinze dezesseis dezasseis dezessete dezassete dezoito dezenove dezanove vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem cento milhão milhões bilhão bilhões",
    # it
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento mille mila milione milioni miliardo miliardi",
    # nl
    "nul een één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend miljoen miljard",
    # sv, no, da
    "noll en ett två tre fyra fem sex sju åtta nio tio elva tolv tjugo trettio fyrtio femtio hundra tusen miljon miljoner miljard miljarder null to fire seks syv sju otte åtte ni ti elleve tretten fjorten femten seksten tjue tyve tretti tredive hundre tusind milliarder millioner",
    # pl, cs
    "zero jeden jedna dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć sto tysiąc tysiące tysięcy milion miliony milionów dva dvě tři čtyři pět šest sedm osm devět deset tisíc tisíce milionu milionů",
    # ru, uk
    "ноль один одна одно два две двое три трое четыре четверо пять пятеро шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто двести триста тысяча тысячи тысяч миллион миллиона миллионов миллиард миллиардов один одна два дві три чотири п'ять шість сім вісім дев'ять десять двадцять тридцять тисяч мільйон мільйонів",
    # tr
    "sıfır bir iki üç dört beş altı yedi sekiz dokuz on yirmi otuz kırk elli altmış yetmiş seksen doksan yüz bin milyon milyar",
    # id, ms
    "nol satu dua tiga empat lima enam tujuh delapan lapan sembilan sepuluh sebelas puluh belas ratus ribu juta miliar seratus seribu",
    # ar
    "صفر واحد واحدة اثنان اثنين اثنتين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثماني ثمانية تسع تسعة عشر عشرة عشرون عشرين ثلاثون ثلاثين أربعين خمسين ستين سبعين ثمانين تسعين مئة مائة ألف آلاف مليون ملايين مليار",
    # hi
    "एक दो तीन चार पांच पाँच छह सात आठ नौ दस बीस तीस चालीस पचास सौ हजार हज़ार लाख करोड़",
    # ko
    "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 한 두 세 네 백 천 만 억 조",
    # zh, ja
    "〇 零 一 二 两 兩 三 四 五 六 七 八 九 十 百 千 万 萬 亿 億 半",
)
_DAYS = (
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow",
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag gestern heute morgen",
    "lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui demain",
    "lunes martes miércoles jueves viernes sábado domingo ayer hoy mañana",
    "segunda terça quarta quinta sexta sábado domingo ontem hoje amanhã",
    "lunedì martedì mercoledì giovedì venerdì sabato domenica ieri oggi domani",
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag gisteren vandaag",
    "måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag",
    "poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa čtvrtek pátek neděle",
    "понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье вчера сегодня завтра",
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar dün bugün yarın",
    "senin selasa rabu kamis jumat sabtu minggu kemarin",
    "الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت أمس اليوم غدا",
    "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
    "월요일 화요일 수요일 목요일 금요일 토요일 일요일 어제 오늘 내일",
)
_ARTICLES = "ein eine einen einem einer un une una uno um uma een en ett et bir satu"
_ALSO_ARTICLES = frozenset(_ARTICLES.split())
_WORDS = frozenset(folded(word) for row in (*_NUMBERS, *_DAYS) for word in row.split())


def is_figure(key: str) -> bool:
    """Tell whether a folded word (`pipeline.normalise.folded`) is a figure or a part of a date."""
    return key[:1].isdigit() or key in _WORDS or (len(key) > 2 and month_of(key) is not None)


def is_only_perhaps(key: str) -> bool:
    """Tell whether a figure is more often another word: "un" and "ein" count only against another figure."""
    return key in _ALSO_ARTICLES
