"""Lines that speak of the article and not of its matter: correction notes, counters that go up by themselves."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """How a kind of line is worded in a language."""

    language: str
    pattern: re.Pattern[str]
    example: str
    spares: str = ""
    """A line that looks like it and is none."""


def _note(language: str, pattern: str, example: str, spares: str = "") -> Note:
    return Note(language, re.compile(pattern, re.IGNORECASE), example, spares)


_OPEN = r"^[\W_]*(?:\w{1,12} \d{1,2}(?:, \d{4})?\s*[:–—-]\s*)?"
_COLON = r"\s*(?:[:：(\[–—]|-\s)"

CORRECTIONS: tuple[Note, ...] = (
    _note(
        "en",
        _OPEN + rf"(?:(?:corrections?|corrected|clarification|clarified|erratum|retraction|editor[’']?s[’']? note|refiles?|note to (?:readers|editors)){_COLON}"
        r"|correction to\b|(?:\(?(?:corrects|refiles|clarifies|corrected|recasts)\b.{0,40}\b(?:to|with|in|spelling|paragraph|para|headline|lead|byline|date|name|figure|throughout)\b)"
        r"|(?:in )?an? (?:earlier|previous|prior|original) version of th(?:is|e)\b"
        r"|th(?:is|e) .{0,30}\b(?:story|article|report|post|item|page|piece|copy|text|headline)\b.{0,30}\b(?:has been|was|is) (?:corrected|amended|clarified|updated to (?:correct|clarify|reflect|fix|remove))"
        r"|updated to (?:correct|clarify|fix)\b)",
        "Correction: An earlier version of this story misstated the number of boats.",
        "Correction officers went on strike on Monday.",
    ),
    _note("en", r"\b(?:was|were|has been|have been) corrected (?:to|in (?:the|this))\b|\bwe regret the error\b|\bcorrects (?:spelling|typo|name|date|figure|headline)", "The spelling of the village was corrected in this report."),
    _note("de", _OPEN + rf"(?:(?:korrektur|berichtigung|richtigstellung|korrigierte (?:fassung|version)|anmerkung der redaktion|hinweis der redaktion|anm\. d\. red\.?){_COLON}|in (?:einer|der) (?:früheren|vorherigen|ursprünglichen|ersten) (?:version|fassung))", "Korrektur: In einer früheren Version stand eine falsche Zahl.", "Korrekturen am Entwurf lehnte der Minister ab."),
    _note("fr", _OPEN + rf"(?:(?:correction|corrigé|rectificatif|rectification|erratum|précision|note de la rédaction){_COLON}|(?:dans )?une (?:première |précédente |ancienne )?version (?:antérieure |précédente |initiale )?(?:de cet|du présent)|cet article a été (?:corrigé|modifié|rectifié))", "Rectificatif : une version précédente de cet article donnait un autre bilan.", "Correction faite des variations saisonnières, le chômage baisse."),
    _note("es", _OPEN + rf"(?:(?:correcci[oó]n|corrige|corregid[ao]|fe de erratas?|fe de errores|rectificaci[oó]n|aclaraci[oó]n|nota de (?:la )?(?:redacci[oó]n|redacción)){_COLON}|(?:en )?una versi[oó]n (?:anterior|previa) de est|est[ae] (?:noticia|artículo|texto|nota) ha sido (?:corregid|modificad))", "Fe de errores: una versión anterior de esta noticia daba otra cifra.", "Correcciones al texto pidió la oposición."),
    _note("pt", _OPEN + rf"(?:(?:correç[aã]o|corrigid[ao]|errata|erramos|retificaç[aã]o|nota da redaç[aã]o){_COLON}|(?:em )?uma vers[aã]o anterior dest|est[ae] (?:texto|reportagem|matéria|notícia|artigo) foi (?:corrigid|alterad))", "Errata: uma versão anterior deste texto trazia outro número."),
    _note("it", _OPEN + rf"(?:(?:correzione|corregge|errata corrige|rettifica|precisazione){_COLON}|(?:in )?una (?:precedente )?versione (?:precedente )?di quest)", "Rettifica: una precedente versione di questo articolo riportava un altro dato."),
    _note("nl", _OPEN + rf"(?:(?:correctie|rectificatie|verbetering){_COLON}|in een (?:eerdere|vorige) versie)", "Rectificatie: in een eerdere versie stond een ander aantal."),
    _note("sv, no, da", _OPEN + rf"(?:(?:rättelse|rettelse|retting|rettet|presisering|förtydligande|præcisering){_COLON}|i en (?:tidigare|tidligere) version|i en tidligere versjon|en (?:tidigare|tidligere) versj?on (?:av|af))", "Rättelse: i en tidigare version angavs en annan siffra."),
    _note("pl, cs", _OPEN + rf"(?:(?:sprostowanie|korekta|erratum|oprava|upřesnění){_COLON}|we? (?:wcześniejszej|poprzedniej) wersji|v (?:předchozí|původní|dřívější) verzi)", "Sprostowanie: we wcześniejszej wersji podano inną liczbę."),
    _note("ru", _OPEN + rf"(?:(?:исправлен\w*|исправление|поправка|уточнение|уточнено|опровержение|от редакции){_COLON}|в (?:предыдущей|более ранней|первоначальной|ранней) версии)", "Исправление: в предыдущей версии была указана другая цифра.", "Исправление ошибок заняло год."),
    _note("uk", _OPEN + rf"(?:(?:виправлен\w*|виправлення|уточнення|спростування){_COLON}|у (?:попередній|ранішій) версії)", "Уточнення: у попередній версії була інша цифра."),
    _note("tr", _OPEN + rf"(?:(?:düzeltme|tekzip|düzeltme notu|düzeltilmiştir){_COLON}|bu (?:haberin|metnin|yazının) (?:önceki|ilk|daha önceki))", "Düzeltme: Bu haberin önceki sürümünde sayı yanlıştı."),
    _note("id, ms", _OPEN + rf"(?:(?:ralat|koreksi|klarifikasi|pembetulan|catatan redaksi){_COLON}|(?:dalam |pada )?versi (?:sebelumnya|awal) (?:dari )?(?:artikel|berita))", "Ralat: versi sebelumnya dari berita ini memuat angka lain."),
    _note("ar", r"^[\W_]*(?:(?:تصحيح|تصويب|توضيح|تنويه|استدراك)\s*[:：(\[–—-]|.{0,20}نسخة سابقة من)", "تصحيح: ذكرت نسخة سابقة من هذا الخبر رقما آخر.", "تصحيح المسار الاقتصادي يحتاج وقتا."),
    _note("hi", r"^[\W_]*(?:संशोधन|शुद्धिपत्र|भूल सुधार|सुधार|स्पष्टीकरण)\s*[:：(\[–—-]", "भूल सुधार: इस खबर के पिछले संस्करण में संख्या अलग थी।"),
    _note("vi", _OPEN + rf"(?:đính chính|cải chính){_COLON}", "Đính chính: bản tin trước ghi sai con số."),
    _note("ko", r"^[\W_]*(?:정정\s?보도|정정|바로\s?잡습니다|바로잡음|알려드립니다|고침)\s*(?:[:：\]\)】>]|\s[-–—]|$)|정정합니다|바로\s?잡습니다|바로잡았습니다", "[정정] 앞서 보도한 수치를 바로잡습니다.", "정정당당한 승부를 펼쳤다."),
    _note("zh", r"^[\W_]*(?:更正|更正启事|更正啟事|勘误|勘誤|订正|訂正|澄清|编者按?注)\s*[:：（(】\]]|(?:本文|此文|该文|本報道|本报道|之前|早前|此前|先前|較早)[^。]{0,12}版本[^。]{0,30}(?:有误|有誤|错误|錯誤|更正|不准确|不準確)|(?:特此|现已|現已|已作?)更正", "更正：本文早前版本有误，已更正。", "他更正了自己的说法。"),
    _note("ja", r"^[\W_]*(?:訂正|おわび|お詫び|修正)(?:と(?:おわび|お詫び|訂正))?\s*[:：】）\]\)]|(?:おわび|お詫び)して訂正|訂正(?:しま|いたしま)|修正しました", "【訂正】記事の一部に誤りがありました。お詫びして訂正します。", "訂正を求める声が上がった。"),
    _note("de", _OPEN + rf"(?:(?:(?:korrektur|berichtigungs|richtigstellungs)(?:hinweis|vermerk|notiz)|korrigiert|berichtigt){_COLON}|(?:(?:redaktionelle\w* )?(?:hinweis|anmerkung)|transparenzhinweis): in (?:einer|der) (?:früheren|vorherigen|ursprünglichen|ersten) (?:version|fassung)|diese[rs]? (?:artikel|text|beitrag|bericht|meldung) (?:wurde|ist) (?:nachträglich )?(?:korrigiert|berichtigt)|wir haben (?:den fehler|die (?:zahl|angabe|stelle|passage)|das) .{{0,40}}(?:korrigiert|berichtigt))", "Korrekturhinweis: In einer früheren Fassung stand eine falsche Zahl.", "Hinweise aus der Bevölkerung nimmt die Polizei entgegen."),
    _note("fr", _OPEN + rf"(?:(?:note de correction|correctif){_COLON}|mise à jour ?: (?:dans )?une version (?:antérieure|précédente|initiale) d|(?:dans )?une (?:première|précédente|ancienne) version de l[’']article|nous avons corrigé (?:une|cette|l[’']) ?erreur)", "Note de correction : une version précédente de cet article donnait un autre bilan.", "Mise à jour : la route reste fermée."),
    _note("es", _OPEN + rf"nota de correcci[oó]n{_COLON}", "Nota de corrección: el texto daba otra cifra."),
    _note("it", _OPEN + rf"(?:nota di (?:correzione|rettifica){_COLON}|(?:in )?una (?:prima|precedente) versione (?:di quest|dell[’']articolo|del(?:la)? (?:testo|pezzo|notizia))|(?:l[’']|quest[’'o]? ?)articolo è stato (?:corretto|rettificato))", "Una prima versione dell’articolo riportava un altro dato.", "Una prima versione del decreto era pronta a marzo."),
    _note("pt", _OPEN + rf"(?:nota de (?:correç[aã]o|retificaç[aã]o){_COLON}|(?:(?:em|n)?uma|a|na) (?:primeira )?vers[aã]o (?:anterior |inicial )?d(?:est[ea]|[ao]) (?:texto|reportagem|matéria|notícia|artigo))", "Numa versão anterior deste artigo, o número estava errado.", "A primeira versão da lei foi vetada."),
    _note("nl", _OPEN + rf"(?:(?:correctie\w+|aanvulling/correctie|herstel){_COLON}|een (?:eerdere|vorige) versie van dit|dit (?:artikel|bericht|stuk) (?:is|werd) (?:gecorrigeerd|verbeterd|aangepast))", "Een eerdere versie van dit artikel vermeldde een ander getal.", "Een eerdere versie van het wetsvoorstel haalde het niet."),
    _note("pl", _OPEN + r"(?:(?:nota redakcyjna|od redakcji): w[e]? (?:wcześniejszej|poprzedniej|pierwotnej) wersji|(?:pierwotna|wcześniejsza|poprzednia) wersja (?:tego )?(?:artykułu|tekstu|informacji)|(?:ten )?(?:artykuł|tekst) został (?:poprawiony|skorygowany|sprostowany))", "Pierwotna wersja artykułu zawierała błędną liczbę.", "Pierwotna wersja ustawy była krótsza."),
    _note("ru", _OPEN + r"(?:примечание редакции: в (?:предыдущей|более ранней|первоначальной)|внесена поправка|в (?:предыдущей|прежней|первоначальной) редакции (?:текста|статьи|новости|материала)|в (?:тексте|статье|материале|новости) исправлен\w* (?:ошибк|неточност|опечатк))", "Примечание редакции: в более ранней версии текста была ошибка.", "В прежней редакции закона такого не было."),
    _note("tr", _OPEN + rf"(?:düzeltme ve özür{_COLON}|(?:haberin|yazının|metnin) (?:önceki|ilk|daha önceki) (?:sürüm|hal|versiyon)|(?:bu )?(?:haber|yazı|metin) düzeltil)", "Haberin ilk halinde sayı yanlış verilmişti.", "Haberin ilk duyulduğu yer köydü."),
    _note("id, ms", _OPEN + rf"(?:(?:catatan (?:koreksi|ralat)|ralat redaksi|koreksi redaksi){_COLON}|(?:dalam |pada )?versi (?:artikel|berita) (?:ini )?(?:sebelumnya|awal)|(?:artikel|berita) ini telah (?:dikoreksi|diralat|diperbaiki))", "Catatan koreksi: versi sebelumnya memuat angka yang salah.", "Catatan sejarah desa itu hilang."),
    _note("ar", r"^[\W_]*(?:(?:إشعار|ملاحظة|بيان) (?:ال)?(?:تصحيح|تصويب)\s*[:：(\[–—-]|(?:تم|جرى) (?:تصحيح|تصويب) (?:هذا|هذه|الخبر|التقرير|المقال|الرقم|الخطأ))", "إشعار تصحيح: كان الرقم خاطئا.", "بيان الوزارة: تصحيح المسار مستمر."),
    _note("zh", r"^[\W_]*(?:本[报報站刊]|[来來]函|[编編][辑輯])?(?:更正|勘[误誤])(?:声明|聲明|说明|說明|启事|啟事|啟示|通知)?\s*[:：】\]]", "本报更正：昨日报道中的数字有误。", "更正声明发布后，股价下跌。"),
    _note("ko", r"^[\W_]*(?:(?:기사\s?)?정정(?:\s?(?:보도문|안내|공지|합니다))?|기사\s?수정)\s*[:：\]\)】>]|^[\W_]*이 기사의 (?:이전|처음) (?:판|버전)에서|(?:숫자|수치|내용|표기|이름)[가-힣 ]{0,20}(?:정정했습니다|고쳤습니다)", "기사 정정: 앞선 기사에서 수치가 잘못되었습니다.", "정부는 수치를 다시 발표했다."),
    _note("ja", r"^[\W_]*訂正(?:の(?:お知らせ|おわび|お詫び)|[・、]?(?:おわび|お詫び))?\s*[:：】〉》＞）\]]|訂正して、?(?:おわび|お詫び)|(?:当初|以前)(?:の|、)?(?:配信|掲載|公開)?(?:した|の)?(?:記事|版|見出し)[^。]{0,30}誤(?:り|って)", "訂正のお知らせ：以前の版で数字が誤っていました。", "訂正の動きは広がらなかった。"),
)  # fmt: skip
"""A sentence or a line that says that the text was put right."""

_COUNTED = (
    r"views?|reads?|shares?|likes?|comments?|reactions?|downloads?|retweets?|followers"
    r"|aufrufe|kommentare|ansichten|vues?|lectures?|partages?|commentaires?|visitas|vistas|lecturas|comentarios"
    r"|visualizaç(?:ões|ão)|leituras|comentários|visualizzazioni|condivisioni|commenti|weergaven|reacties|visningar|visninger"
    r"|wyświetleń|odsłon|komentarzy|zobrazení|просмотр\w*|комментари\w*|прочтени\w*|görüntülenme|okunma|yorum|dibaca|kali dilihat|komentar|lượt xem"
    r"|مشاهدة|مشاهدات|قراءة|تعليقات|تعليق|浏览|瀏覽|阅读|閱讀|点击|點擊|评论|評論|閲覧|ビュー|コメント|いいね|조회|조회수|댓글"
)
_COUNT = r"\d[\d.,\u202f\u00a0 ]*\s*[kmкм万萬만천]?"

_TIME = (
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|sekunden|minuten|stunden|tagen?|minutos?|horas?|días?|dias?|heures?|jours?"
    r"|minuti|ore|giorni|minuter|timmar|timer|dager|uur|dagen|minut\w*|hodin\w*|godzin\w*|минут\w*|час\w*|дн\w*|dakika|saat|gün|menit|jam|hari"
    r"|دقيقة|دقائق|ساعة|ساعات|秒|分钟|分鐘|小时|小時|天|分|時間|日|분|시간|일)"
)
_AGO = r"(?:ago|geleden|atrás|fa|sedan|siden|temu|назад|тому|önce|(?:yang )?lalu|前|전)"

COUNTERS: tuple[Note, ...] = (
    _note("any", rf"^\W*(?:{_COUNT}\+?\s*(?:{_COUNTED})|(?:{_COUNTED})(?:数|數|量|次数|수)?\s*[:：(]?\s*{_COUNT}\s*(?:次|回|件|times|kali)?)\W*$", "1,204 views", "30 readers wrote to the paper on Monday."),
    _note("any", rf"^\W*{_COUNT}\+?\s+(?:people|persons|readers?|users?|visitors?|viewers?|others?)\s+(?:(?:are|have|is|has)\s)?(?:(?:currently|now|also|already)\s)?(?:reading|viewing|watching|read|viewed|watched|liked|shared|recommended)(?:\s(?:this|it|now|today|here|article|story|page|post|live))*\W*$", "674 people are reading this", "674 people are watching the border."),
    _note("any", rf"^\W*(?:(?:last )?(?:updated?|posted|published)\W+)?(?:(?:about |over )?\d{{1,3}}\s*{_TIME}\s*{_AGO}|(?:vor|il y a|hace|há|před|for)\s\d{{1,3}}\s*{_TIME}(?: siden)?)\W*$", "Updated 14 minutes ago", "Two days ago he left."),
)  # fmt: skip
"""A line that counts its readers or the time since: another figure in it is no change of the article."""


def is_correction(sentence: str) -> bool:
    """Tell whether a sentence, or a line, says that the text was corrected."""
    return any(note.pattern.search(sentence[:400]) for note in CORRECTIONS)


def is_counter(line: str) -> bool:
    """Tell whether a line only counts readers, comments or the time since."""
    return len(line) <= 60 and any(note.pattern.search(line) for note in COUNTERS)
