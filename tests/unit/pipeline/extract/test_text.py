"""The article's text, the whole text, and nothing but the text."""

# ruff: noqa: E501 - markup is read by rows
from __future__ import annotations

import json
import pickle

import pytest

from pipeline.extract import extract_page, tree
from pipeline.extract.blocks import read_blocks
from pipeline.extract.general import _with_missed, general_reading
from pipeline.extract.reading import place
from pipeline.extract.regions import Region, region_of
from pipeline.records import Refusal
from tests.unit.pipeline.extract.pages import (
    BODY,
    PARAGRAPHS,
    TEXT,
    TITLE,
    URL,
    html,
    outlet,
    page,
    read,
    refused,
)


def test_an_article_comes_out_one_paragraph_a_line() -> None:
    extract = read(html())
    assert extract.text == TEXT
    assert extract.title == TITLE


def test_pages_and_answers_can_be_sent_between_processes() -> None:
    sent = pickle.loads(pickle.dumps((page(html()), outlet())))  # noqa: S301 - our own bytes
    assert pickle.loads(pickle.dumps(extract_page(*sent))) == read(html(), outlet())  # noqa: S301


BOXES = {
    "title repeated as the lead": (f"<p>{TITLE}</p>", ""),
    "beside a form": ("<div class='nl'><h4>The harbour in your inbox</h4><p>Five stories with your coffee, every weekday at six.</p><form><input type='email'><button>Sign me up</button></form></div>", ""),
    "byline": ('<p class="byline">By Jane Example</p>', ""),
    "caption": ("<figure><img src='a.jpg'><figcaption>The old quay seen from the lighthouse at dusk [Agency]</figcaption></figure>", ""),
    "photo credit": ("<p>Photo: Jane Example/Agency</p>", ""),
    "categories": ("<p>Categories: Ports, Fishing</p>", ""),
    "source": ("", "<p>Source: Example Agency</p>"),
    "end mark": ("", "<p>-0-</p>"),
    "END": ("", "<p>(END)</p>"),
    "tags": ("", '<div class="tags">Tags: <a href="/t/1">ports</a> <a href="/t/2">ferries</a></div>'),
    "read more": ("", '<p>READ MORE: <a href="/other">Ferries return to the northern islands</a></p>'),
    "internal link line": ("", '<p><a href="/other">Ferries return to the northern islands this summer</a></p>'),
    "newsletter": ("", '<div class="newsletter-signup"><h3>Sign up for our newsletter</h3><p>All the harbour news in your inbox every morning.</p></div>'),
    "author box": ("", '<div class="author-box"><h4>About the author</h4><p>Jane Example has covered ports since 2009 and lives on a boat.</p></div>'),
    "who the author is": ('<p class="byline">By Jane Example</p>', "<p>Jane Example is our correspondent for ports and lives on a boat.</p>"),
    "related box": ("", '<section class="related"><h3>Related</h3><p>A storm took two boats from the marina in the night, and no one was hurt.</p></section>'),
    "cookie bar": ("", '<div class="cookie-bar"><p>We use cookies to give you a better experience.</p><a href="/p">Read more</a></div>'),
    "Chinese byline": ('<span class="by">通过<a href="/?author=1">webmaster</a></span>', "<h4>关于作者</h4><p>editor administrator</p>"),
    "Korean prompt": ("", '<p>관련기사 <a href="/2">부두 재개장</a></p>'),
    "Russian prompt": ("", '<p>Читайте также: <a href="/2">Порт открыт</a></p>'),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOXES)
@pytest.mark.parametrize("with_profile", [False, True], ids=["general", "profile"])
def test_what_is_not_text_is_left_out(kind: str, *, with_profile: bool) -> None:
    before, behind = BOXES[kind]
    source = html(f'<div class="story">{before}{BODY}{behind}</div>')
    rules = outlet(extract={"body": [".story"]}) if with_profile else None
    assert read(source, rules).text == TEXT


def test_what_was_left_out_is_told_with_its_reason() -> None:
    rules = outlet(extract={"body": [".story"], "drop": [".more"]})
    source = html(f'<div class="story">{BODY}<p>Categories: Ports</p><div class="more">Elsewhere</div></div>')
    dropped = {(d.text, d.reason) for d in read(source, rules).dropped}
    assert {("Categories: Ports", "tags"), ("Elsewhere", "profile")} <= dropped


def test_sub_heads_lists_quotes_and_datelines_stay() -> None:
    inner = (
        f"<p>SEOUL, Aug. 20 (Agency) -- {PARAGRAPHS[0]}</p><h2>What it costs</h2><p>{PARAGRAPHS[1]}</p>"
        f"<ul><li>four million for the dredging of the basin</li><li>one million for the new terminal hall</li></ul>"
        f"<blockquote><p>{PARAGRAPHS[2]}</p></blockquote><p>[Responding to critics]</p><p>{PARAGRAPHS[3]}</p>"
    )
    for rules in (None, outlet(extract={"body": [".story"]})):
        lines = read(html(f'<div class="story">{inner}</div>'), rules).text.splitlines()
        assert lines[0].startswith("SEOUL, Aug. 20 (Agency) -- ")
        assert "What it costs" in lines
        assert "four million for the dredging of the basin" in lines
        assert PARAGRAPHS[2] in lines
        assert "[Responding to critics]" in lines


def test_self_promotion_glued_to_the_last_paragraph_goes() -> None:
    glued = f'<p>{PARAGRAPHS[3]} Here you can find more stories on <a href="/ports">the latest harbour news</a>.</p>'
    source = html("".join(f"<p>{p}</p>" for p in PARAGRAPHS[:3]) + glued)
    assert read(source).text == TEXT


def test_a_last_sentence_that_only_ends_in_a_link_stays() -> None:
    last = f'{PARAGRAPHS[3]} The vote was first reported by <a href="/ports">the harbour office</a>.'
    assert read(html(BODY + f"<p>{last}</p>")).text.endswith("reported by the harbour office.")


def test_a_caption_with_its_credit_fused_to_a_copy_of_a_paragraph_goes() -> None:
    fused = f"<p>{PARAGRAPHS[1]} {PARAGRAPHS[2]} Photo Agency</p>"
    body = f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]} {PARAGRAPHS[2]}</p><p>{PARAGRAPHS[3]}</p>"
    assert "Photo Agency" not in read(html(fused + body)).text


def test_a_refrain_that_the_page_repeats_stays_repeated() -> None:
    refrain = "“The quay belongs to everyone who works on it,” the crowd answered every speaker that evening."
    body = "".join(f"<p>{p}</p><p>{refrain}</p>" for p in PARAGRAPHS)
    assert read(html(body)).text.count(refrain) == 4


def test_a_dek_is_the_summary_and_a_first_paragraph_is_text() -> None:
    dek = "A vote that took five months and one long night."
    head = f'<meta name="description" content="{dek}">'
    extract = read(html(f'<p class="article__subhead">{dek}</p>{BODY}', head=head))
    assert (extract.summary, extract.text) == (dek, TEXT)
    first = f'<meta name="description" content="{PARAGRAPHS[0]}">'
    assert read(html(head=first)).text == TEXT


def test_a_profile_that_matches_nothing_gives_way_to_the_general_reading() -> None:
    assert read(html(), outlet(extract={"body": [".gone"], "drop": [".also-gone"]})).text == TEXT


def test_the_first_selector_with_text_in_it_is_the_body() -> None:
    source = html(
        f'<div class="empty"></div><div class="story">{BODY}</div><div class="other"><p>{PARAGRAPHS[0]}</p></div>'
    )
    assert read(source, outlet(extract={"body": [".empty", ".story", ".other"]})).text == TEXT


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">%s</script>',
        "<script>window.__PRELOADED_STATE__ = %s;</script>",
        "<script>Fusion.globalContent=%s;Fusion.contentCache={};</script>",
    ],
)
def test_a_body_that_lives_in_embedded_state_comes_out(script: str) -> None:
    state = {"props": {"story": {"headline": TITLE, "content_elements": [{"type": "text", "content": p} for p in PARAGRAPHS]}},
             "other": {"headline": "Another story altogether", "body": "".join(f"<p>Not this one, {p}</p>" for p in PARAGRAPHS[:2])}}  # fmt: skip
    source = html('<div id="root"></div>' + script % json.dumps(state))
    assert read(source).text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "Sunday, November 22, 2026 — 15:11",
        "Mittwoch, 9. September 2026, 18.30 Uhr",
        "یکشنبه ۱ آذر ۱۴۰۵ - ۱۵:۱۴",
    ],
)
def test_a_date_with_its_day_of_the_week_above_the_text_is_none_of_it(line: str) -> None:
    assert read(html(f"<p>{line}</p>{BODY}")).text == TEXT
    told = f"On {line[:6]} the council met, and it took until noon to count the votes of all."
    assert read(html(f"<p>{told}</p>{BODY}")).text == f"{told}\n{TEXT}"


def test_the_joiners_that_a_spelling_needs_outlive_the_general_reading() -> None:
    persian = (
        "گزارش‌های تازه نشان می‌دهد که ساخت خانه‌های روستایی در سال گذشته بیشتر شده است و کارها ادامه می‌یابد."
    )
    singhala = "ශ්‍රී ලංකා රජය ප්‍රකාශ කළේ නව පාලම ලබන වසරේ මහජනයාට විවෘත කරන බව සහ ඒ සඳහා මුදල් වෙන් කර ඇති බවයි."
    source = html(f"<p>{persian}</p><p>{singhala}</p>{BODY}")
    root = tree.parse(source)
    lines = general_reading(root, read_blocks(root, URL)).lines
    assert [line.text for line in lines if line.text in {persian, singhala}] == [persian, singhala]
    assert all(line.block is not None for line in lines)


def _cards(name: str) -> str:
    stories = (
        f'<div class="panel"><h4><a href="/s/{i}">Headline number {i} about the harbour and its ships</a></h4>'
        f"<p>{i}: what it is about, {i * 7} times over, {PARAGRAPHS[i % 4][:100]}...</p><span>2{i}/04/2024</span></div>"
        for i in range(9)
    )
    return f'<div class="{name}"><h3>More from the agency</h3>{"".join(stories)}</div>'


def test_a_short_text_above_many_cards_of_other_stories_is_not_outweighed_by_them() -> None:
    short = f'<div class="text"><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></div>'
    meta = '<div class="meta">Date: 21/04/2024 | Source: Example Agency</div>'
    head = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{meta}"
    assert read(f"{head}{short}{_cards('more-from')}</body></html>").text == "\n".join(PARAGRAPHS[:2])
    assert refused(f"{head}{_cards('more-from')}</body></html>").reason is Refusal.LISTING


def _wrapped(shape: str, text: str) -> object:
    words = text.split(" ", 1)
    match shape:
        case "in its model":
            return {"type": "paragraph", "model": {"html": text}}
        case "in runs":
            runs = [
                {"type": "text", "text": words[0] + " "},
                {"type": "link", "content": [{"text": words[1]}]},
            ]
            return {"type": "paragraph", "content": runs}
        case "in spans":
            return {"_type": "block", "children": [{"_type": "span", "text": text}], "markDefs": []}
        case _:
            return {"id": 1, "createdAt": 2, "body": [{"type": "paragraph", "data": {"text": text}}]}


@pytest.mark.parametrize("shape", ["in its model", "in runs", "in spans", "in posts"])
def test_a_body_whose_paragraphs_keep_their_text_within_comes_out(shape: str) -> None:
    picture = {"type": "image", "model": {"text": "A crowd gathers outside the hall before the vote."}}
    blocks = [_wrapped(shape, PARAGRAPHS[0]), picture, *(_wrapped(shape, p) for p in PARAGRAPHS[1:])]
    state = {
        "article": {"headline": TITLE, "standfirst": f"{PARAGRAPHS[1]} {PARAGRAPHS[0]}", "blocks": blocks}
    }
    source = html(
        f'<div id="root"></div><script id="state" type="application/json">{json.dumps(state)}</script>'
    )
    assert read(source).text == TEXT


def test_the_posts_of_a_live_page_in_embedded_state_stay_apart() -> None:
    posts = [
        {
            "id": i,
            "headline": f"Vote {i} is over",
            "body": [{"type": "paragraph", "text": p} for p in PARAGRAPHS],
        }
        for i in range(2)
    ]
    posts[1]["body"] = [{"type": "paragraph", "text": p.replace("a", "o")} for p in PARAGRAPHS]
    state = {"live": {"headline": TITLE, "posts": posts}}
    source = html(f'<div id="root"></div><script type="application/json">{json.dumps(state)}</script>')
    told = ["Vote 0 is over", *PARAGRAPHS, "Vote 1 is over", *(p.replace("a", "o") for p in PARAGRAPHS)]
    assert read(source).text.splitlines() == told


def test_a_body_that_stands_only_in_json_ld_comes_out() -> None:
    thing = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)}
    source = html("", head=f'<script type="application/ld+json">{json.dumps(thing)}</script>')
    assert read(source).text == TEXT


def test_what_the_offer_carried_is_the_last_resort() -> None:
    assert read(html(""), content=BODY).text == TEXT


def test_a_short_chinese_story_is_read() -> None:
    text = "外交部发言人星期四在例行记者会上表示，政府一贯主张通过对话解决分歧，各方应当保持克制，不要采取使局势升级的行动。"
    source = html(f"<p>{text}</p>", title="外交部发言人谈局势", lang="zh")
    assert read(source).text == text


def test_the_text_has_no_stray_white_space() -> None:
    source = html("".join(f"<p>&nbsp;&nbsp;&nbsp; {p}&#8203; </p>\r\n" for p in PARAGRAPHS))
    assert read(source).text == TEXT


def test_the_same_page_gives_the_same_extract() -> None:
    assert read(html(), outlet()) == read(html(), outlet())


def test_teasers_and_their_dates_behind_the_text_go() -> None:
    teasers = "".join(
        f'<div class="item"><p>A storm took boat number {i} from the marina in the night and carried it to…</p><p>May {i}, 2024</p></div>'
        for i in range(1, 4)
    )
    assert read(html(BODY + teasers)).text == TEXT


def test_a_body_that_unfolds_at_a_click_is_read() -> None:
    story = "港务局星期二宣布，旧码头将在秋天之前重新向客船开放，这是多年来的第一次。工程师说，疏浚航道的费用约为四百万。"
    beside = "本站所有栏目的编辑时间为每天上午八点至晚上十点，读者来信请寄往港口路十二号的收发室，来信请写明姓名和住址，我们会尽快答复每一位读者，谢谢大家的支持和关心。"
    folded = f'<div class="box" style="height: 500px; overflow: hidden"><p>{story}</p></div>'
    source = html(f"{folded}<div class='address'><p>{beside}</p></div>", title="旧码头重新开放", lang="zh")
    assert story in read(source).text


def test_a_body_cut_into_containers_is_read_whole_though_the_page_around_is_called_an_ad() -> None:
    first, rest = (
        [f"{p} The {n} ships carried {n} hundred crates of salt." for p in PARAGRAPHS] for n in (3, 5)
    )
    chunks = "".join(
        f'<div class="grid"><div class="article__body"><div class="inner">{"".join(f"<p>{p}</p>" for p in part)}</div></div></div>'
        for part in (first, rest)
    )
    source = html(chunks).replace("<body>", '<body><div class="page page-hero-ad-hidden">')
    assert read(source.replace("</body>", "</div></body>")).text == "\n".join(first + rest)


def test_what_a_paywall_has_let_through_is_no_promotion_and_its_prompt_is() -> None:
    assert not region_of("div", "paywall-access content") & Region.PROMO
    assert not region_of("p", "paywall") & Region.PROMO
    assert region_of("div", "paywall__prompt") & Region.PROMO


def test_how_to_republish_an_article_is_not_its_text() -> None:
    how = "".join(
        f"<p>Please credit the author and this site in the first line, rule number {n} of our guide says.</p>"
        for n in range(1, 9)
    )
    assert read(html(f"{BODY}<div><h3>Republish this article</h3>{how}</div>")).text == TEXT


def test_the_first_sentence_of_brief_news_is_text_though_it_is_nearly_the_headline() -> None:
    opening = "The harbour council opened the old quay to ships."
    brief = f"<div class='text'>{opening}<br>{PARAGRAPHS[1]}<br>{PARAGRAPHS[2]}</div>"
    assert read(html(brief)).text.splitlines()[0] == opening


def test_a_headline_of_a_few_han_characters_is_not_the_first_line() -> None:
    sentence = (
        "港口委员会星期二决定重新开放旧码头，让客船在七年之后第一次回来停靠，工程师将在六月说明水道的深度。"
    )
    lines = [f"{n}月。{sentence}" for n in range(1, 7)]
    text = "<br>".join(("港口开放", *lines))
    assert read(html(f"<div>{text}</div>", title="港口开放", lang="zh")).text.splitlines() == lines


def test_paragraphs_between_line_breaks_in_a_cell_that_lays_out_the_page_are_lines() -> None:
    table = f"<table><tr><td>1 May 2024</td></tr><tr><td>{'<br><br>'.join(PARAGRAPHS)}</td></tr></table>"
    assert read(html(table)).text == TEXT


def test_a_profile_may_choose_a_cell() -> None:
    table = f"<table><tr><td>Menu</td><td class='t'>{'<br><br>'.join(PARAGRAPHS)}</td></tr></table>"
    assert read(html(table), outlet(extract={"body": ["td.t"]})).text == TEXT


def test_a_headline_with_its_date_below_the_text_is_a_link() -> None:
    other = '<li><a href="/world/ferry">The ferry to the islands sails again from Monday on</a><span>9 May 2024</span></li>'
    assert read(html(f"{BODY}<ul>{other * 2}</ul>")).text == TEXT


def test_what_is_left_must_be_more_than_a_few_words() -> None:
    assert refused(html("<p>10 May 2024</p><p>Photo: Jane Example/Agency</p>")).reason is Refusal.EMPTY


def test_what_a_screen_reader_is_told_of_a_link_is_no_text() -> None:
    told = PARAGRAPHS[0].replace(
        "old quay", '<a href="https://x.example/">old quay<span>, opens new tab</span></a>'
    )
    assert read(html(f"<p>{told}</p>{BODY.partition('</p>')[2]}")).text == TEXT


@pytest.mark.parametrize("date", ["10.05.2024, 11:05 Uhr", "10/5/2024 18:30", "2024年5月10日 8時27分"])
def test_a_date_alone_above_the_text_is_no_text(date: str) -> None:
    assert read(html(f"<p>{date}</p>{BODY}")).text == TEXT


def test_a_short_sentence_between_two_paragraphs_stays() -> None:
    boxes = "".join(
        f'<div class="b"><p>{p}</p></div>' for p in (*PARAGRAPHS[:3], "It has three members.", PARAGRAPHS[3])
    )
    assert "It has three members." in read(html(boxes)).text.splitlines()


def test_a_line_that_only_the_precise_run_has_is_put_in_its_place() -> None:
    root = tree.parse(html("<h2>What is a quay?</h2>".join(f"<p>{p}</p>" for p in PARAGRAPHS)))
    blocks = read_blocks(root, URL)
    permissive = place(PARAGRAPHS, blocks)
    precise = place([PARAGRAPHS[0], "What is a quay?", *PARAGRAPHS[1:]], blocks)
    lines = _with_missed(permissive, precise)
    assert [line.text for line in lines[:3]] == [PARAGRAPHS[0], "What is a quay?", PARAGRAPHS[1]]


def test_a_sub_head_in_a_box_like_those_of_the_paragraphs_is_no_link() -> None:
    parts = [f'<div class="b"><p>{p}</p></div>' for p in PARAGRAPHS]
    parts.insert(2, '<div class="b"><h3>Fears on the northern shore: Herring and ferries</h3></div>')
    other = '<div class="more"><a href="/world/herring">Herring and ferries</a></div>'
    assert "Fears on the northern shore: Herring and ferries" in read(html("".join(parts) + other)).text


def test_a_standfirst_that_only_its_name_tells_is_the_summary() -> None:
    words = "Ships may come back to the old quay, seven years after the last one left it."
    read_ = read(html(f'<p class="standfirst">{words}</p><div class="story">{BODY}</div>'))
    assert (read_.summary, read_.text) == (words, TEXT)


def test_short_chinese_paragraphs_in_a_cell_that_lays_out_the_page_are_lines() -> None:
    lines = [
        f"港务委员会周二决定重新开放旧码头，这是多年来第一次有客船停靠，共有{n}艘船申请。" for n in (21, 35)
    ]
    cell = "".join(f"<p>{line}</p>" for line in lines)
    source = html(f"<table><tr><td>{cell}</td></tr></table>", title="港务委员会决定重新开放旧码头", lang="zh")
    assert read(source).text.split("\n") == lines


def test_a_post_of_a_live_blog_that_says_the_headline_again_ends_nothing() -> None:
    posts = "".join(
        f"<article><h2>{TITLE if n == 0 else f'What was said at {n} o’clock'}</h2>{BODY.replace('.</p>', f', {n}.</p>')}</article>"
        for n in range(4)
    )
    source = f"<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1><div>{posts}</div></main></body></html>"
    assert read(source).text.count("Members had argued") == 4


DEK = "Fishermen fear for the herring, and the engineers for the old wall of the harbour"


def test_a_standfirst_that_is_shown_goes_before_a_description_that_is_not() -> None:
    head = '<meta name="description" content="News from the coast, every day and for everybody">'
    found = read(html(f'<p class="post-lead">{DEK}</p><div class="post-text">{BODY}</div>', head=head))
    assert (found.summary, found.text) == (DEK, TEXT)


def test_a_first_line_without_a_full_stop_that_the_description_says_is_the_standfirst() -> None:
    head = f'<meta name="description" content="{DEK}">'
    found = read(html(f"<div>{DEK}</div><div>{BODY}</div>", head=head))
    assert (found.summary, found.text) == (DEK, TEXT)
    opening = "The mission of the northern shore issued this statement to the press on March 19:"
    head = f'<meta name="description" content="{opening}">'
    assert read(html(f"<p>{opening}</p>{BODY}", head=head)).text == f"{opening}\n{TEXT}"
    stopped = read(html(f"<p>{DEK}.</p>{BODY}", head=f'<meta name="description" content="{DEK}.">'))
    assert (stopped.summary, stopped.text) == ("", f"{DEK}.\n{TEXT}")


@pytest.mark.parametrize("date", ["18/06/2026 11h02", "12/06/2026 às 16h37", "21 สิงหาคม 2569"])
def test_a_date_with_a_clock_of_another_language_is_no_text(date: str) -> None:
    assert read(html(f"<div>{date}</div>{BODY}")).text == TEXT


def test_a_link_in_brackets_between_two_paragraphs_is_no_text() -> None:
    link = "<div><b>[ <a href='/world/other-story'>Ferry out of service for a month</a> ]</b></div>"
    first, rest = BODY.split("</p>", 1)
    assert read(html(f"{first}</p>{link}{rest}")).text == TEXT


def test_a_paragraph_below_a_picture_that_ends_with_its_photographer_is_a_caption() -> None:
    caption = "Ships wait off the old quay on Tuesday. (Agency/Jane Example)"
    picture = f"<p><img src='/quay.jpg'></p><p>{caption}</p>"
    assert read(html(picture + BODY)).text == TEXT
    assert read(html(f"<p>{caption}</p>{BODY}")).text == f"{caption}\n{TEXT}"


@pytest.mark.parametrize(
    "line",
    [
        "—000—",
        "Compartilhe",
        "À lire aussiUn port se rouvre au large",
        "<저작권자(c) 예시통신, 무단 전재-재배포 금지>",
    ],
)
def test_what_is_glued_or_set_behind_the_text_in_other_languages_goes(line: str) -> None:
    assert read(html(f"{BODY}<p>{line}</p>")).text == TEXT


def test_a_text_that_the_page_tells_twice_is_told_once() -> None:
    copy = f'<div class="print"><p>{TITLE}</p>{BODY}</div>'
    assert read(html(f"{BODY}{copy}")).text == TEXT


def test_a_summary_that_the_text_repeats_and_goes_on_from_is_no_copy() -> None:
    more = [
        f"Builders of part {n} of the quay expect to be done with their work in week {n + 4}."
        for n in range(4)
    ]
    body = BODY + "".join(f"<p>{p}</p>" for p in (*PARAGRAPHS[:3], *more))
    assert read(html(body)).text.splitlines()[-4:] == more


@pytest.mark.parametrize(
    "heading", ["Menu for the summit dinner", "Related work at the old quay", "Comments on the new ferry"]
)
def test_a_part_that_is_called_by_its_heading_stays(heading: str) -> None:
    slug = heading.lower().replace(" ", "-")
    more = [
        f"Cooks of kitchen {n} expect to serve some {n + 40} guests before the first ferry leaves."
        for n in range(3)
    ]
    part = f'<div id="{slug}"><h2>{heading}</h2>{"".join(f"<p>{p}</p>" for p in more)}</div>'
    assert read(html(f"<div>{BODY * 2}</div>{part}")).text.splitlines()[-4:] == [heading, *more]


def test_a_part_called_an_embed_that_holds_a_long_paragraph_stays() -> None:
    own = " ".join(
        f"Movers of fleet {n} have worked in the harbour for {n + 4} years and own their ships."
        for n in range(5)
    )
    part = f'<div class="profile embed"><section><p>{own}</p></section></div>'
    cells = "<table><tr><td>Ships</td><td>7</td></tr></table>"  # so that the general reading decides
    assert own in read(html(f"<div>{BODY * 2}{cells}{part}</div>")).text.splitlines()


@pytest.mark.parametrize(
    "line",
    [
        "Jane Example was arrested again on Monday and taken to a prison outside the capital, her lawyer said.",
        "Jane Example is the third journalist to be arrested this year.",
        "Jane Example ist seit Montag wieder in Haft.",
        "Jane Example es la tercera periodista detenida este año.",
    ],
)
def test_a_last_line_about_the_author_in_the_news_stays(line: str) -> None:
    source = html(f'<p class="byline">By Jane Example</p>{BODY}<p>{line}</p>')
    assert read(source).text == f"{TEXT}\n{line}"
