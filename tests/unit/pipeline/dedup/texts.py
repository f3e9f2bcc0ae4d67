# ruff: noqa: E501 - a paragraph is a line
"""One wire story and what others make of it, and texts that only look like copies. Written for the tests."""

from __future__ import annotations

WIRE = """\
NAROVA, March 3 -- A cargo ferry carrying 41 people ran aground off the northern coast of Lissa early on Tuesday after its engine failed in heavy seas, the port authority said, and lifeboats brought everyone ashore within three hours.
The Merle Obrist, built in 1994, was on its way from Narova to the island of Tesh with lorries, timber and 12 tonnes of seed potatoes when it lost power shortly after four o'clock in the morning. It drifted for about two kilometres before it came to rest on a sandbank near the Halvor lighthouse.
"We heard the engine cough twice and then there was only the wind," said Ilse Brandvold, a driver who was in the mess when the lights went out. "Nobody shouted. The crew counted us, gave us blankets and told us to wait."
Harbour master Pekka Lindqvist said two lifeboats from Narova and a fishing cutter took the passengers off in groups of six. Three people were treated for mild hypothermia and a deckhand broke his wrist; all four had left the Saint Agda hospital by noon.
The ferry's owner, Tesh Linien, said that divers would examine the hull on Wednesday and that a tug had been ordered from Corvane. It offered its apologies and free passage for the rest of the month to those who had been on board.
It is the second time in two years that a ferry of the line has run aground. In October the transport ministry fined Tesh Linien 85,000 crowns for skipping an inspection, a decision against which the company has appealed."""

EDITED = """\
NAROVA (Northern Wire) - A cargo ferry with 41 people on board ran aground off Lissa's northern coast early on Tuesday after its engine failed in heavy seas, the port authority said. Lifeboats brought everyone ashore within three hours.
The Merle Obrist, built in 1994, was on its way from Narova to the island of Tesh with lorries, timber and 12 tonnes of seed potatoes when it lost power shortly after four o'clock. It drifted for about two kilometres before coming to rest on a sandbank near the Halvor lighthouse.
"We heard the engine cough twice and then there was only the wind," said Ilse Brandvold, a driver who was in the mess when the lights went out. "Nobody shouted. The crew counted us, gave us blankets and told us to wait."
Harbour master Pekka Lindqvist said two lifeboats and a fishing cutter took the passengers off in groups of six. Three people were treated for mild hypothermia and a deckhand broke his wrist; all four had left hospital by noon.
The ferry's owner, Tesh Linien, said divers would examine the hull on Wednesday and that a tug had been ordered from Corvane.
It is the second time in two years that a ferry of the line has run aground. In October the transport ministry fined Tesh Linien 85,000 crowns for skipping an inspection."""

EXCERPT = "\n".join(WIRE.split("\n")[:2])

WRAPPED = f"""\
For the people of Tesh the ferry is more than a ship: it brings the post, the school books and, in a good week, the newspaper that you are reading. So when the whistle did not sound on Tuesday, the whole village went down to the pier and looked north.
Our own correspondent walked the beach below the lighthouse at first light and counted eleven crates of potatoes, a child's bicycle and one very wet dog, who has since been claimed by a family from the upper village.
{WIRE}
The council meets on Thursday. The baker, who has flour for nine days, says that she is not worried; the schoolmaster, who has chalk for two, says that he is."""

REPLY = """\
Opposition members of the Lissa parliament asked on Wednesday for an inquiry into the state of the country's ferries, a day after the Merle Obrist ran aground near the Halvor lighthouse with 41 people on board.
"Two groundings in two years are not bad weather, they are bad management," said Runa Feldhaus of the Harbour List, who wants the minister of transport to publish every inspection report since 2019 before the summer recess.
The minister, Joren Aske, told reporters that his officials had warned the line repeatedly and that the fine of October spoke for itself. He would not say whether the licence of Tesh Linien might be withdrawn.
Insurers expect the salvage to take ten days if the wind stays in the west. The island has asked the navy to bring flour and medicines until another ship can be chartered."""


def statement(country: str, cause: str, killed: int, injured: int, day: str) -> str:
    """Return a statement as offices issue them by the dozen: other names and numbers in the same words."""
    return f"""\
The Secretary of the Assembly strongly condemns the {cause} on {day} in {country}, in which {killed} people were reportedly killed and {injured} others injured. She expresses her deepest condolences to the families of the victims and to the Government and people of {country}, and wishes those injured a speedy and full recovery.
The Secretary recalls that attacks against civilians and civilian objects are prohibited under international humanitarian law. She calls on the authorities of {country} to carry out a thorough investigation and to bring those responsible to justice without delay.
The Assembly reiterates its continued solidarity with the Government and people of {country} in their pursuit of peace, development and stability."""


CHINESE = """\
新华港三月三日电：一艘载有四十一人的货运渡轮星期二凌晨在利萨岛北部海岸搁浅，港务局表示，渡轮的发动机在大浪中失灵，救生艇在三小时内把所有人安全送上岸。
这艘一九九四年建造的渡轮当时正从纳罗瓦驶往特什岛，船上装有卡车、木材和十二吨种薯，凌晨四点过后不久失去动力，漂流约两公里后停在灯塔附近的沙洲上。
港长林德奎斯特说，两艘救生艇和一艘渔船分批把乘客接走，三人因轻度失温接受治疗，一名水手手腕骨折，四人中午前都已离开医院。
船主特什航运公司说，潜水员将于星期三检查船体，并已从科尔万订了一艘拖船。公司向乘客表示歉意，并承诺本月内免费乘船。"""

CHINESE_EDITED = """\
新华港三月三日电：一艘载有四十一人的货运渡轮周二凌晨在利萨岛北部海岸搁浅。港务局称，渡轮的发动机在大浪中失灵，救生艇三小时内把所有人安全送上岸。
这艘一九九四年建造的渡轮当时正从纳罗瓦驶往特什岛，船上装有卡车、木材和十二吨种薯，凌晨四点后失去动力，漂流约两公里后停在灯塔附近的沙洲上。
港长林德奎斯特说，两艘救生艇和一艘渔船分批接走乘客，三人因轻度失温接受治疗，一名水手手腕骨折，四人中午前都已离开医院。
船主特什航运公司说，潜水员将于周三检查船体，并已从科尔万订了一艘拖船。"""
