"""The names of the months, in the languages that pages write their dates in."""

# ruff: noqa: E501 - a table of names is read by rows, and a row is one line
from __future__ import annotations

_NAMES = {
    1: "january januari januar janvier enero janeiro gennaio gener jan ene genn января январь січня styczeń stycznia ocak ledna leden ianuarie január siječnja tammikuuta ιανουαρίου يناير جانفي كانون\u00a0الثاني ינואר בינואר जनवरी มกราคม ม.ค জানুয়ারি جنوری ژانویه januarie јануар јануара јануари януари студзеня янв січ ιαν ιανουάριος janv gen sty oca",
    2: "february februari februar február février fevrier febrero fevereiro febbraio febrer feb fév fev fevr févr február února únor февраля февраль лютого luty lutego şubat subat februarie veljače helmikuuta φεβρουαρίου فبراير فيفري شباط פברואר בפברואר फ़रवरी फरवरी กุมภาพันธ์ ก.พ ফেব্রুয়ারি فروری فوریه фебруар фебруара фебруари февруари лютага фев февр лют φεβ φεβρουάριος lut şub",
    3: "march mars märz maerz marzo março marco maart marts maret març mar mrz március марта март березня marca marzec mart března březen martie ožujka maaliskuuta μαρτίου مارس آذار מרץ במרץ מרס במרס मार्च มีนาคม มี.ค মার্চ مارچ machi сакавіка мар бер μαρ μάρτιος mrt",
    4: "april avril abril aprile apr avr abr április апреля апрель квітня kwietnia kwiecień nisan dubna duben aprilie travnja huhtikuuta απριλίου أبريل ابريل أفريل نيسان אפריל באפריל अप्रैल เมษายน เม.ย এপ্রিল اپریل آوریل aprili април априла красавіка апр кві απρ απρίλιος kwi nis",
    5: "may mai mayo maio maggio mei maj maig mag május мая май травня maja mayıs mayis května květen svibnja toukokuuta μαΐου مايو ماي أيار מאי במאי मई พฤษภาคม พ.ค মে مئی мај маја траўня тра μαϊ μάιος kvě",
    6: "june juni juin junio junho giugno juny jun giu június июня июнь червня czerwca czerwiec haziran června červen iunie lipnja kesäkuuta ιουνίου يونيو يونية جوان حزيران יוני ביוני जून มิถุนายน มิ.ย জুন ژوئن јун јуна јуни юни чэрвеня июн чер ιουν ιούνιος cze haz čvn",
    7: "july juli juillet julio julho luglio juliol jul lug juil július июля июль липня lipca lipiec temmuz července červenec iulie srpnja heinäkuuta ιουλίου يوليو يولية جويلية تموز יולי ביולי जुलाई กรกฎาคม ก.ค জুলাই جولائی ژوئیه julai јул јула јули юли ліпеня июл лип ιουλ ιούλιος tem čvc",
    8: "august augustus augusti août aout agosto agost aug ago ags agustus augusztus августа август серпня sierpnia sierpień ağustos agustos srpna srpen kolovoza elokuuta αυγούστου أغسطس اغسطس أوت آب אוגוסט באוגוסט अगस्त สิงหาคม ส.ค আগস্ট اگست agosti жніўня авг сер αυγ αύγουστος sie ağu agu srp",
    9: "september septembre septiembre setiembre setembro settembre setembre sep sept set szeptember сентября сентябрь вересня września wrzesień eylül eylul září septembrie rujna syyskuuta σεπτεμβρίου سبتمبر أيلول ספטמבר בספטמבר सितंबर सितम्बर กันยายน ก.ย সেপ্টেম্বর ستمبر سپتامبر septemba септембар септембра септември верасня сен сент вер σεπ σεπτέμβριος wrz eyl zář",
    10: "october oktober octobre octubre outubro ottobre oct okt out ott október октября октябрь жовтня października październik ekim října říjen octombrie lokakuuta οκτωβρίου أكتوبر اكتوبر تشرين\u00a0الأول אוקטובר באוקטובר अक्टूबर अक्तूबर ตุลาคม ต.ค অক্টোবর اکتوبر اکتبر oktoba октобар октобра октомври кастрычніка окт жов οκτ οκτώβριος paź eki říj",
    11: "november novembre noviembre novembro nov ноября ноябрь листопада listopada listopad kasım kasim noiembrie studenoga marraskuuta νοεμβρίου نوفمبر تشرين\u00a0الثاني נובמבר בנובמבר नवंबर नवम्बर พฤศจิกายน พ.ย নভেম্বর نومبر نوامبر novemba новембар новембра ноември лістапада ноя нояб лис νοε νοέμβριος kas",
    12: "december dezember décembre decembre diciembre dezembro dicembre desember desembre dec dez déc dic des декабря декабрь грудня grudnia grudzień aralık aralik prosince prosinec decembrie prosinca joulukuuta δεκεμβρίου ديسمبر كانون\u00a0الأول דצמבר בדצמבר दिसंबर दिसम्बर ธันวาคม ธ.ค ডিসেম্বর دسمبر دسامبر desemba децембар децембра декември снежня дек гру δεκ δεκέμβριος gru ara",
}
_MONTH_OF = {
    name.replace("\u00a0", " "): number for number, names in _NAMES.items() for name in names.split(" ")
}


def month_of(name: str) -> int | None:
    """Return the number of the month of that name or short name, in any case; None if it is no month."""
    return _MONTH_OF.get(" ".join(name.lower().split()))
