"""Who wrote it: bylines in many languages become people's names, and the right signal is believed."""

# ruff: noqa: E501 - markup and tables of cases are read by rows, in the scripts that bylines come in
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.authors import people
from pipeline.extract.bywords import begins, byline
from pipeline.extract.names import signature, split
from pipeline.extract.signed import signed
from tests.unit.pipeline.extract.pages import BODY, TEXT, TITLE, html, read

LD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"%s","author":%s}</script>'


def ld(author: str) -> str:
    """Write JSON-LD of the page's article with an author."""
    return LD % (TITLE, author)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Example", ["Jane Example"]),
        ("Jane Example, John Sample and Ann Model", ["Jane Example", "John Sample", "Ann Model"]),
        ("Jane Example & John Sample", ["Jane Example", "John Sample"]),
        ("Jane Example / John Sample", ["Jane Example", "John Sample"]),
        ("Von Max Muster und Erika Beispiel", ["Max Muster", "Erika Beispiel"]),
        ("Par Jeanne Exemple et Paul Modèle", ["Jeanne Exemple", "Paul Modèle"]),
        ("Por Juana Ejemplo y Pedro Modelo", ["Juana Ejemplo", "Pedro Modelo"]),
        ("Kari Eksempel og Ola Modell", ["Kari Eksempel", "Ola Modell"]),
        ("Иван Примеров и Анна Образцова", ["Иван Примеров", "Анна Образцова"]),
        ("Іван Зразок та Анна Приклад", ["Іван Зразок", "Анна Приклад"]),
        ("王小明、李雷", ["王小明", "李雷"]),
        ("记者 王小明 李小华", ["王小明", "李小华"]),
        ("山田 太郎", ["山田 太郎"]),
        ("홍길동 기자", ["홍길동"]),
        ("Example, Jane", ["Jane Example"]),
        ("Example, Jane; Sample, John", ["Jane Example", "John Sample"]),
        ("Jane Example, staff writer", ["Jane Example"]),
        ("Senior Correspondent Jane Example", ["Jane Example"]),
        ("Dr. Jane Example, PhD", ["Jane Example"]),
        ("Martin Example, Jr.", ["Martin Example, Jr"]),
        ("Jane Example in Berlin", ["Jane Example"]),
        ("Jane Example, Agencies", ["Jane Example"]),
        ("JANE EXAMPLE", ["Jane Example"]),
        ("Jane Example (Agency)", ["Jane Example"]),
        ("Jane Example jane@example.org", ["Jane Example"]),
        ("Ludwig van der Example", ["Ludwig van der Example"]),
        ("王小明", ["王小明"]),
        ("admin", []),
        ("Editorial Board", []),
        ("Sports Desk", []),
        ("Jane Example, Political Commentator", ["Jane Example"]),
        ("Home Safety Expert", []),
        ("Reuters", []),
        ("AFP", []),
        ("Sid Example and Ria Sample", ["Sid Example", "Ria Sample"]),
        ("example.org, Hamburg, Germany", []),
        ("Centre for Example Research and Development", []),
        ("https://www.facebook.com/ExampleNews", []),
        ("@janeexample", []),
        ("Example News", []),
        ("updated 3 minutes ago", []),
        ("Jane Example, John Sample, and Ann Model", ["Jane Example", "John Sample", "Ann Model"]),
        ("Jane Example ⋅ Review Editor", ["Jane Example"]),
        ("Jane Example, Sr. Director of Operations, Example Movers", ["Jane Example", "Example Movers"]),
        ("Jane Example. Example International", ["Jane Example"]),
        ("Example Wave (www.example.org)", []),
        ("The Example and Sample ministries", []),
        ("Example and Sample's Harbour", []),
        ("View More Articles", []),
        ("In This Article", []),
        ("Example Licence", []),
        ("By Any Means Necessary", []),
        ("Your Example Teacher", []),
        ("例子银行分析师 王小明（以上仅供参考，不构成建议）", ["王小明"]),
        ("王小明 Example Club創辦人", ["王小明"]),
        ("例子法律事務所", []),
        ("Muster Rundfunk", []),
        ("Beispielamt Musterstadt", []),
        ("Ministère de la Mer", []),
        ("Ministerio de Pesca", []),
        ("Prefeitura de Exemplo", []),
        ("Agencja Przykład", []),
        ("Министерство Примеров", []),
        ("وزارة الأمثلة", []),
        ("Örnek Bakanlığı", []),
        ("Kementerian Contoh", []),
        ("Báo Ví Dụ", []),
        ("示例部", []),
        ("示例财经", []),
        ("Facebook LinkedIn Email", []),
        ("例示省", []),
        ("United Nations", []),
        ("European Union", []),
        ("SMP Bank", []),
        ("Old Sample Star", []),
        ("Служба Новостей", []),
        ("Middle East", []),
        ("Middle East and North Africa", []),
        ("Human Rights", []),
        ("do Rio de Exemplo", []),
        ("記者王小明／台北報導", ["王小明"]),
        ("〔記者王小明／台北報導〕", ["王小明"]),
        ("Jane Bộ Example", ["Jane Bộ Example"]),
        ("JANE EXAMPLE Associated Press", ["Jane Example"]),
        ("jane@example.org (Jane Example)", ["Jane Example"]),
        ("示例周刊", []),
        ("보기 뉴스 서울", []),
        ("By Samuel. Sample and J. K. Example", ["Samuel. Sample", "J. K. Example"]),
        ("By Michael Bloomberg", ["Michael Bloomberg"]),
        ("Bloomberg", []),
        ("Газета Пример", []),
        ("Комитет Примеров", []),
        ("Bundesministerium Beispiel", []),
        ("示例科技", []),
        ("Asia Pacific", []),
        ("Middle East Region", []),
    ],
)
def test_bylines_become_names_of_people(line: str, names: list[str]) -> None:
    assert list(people([line], own=["examplenews"])) == names


def test_a_name_in_two_spellings_is_one_person() -> None:
    assert people(["Jane Example", "By JANE EXAMPLE"]) == ("Jane Example",)


@given(st.text(max_size=300))
def test_no_line_breaks_the_reading_of_names(line: str) -> None:
    assert all(name == name.strip() and name for name in split(line))
    assert len(byline(line)) <= 200
    assert len(signature(line, ())) <= 60


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Posted by, Jane Example on June 7, 2012", "Jane Example"),
        ("January 28, 2019 by Jane Example 15 Comments", "Jane Example"),
        ("By Jane Example | Example News", "Jane Example"),
        ("By Jane ExampleJune 7, 2012", "Jane Example"),
        ("By JANE EXAMPLEJune 7, 2012", "JANE EXAMPLE"),
        ("5 min read · By Jane Example", "Jane Example"),
        ("Words: Jane Example", "Jane Example"),
        ("作者：王小明", "王小明"),
        ("Penulis: Siti Contoh", "Siti Contoh"),
        ("Penulis Siti Contoh | Editor Budi Misal", "Siti Contoh"),
        ("Pewarta: Siti Contoh Editor: Budi Misal", "Siti Contoh"),
        ("Penulis adalah dosen di sebuah kampus", ""),
        ("Penulis Baru Ramaikan Festival di Kota Pelabuhan", ""),
        ("Medically reviewed by Jane Example", ""),
        ("Tested by: Jane Example", ""),
        ("ByJane Example", "Jane Example"),
        ("Von Max Muster publiziert am 3. Mai 2024", "Max Muster"),
        ("By Jane Example Price: 30 euros", "Jane Example"),
        ("Autorin/Autor Erika Beispiel", "Erika Beispiel"),
        ("By Jane Example in Seoul and John Sample in Tokyo", "Jane Example and John Sample"),
        ("(Reporting by Jane Example; Editing by John Sample)", "Jane Example"),
        ("Ein Gastbeitrag von Max Muster", "Max Muster"),
        ("Aus Berlin berichten Max Muster und Erika Beispiel", "Max Muster und Erika Beispiel"),
        ("Propos recueillis par Jeanne Exemple", "Jeanne Exemple"),
        ("Dal nostro inviato Mario Esempio", "Mario Esempio"),
        ("Текст: Иван Примеров", "Иван Примеров"),
        ("Автор: Іван Зразок", "Іван Зразок"),
        ("كتبت: ليلى مثال", "ليلى مثال"),
        ("लेखक: रीमा उदाहरण", "रीमा उदाहरण"),
        ("Haber: Elif Örnek - İzmir", "Elif Örnek"),
        ("文・見本 花子", "見本 花子"),
        ("取材・文＝見本花子", "見本花子"),
        ("作者｜王小明 编辑｜李雷", "王小明"),
        ("Von unserem Korrespondenten Max Muster", "Max Muster"),
        ("Par notre correspondante à Rome, Jeanne Exemple", "Jeanne Exemple"),
        ("Escrito por Juana Ejemplo em 3 de maio", "Juana Ejemplo"),
        ("Laporan wartawan Contoh.com, Siti Contoh", "Siti Contoh"),
        ("本报记者 王小明", "王小明"),
        ("Photo by Jane Example", ""),
        ("The harbour council voted on Tuesday", ""),
    ],
)
def test_a_byline_is_cut_out_of_its_line(line: str, named: str) -> None:
    assert byline(line) == named


@pytest.mark.parametrize(
    ("line", "begun"),
    [
        ("By Jane Example", True),
        ("Opinion by Jane Example", True),
        ("(Reporting by Jane Example", True),
        ("Ein Kommentar von Max Muster", True),
        ("Penulis: Siti Contoh", True),
        ("3 May 2024 by Jane Example", False),
        ("Photo by Jane Example", False),
        ("The quay was built by Jane Example", False),
    ],
)
def test_a_byline_begins_with_what_goes_before_names(line: str, begun: bool) -> None:
    assert begins(line) is begun


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("홍길동 기자 gildong@example.org", ["홍길동"]),
        ("보기일보 홍길동 기자 gildong@example.org", ["홍길동"]),
        ("홍길동기자 gildong@example.org", ["홍길동"]),
        ("/홍길동 기자", ["홍길동"]),
        ("[서울=보기뉴스] 홍길동 기자", ["홍길동"]),
        ("워싱턴=홍길동 특파원", ["홍길동"]),
        ("홍길동·이순신 기자", ["홍길동", "이순신"]),
        ("홍길동 선임기자(gildong@example.org)", ["홍길동"]),
        ("사진=홍길동 기자", []),
        ("사진 홍길동 기자", []),
        ("시민 기자", []),
        ("[보기일보 홍길동 기자] 입력 2024-05-03 08:00", ["홍길동"]),
        ("그는 기자가 되었다.", []),
        ("이 소식을 전한 것은 홍길동 기자", []),
    ],
)
def test_a_line_by_which_korean_reporters_sign_names_them(line: str, named: list[str]) -> None:
    assert signed(line) == named


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("BeauExample", "BeauExample"),
        ("Jane", "Jane"),
        ("Example Sports Desk", "Example Sports Desk"),
        ("admin", ""),
        ("webteam", ""),
        ("Editor", ""),
        ("Example News", ""),
        ("Example News and Reuters", ""),
        ("AFP", ""),
        ("October 15", ""),
        ("https://example.org/jane", ""),
        ("Example Digital Media", ""),
        ("SMP Bank", ""),
        ("The Sample", ""),
        ("SMPL", ""),
        ("Sputnik", ""),
        ("보기재정부", ""),
        ("Örnek Gazetesi", ""),
        ("Haber Merkezi", "Haber Merkezi"),
        ("sample.com", ""),
        ("up to", ""),
        ("Jane / Example News", "Jane"),
        ("Example News Staff", "Example News Staff"),
        ("Example News Berlin", ""),
        *(
            (name, name)
            for name in (
                "Eyal Press", "Emily Post", "Michael Daily", "Karen Weekly", "Mark Herald", "Laura Board", "Frank Group",
                "Anne Center", "Anna Maria Star", "Joe Morning Star",
            )
        ),
        ("The Post", ""),
        ("Western Herald", ""),
        ("Old Sample Star", ""),
        ("Sample City Star", ""),
        ("Sample Trade Group", ""),
    ],
)  # fmt: skip
def test_without_a_person_a_pen_name_or_a_desk_signs_but_no_account_agency_or_site(
    line: str, name: str
) -> None:
    assert signature(line, {"examplenews"}) == name


@pytest.mark.parametrize(
    "author",
    [
        '"Jane Example"',
        '["Jane Example"]',
        '{"name":"Jane Example"}',
        '[{"@type":"Person","name":["Jane Example"]}]',
        '{"@type":"Person","givenName":"Jane","familyName":"Example"}',
        '[{"@type":"Organization","name":"Some Body"},{"@type":"Person","name":"Jane Example"}]',
    ],
)
def test_json_ld_names_the_author_in_any_shape(author: str) -> None:
    assert read(html(head=ld(author))).authors == ("Jane Example",)


@pytest.mark.parametrize("kind", ['"Organization"', '["NewsMediaOrganization"]'])
def test_an_author_given_by_reference_to_an_organisation_is_none(kind: str) -> None:
    graph = (
        f'<script type="application/ld+json">{{"@graph":[{{"@type":{kind},"@id":"#x","name":"Jane Example"}},'
        f'{{"@type":"NewsArticle","headline":"{TITLE}","author":{{"@id":"#x"}}}}]}}</script>'
    )
    assert read(html(head=graph)).authors == ()


def test_a_person_whose_site_is_called_an_organisation_too_is_the_author() -> None:
    assert read(html(head=ld('{"@type":["Person","Organization"],"name":"Jane Example"}'))).authors == (
        "Jane Example",
    )


def test_an_author_given_by_reference_is_looked_up() -> None:
    graph = (
        '<script type="application/ld+json">{"@graph":[{"@type":"Person","@id":"#jane","name":"Jane Example"},'
        f'{{"@type":"NewsArticle","headline":"{TITLE}","author":{{"@id":"#jane"}}}}]}}</script>'
    )
    assert read(html(head=graph)).authors == ("Jane Example",)


def test_an_organisation_is_no_author_and_a_visible_byline_is_used() -> None:
    extract = read(
        html(
            f'<p class="byline">By <a href="/authors/jane">Jane Example</a></p>{BODY}',
            head=ld('{"@type":"Organization","name":"Example"}'),
        )
    )
    assert extract.authors == ("Jane Example",)
    assert extract.text == TEXT


def test_a_byline_with_more_names_completes_the_metadata() -> None:
    page = html(f'<p class="byline">By Jane Example and John Sample</p>{BODY}', head=ld('"Jane Example"'))
    assert read(page).authors == ("Jane Example", "John Sample")


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="Jane Example">',
        '<meta property="article:author" content="https://www.facebook.com/examplenews"><meta name="parsely-author" content="Jane Example">',
        '<meta name="sailthru.author" content="Jane Example">',
        '<meta name="twitter:creator" content="@jane"><meta name="dc.creator" content="Example, Jane">',
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Example">',
        '<meta name="author" content="jane@example.org"><meta name="byl" content="By Jane Example">',
    ],
)
def test_metas_name_the_author_but_addresses_and_handles_do_not(head: str) -> None:
    assert read(html(head=head)).authors == ("Jane Example",)


@pytest.mark.parametrize(
    "line",
    [
        '<div class="meta">By</div><div class="meta">Jane Example</div>',
        '<p>May 1, 2024 by <a href="/x" rel="author">Jane Example</a> 3 Comments</p>',
        "<p>Posted by, Jane Example on May 1, 2024</p>",
        '<div class="entry-author">Jane Example</div>',
        "<div>Jane Example</div><div>May 1, 2024</div>",
        "<div>Jane Example | Senior Writer | May 1, 2024</div>",
        "<div>Jane Example | Political Desk</div>",
        "<div>Jane Example, Staff Reporter</div>",
        "<div>JANE EXAMPLE, Associated Press</div>",
        "<p>Written by Jane Example</p><p>Reviewed by John Sample</p>",
    ],
)
def test_a_byline_under_the_headline_names_the_author(line: str) -> None:
    assert read(html(line + BODY)).authors == ("Jane Example",)


def test_reporters_who_sign_the_first_or_the_last_line_are_the_authors() -> None:
    line = "<p>홍길동 기자 gildong@example.org</p>"
    assert read(html(line + BODY)).authors == ("홍길동",)
    assert read(html(4 * BODY + line)).authors == ("홍길동",)
    other = "<p>이순신 기자 sunsin@example.org</p>"
    assert read(html(4 * BODY + line + other)).authors == ("홍길동", "이순신")
    assert read(html(4 * BODY + line + BODY + other)).authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "<div>Penulis: Siti Contoh</div>",
        "<div>Penulis <b>Siti Contoh</b> | Editor <b>Budi Misal</b></div>",
        "<div><span>Penulis</span><br>Siti Contoh</div>",
    ],
)
def test_an_indonesian_writer_is_the_author_and_the_editor_is_not(line: str) -> None:
    assert read(html(line + BODY)).authors == ("Siti Contoh",)


def test_an_author_box_behind_the_text_names_the_author() -> None:
    assert read(html(f'{BODY}<div class="author-box"><h4>About Jane Example</h4></div>')).authors == (
        "Jane Example",
    )


@pytest.mark.parametrize(
    "part",
    [
        '<div class="comments"><p class="comment-author">By Other Person</p></div>',
        '<div class="related"><p>A storm nears the coast</p><p class="byline">By Other Person</p></div>',
        '<figure><img src="x.jpg"><figcaption>Photo by Other Person</figcaption></figure>',
        '<p class="author">By Other Person</p><p>x</p><p class="author">By Third Person</p>',
    ],
)
def test_comments_related_stories_and_photographers_name_no_author(part: str) -> None:
    assert read(html(4 * BODY + part)).authors == ()


def test_a_site_that_is_named_for_its_author_has_one() -> None:
    head = '<meta property="og:site_name" content="Jane Example">' + ld('"Jane Example"')
    assert read(html(head=head)).authors == ("Jane Example",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("نویسنده: مریم رستمی", ["مریم رستمی"]),
        ("بقلم ليلى حداد", ["ليلى حداد"]),
        ("Της Μαρίας Παππά", ["Μαρίας Παππά"]),
        ("Muhabir: Elif Örnek", ["Elif Örnek"]),
    ],
)
def test_a_byline_is_read_in_more_languages(line: str, names: list[str]) -> None:
    assert split(line) == names


@pytest.mark.parametrize(
    "line", ["2026年8月19日", "Kaynak: AA", "Super User", "Redigiert: Desk", "by the end of the month"]
)
def test_a_date_a_label_an_account_and_a_phrase_sign_nothing(line: str) -> None:
    assert signature(line, ()) == ""


def test_a_line_of_facts_names_its_author_behind_the_label() -> None:
    text = "".join(
        f"<p>{'港务委员会周二决定重新开放旧码头，这是多年来第一次有客船停靠。' * 4}</p>" for _ in range(3)
    )
    facts = "<div>时间:2024-05-03 08:06来源:示例日报 作者:王小明 点击:128次</div>"
    found = read(html(facts + text, title="港务委员会决定重新开放旧码头", lang="zh"))
    assert found.authors == ("王小明",)
    assert found.credits == ("示例日报",)


def test_the_place_of_a_statement_is_not_its_author() -> None:
    place = (
        '<div class="field-location">New York</div><div><time datetime="2024-05-03">3 May 2024</time></div>'
    )
    assert read(html(place + BODY)).authors == ()


def test_a_chinese_dateline_names_its_reporters() -> None:
    text = (
        "示例社北京5月3日电（记者王小明、李雷）港务委员会周二决定重新开放旧码头，这是多年来第一次有客船停靠。"
    )
    assert read(
        html(f"<p>{text * 2}</p><p>{text[20:] * 3}</p>", title="港务委员会决定重新开放旧码头", lang="zh")
    ).authors == ("王小明", "李雷")


def test_a_name_in_small_letters_is_a_persons_where_the_page_calls_it_one() -> None:
    person = '{"@type":"Person","name":"jane Example und john sample"}'
    assert read(html(head=ld(person))).authors == ("Jane Example", "John Sample")
    meta, link = (
        '<meta name="author" content="jane example">',
        '<p><a href="/author/jane">jane example</a></p>',
    )
    assert read(html(4 * BODY + link, head=meta)).authors == ("Jane Example",)


def test_a_phrase_in_small_letters_is_nobodys_name() -> None:
    for words in ("web team", "red carpet"):
        assert read(html(head=f'<meta name="author" content="{words}">')).authors == (words,)


def test_what_a_page_calls_an_organisation_is_no_author_though_a_meta_names_it() -> None:
    head = ld('{"@type":"Organization","name":"Muster Verbund"}') + (
        '<meta name="author" content="Muster Verbund"><meta property="og:site_name" content="Muster Verbund">'
    )
    assert read(html(head=head)).authors == ()


@pytest.mark.parametrize("name", ["Example UK", "The Example Blog", "Example Inc.", "EXAMPLE.COM"])
def test_a_sites_name_in_another_edition_stands_beside_no_author(name: str) -> None:
    head = f'<meta property="og:site_name" content="{name}">'
    line = '<p class="byline">By Jane Sample, Example US</p>'
    assert read(html(line + BODY, head=head)).authors == ("Jane Sample",)


def test_a_byline_that_says_by_goes_before_the_account_in_a_meta() -> None:
    head = '<meta name="author" content="Web Editing">'
    byline = '<p class="byline">By Jane Example</p>'
    assert read(html(byline + BODY, head=head)).authors == ("Jane Example",)
    assert read(html("<p>By Royal Appointment</p>" + BODY, head=head)).authors == ("Web Editing",)
    assert read(html("<p>By Jane Example</p>" + BODY, head=head.replace(" E", "e"))).authors == (
        "Jane Example",
    )


def test_authors_in_lines_of_their_own_are_one_byline() -> None:
    lines = '<div class="name author">Jane Example</div><div class="name author">John Sample</div>'
    assert read(html(lines + BODY, head=ld('"John Sample"'))).authors == ("Jane Example", "John Sample")


@pytest.mark.parametrize(
    "line",
    [
        "<div>Author:</div><h3>Jane Example</h3>",
        '<div class="card author-card"><div>Jane Example</div><div>Marketing Manager</div></div>',
        '<div><a href="/user/12">Jane Example</a></div>',
        '<p>Photo: John Sample</p><p class="byline-line">By Jane Example</p>',
        "<p>Jane Example</p>"
        + 2 * BODY
        + "<p>Jane Example is a freelance travel writer who lives in the harbour town.</p>",
        '<p>Jane Example</p><div class="author-description">Licensed grader of coffee</div>',
        "<h4>Jane Example</h4><p>Harbour correspondent</p>",
        "<p>Jane Example</p><p>Redakteurin</p>",
        '<div>x</div><div class="bio"><p>Jane Example is a reporter at the Example Post. She lives by the quay with two cats.</p></div>',
    ],
)
def test_a_bare_name_under_the_headline_is_the_authors_where_something_says_so(line: str) -> None:
    assert read(html(line + BODY)).authors == ("Jane Example",)


def test_a_bare_name_under_the_headline_alone_is_nobodys() -> None:
    assert read(html("<p>Jane Example</p>" + BODY)).authors == ()


def test_what_stands_at_the_right_behind_the_text_is_no_author() -> None:
    for line in ("To Be Continued", "Geneva Switzerland", "Next Chapter"):
        assert read(html(f'{BODY}<p style="text-align:right">{line}</p>')).authors == ()


def test_whom_a_text_is_about_is_not_its_author() -> None:
    for life in ("was a Spanish writer", "is a Spanish writer", "was an editor"):
        line = f"<p>Maria Santos</p><p>Maria Santos {life} who fought for the harbour all her life.</p>"
        assert read(html(line + BODY)).authors == ()


@pytest.mark.parametrize(
    "part",
    [
        f'<div class="byline-box">{TITLE}</div>',
        '<p class="author">Text Size</p>',
        '<div class="foot"><a href="https://licences.example.com/by/3.0/">Some Free Terms</a></div>',
        '<ul class="menu"><li><a href="https://books.example.com/author/jane">Sample Novels</a></li></ul>',
        "<p>The town was taken by Sample’s Realm in 1938, as many of its people still recall today.</p>",
    ],
)
def test_headlines_controls_foreign_pages_and_sentences_name_no_author(part: str) -> None:
    assert read(html(part + BODY)).authors == ()


def test_a_said_byline_is_found_where_only_a_desk_stands_near() -> None:
    page = html("<p>By Example Team</p>" + 2 * BODY + '<p class="byline">Written by Jane Example</p>')
    assert read(page).authors == ("Jane Example",)


ZH = "港务委员会周二决定重新开放旧码头，这是多年来第一次有客船停靠，渔民们对此表示担心。"


@pytest.mark.parametrize(
    ("closing", "names"),
    [
        ("<p>（记者 王小明 李小华）</p>", ("王小明", "李小华")),
        (f"<p>{ZH}（示例报记者 王小明）</p>", ("王小明",)),
        *(
            (f"<p>{ZH}【{word}】</p>", ())
            for word in ("共同", "時事", "敬称略", "社説", "次回続", "本紙記者", "関連記事")
        ),
        (f"<p>{ZH}（记者们都认为这是一件好事）</p>", ()),
        (f"<p>{ZH}（记者 王小明）</p><p>{ZH}（记者 李雷）</p>", ()),
    ],
)
def test_reporters_in_brackets_behind_the_last_sentence_are_the_authors(
    closing: str, names: tuple[str, ...]
) -> None:
    page = html(f"<p>{ZH * 3}</p>" * 3 + closing, title="港务委员会决定重新开放旧码头", lang="zh")
    assert read(page).authors == names


def test_a_publishers_word_is_a_surname_unless_the_site_is_called_so() -> None:
    line = '<p class="byline">By Emily Post</p>'
    assert read(html(line + BODY)).authors == ("Emily Post",)
    own = '<meta property="og:site_name" content="Emily Post">'
    assert read(html(line + BODY, head=own)).authors == ()


@pytest.mark.parametrize(
    "line",
    [
        '<div><a href="/user/account">Your Account</a></div>',
        '<div><a href="/user/edit">My Account</a></div>',
        '<div><a href="/u/settings">Your Settings</a></div>',
        "<p>Asia Pacific, Reporter</p>",
        "<p>Middle East Region, Correspondents</p>",
        "<p>Jane Example, Correspondents</p>",
        BODY + '<div><a href="/users/bob">Bob Sample</a></div><p>I like it.</p>',
    ],
)
def test_accounts_places_and_commenters_are_no_authors(line: str) -> None:
    assert read(html(line + BODY)).authors == ()


def test_a_surname_that_is_an_agencys_name_credits_no_agency() -> None:
    found = read(html('<p class="byline">By Michael Bloomberg</p>' + BODY))
    assert (found.authors, found.credits) == (("Michael Bloomberg",), ())


def test_an_agency_behind_a_person_is_credited() -> None:
    found = read(html('<p class="byline">By JANE EXAMPLE Associated Press</p>' + BODY))
    assert found.authors == ("Jane Example",)
    assert found.credits == ("Associated Press",)


def test_a_medium_in_a_line_of_facts_is_credited_without_what_follows() -> None:
    page = html(
        f"<p>来源：示例日报 作者：王小明</p><p>{ZH * 3}</p>" + f"<p>{ZH * 2}</p>" * 3,
        title="港务委员会决定重新开放旧码头",
        lang="zh",
    )
    assert read(page).credits == ("示例日报",)


def test_a_section_or_a_place_beside_a_date_is_no_author() -> None:
    for name in ("Middle East", "Latin America", "Climate Change"):
        assert read(html(f"<div>{name}</div><div>May 1, 2024</div>{BODY}")).authors == ()


def test_a_dateline_with_a_place_names_its_reporter() -> None:
    page = html(
        f"<p>〔記者王小明／台北報導〕{ZH * 2}</p>" + f"<p>{ZH * 3}</p>" * 3,
        title="港务委员会决定重新开放旧码头",
    )
    assert read(page).authors == ("王小明",)


def test_a_pen_name_behind_a_verb_signs_a_page_that_names_nobody_else() -> None:
    line = "<p>Posted by Jane at May 3, 2024 11:15 AM</p>"
    assert read(html(4 * BODY + line)).authors == ("Jane",)
    assert read(html(4 * BODY + line + line.replace("Jane", "John"))).authors == ()
    assert read(html(4 * BODY + "<p>By Friday the council will have met.</p>")).authors == ()


@pytest.mark.parametrize(
    "name",
    [
        "Nora Haber", "Ole Dienst", "Ida Union", "Max Star", "Mara Bank", "Spyros Dinas", "Daniel Nations", "阿部",
        "日下 一郎", "Ганна Новинська", "Олег Компаниец", "Sylvia Weste", "Bảo Châu", "한서윤", "Jonas Amtmann", "Al Amin Sample",
        "Peter Samt", "Jan Bundesmann", "Lars Bundesen", "Ольга Газетова", "Игорь Комитетов", "长谷部", "長谷部", "孙科技",
    ],
)  # fmt: skip
def test_a_name_that_only_looks_like_an_organisations_is_a_persons(name: str) -> None:
    assert people([name]) == (name,)


@pytest.mark.parametrize("heading", ["关于作者", "Об авторе", "About the author", "Yazar hakkında"])
def test_the_heading_of_a_box_about_the_author_signs_nothing(heading: str) -> None:
    box = f'<div class="author-box"><h4>{heading}</h4><h5><a href="/?author=1">admin</a></h5></div>'
    assert read(html(f"{BODY}{box}")).authors == ()
