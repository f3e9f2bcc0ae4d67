"""The names of the months, in the languages that pages write their dates in."""

# ruff: noqa: E501 - a table of names is read by rows, and a row is one line
from __future__ import annotations

_NAMES = {
    1: "january januari januar janvier enero janeiro gennaio gener jan ene genn января январь січня styczeń stycznia ocak ledna leden ianuarie január siječnja tammikuuta ιανουαρίου يناير جانفي كانون\u00a0الثاني",
    2: "february februari februar február février fevrier febrero fevereiro febbraio febrer feb fév fev fevr févr február února únor февраля февраль лютого luty lutego şubat subat februarie veljače helmikuuta φεβρουαρίου فبراير فيفري شباط",
    3: "march mars märz maerz marzo março marco maart marts maret març mar mrz március марта март березня marca marzec mart března březen martie ožujka maaliskuuta μαρτίου مارس آذار",
    4: "april avril abril aprile apr avr abr április апреля апрель квітня kwietnia kwiecień nisan dubna duben aprilie travnja huhtikuuta απριλίου أبريل ابريل أفريل نيسان",
    5: "may mai mayo maio maggio mei maj maig mag május мая май травня maja mayıs mayis května květen svibnja toukokuuta μαΐου مايو ماي أيار",
    6: "june juni juin junio junho giugno juny jun giu június июня июнь червня czerwca czerwiec haziran června červen iunie lipnja kesäkuuta ιουνίου يونيو يونية جوان حزيران",
    7: "july juli juillet julio julho luglio juliol jul lug juil július июля июль липня lipca lipiec temmuz července červenec iulie srpnja heinäkuuta ιουλίου يوليو يولية جويلية تموز",
    8: "august augustus augusti août aout agosto agost aug ago ags agustus augusztus августа август серпня sierpnia sierpień ağustos agustos srpna srpen kolovoza elokuuta αυγούστου أغسطس اغسطس أوت آب",
    9: "september septembre septiembre setiembre setembro settembre setembre sep sept set szeptember сентября сентябрь вересня września wrzesień eylül eylul září septembrie rujna syyskuuta σεπτεμβρίου سبتمبر أيلول",
    10: "october oktober octobre octubre outubro ottobre oct okt out ott október октября октябрь жовтня października październik ekim října říjen octombrie lokakuuta οκτωβρίου أكتوبر اكتوبر تشرين\u00a0الأول",
    11: "november novembre noviembre novembro nov ноября ноябрь листопада listopada listopad kasım kasim noiembrie studenoga marraskuuta νοεμβρίου نوفمبر تشرين\u00a0الثاني",
    12: "december dezember décembre decembre diciembre dezembro dicembre desember desembre dec dez déc dic des декабря декабрь грудня grudnia grudzień aralık aralik prosince prosinec decembrie prosinca joulukuuta δεκεμβρίου ديسمبر كانون\u00a0الأول",
}
_MONTH_OF = {
    name.replace("\u00a0", " "): number for number, names in _NAMES.items() for name in names.split(" ")
}


def month_of(name: str) -> int | None:
    """Return the number of the month of that name or short name, in any case; None if it is no month."""
    return _MONTH_OF.get(" ".join(name.lower().split()))
