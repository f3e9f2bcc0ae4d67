"""A news world that publishes, edits and removes, and knows the truth of every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.site.outlets import Outlet, Plan, write_outlet
from tests.site.plans import PLANS
from tests.site.prose import Writer
from tests.site.server import Server
from tests.site.stories import Story


@dataclass(slots=True)
class World:
    """The outlets together, and what can happen to them."""

    outlets: dict[str, Outlet]
    writer: Writer
    now: datetime

    def write_catalogue(self, folder: Path) -> Path:
        """Write the outlet files into a folder, which is returned."""
        folder.mkdir(parents=True, exist_ok=True)
        for outlet in self.outlets.values():
            write_outlet(folder, outlet.yaml())
        return folder

    def add(self, outlet_id: str, count: int) -> list[Story]:
        """Publish more stories at an outlet, each an hour after the one before."""
        outlet = self.outlets[outlet_id]
        new = [self._write(outlet.plan) for _ in range(count)]
        outlet.stories |= {story.slug: story for story in new}
        outlet.publish()
        return new

    def edit(self, outlet_id: str, slug: str) -> Story:
        """Change a story's text, and say so wherever the outlet offers it."""
        outlet = self.outlets[outlet_id]
        old = outlet.stories[slug]
        (added,) = self.writer.paragraphs(old.language, 1)
        new = replace(
            old,
            paragraphs=(*old.paragraphs[:2], added, *old.paragraphs[3:]),
            modified=old.changed + timedelta(hours=1),
        )
        outlet.stories[slug] = new
        outlet.publish()
        return new

    def remove(self, outlet_id: str, slug: str) -> None:
        """Take a story off the site: its page is not found, nothing offers it any more."""
        outlet = self.outlets[outlet_id]
        outlet.gone.add(slug)
        outlet.publish()

    def truth(self) -> dict[tuple[str, str], Story]:
        """Return every story by its outlet and its title."""
        return {(o.plan.id, s.title): s for o in self.outlets.values() for s in o.listed}

    def _write(self, plan: Plan) -> Story:
        number = (
            sum(len(o.stories) for o in self.outlets.values())
            + self.writer.chance.randint(10_000, 99_999) * 100
        )
        language = plan.style.language
        self.now += timedelta(minutes=37)
        return Story(
            slug=f"{_english_slug(self.writer)}-{number}",
            title=self.writer.title(language),
            paragraphs=self.writer.paragraphs(language),
            published=self.now.astimezone(ZoneInfo(plan.zone)),
            language=language,
            standfirst=self.writer.sentence(language) if plan.standfirsts else "",
            author=_author(self.writer) if language == "en" else "",
        )


def build(server: Server, now: datetime, seed: int = 7, plans: Sequence[Plan] = PLANS) -> World:
    """Make the world: a site for each plan, its stories dated over the days before `now`."""
    world = World({}, Writer(seed), now.replace(second=0, microsecond=0) - timedelta(days=3))
    for plan in plans:
        world.outlets[plan.id] = Outlet(plan, server.site(plan.id))
        world.add(plan.id, plan.stories)
    for outlet in world.outlets.values():
        if outlet.plan.copies_from:
            source = world.outlets[outlet.plan.copies_from]
            for story in source.listed[:2]:
                copy = replace(
                    story,
                    published=story.published + timedelta(hours=2),
                    source=source.plan.style.name,
                    author="",
                )
                outlet.stories[copy.slug] = copy
            outlet.publish()
    return world


def _english_slug(writer: Writer) -> str:
    return "-".join(writer.sentence("en").lower().translate({ord(c): None for c in "“”,.'"}).split()[:5])


def _author(writer: Writer) -> str:
    first = writer.chance.choice(("Nadia", "Marcus", "Helen", "Viktor", "Amara", "Julian"))
    return f"{first} {writer.chance.choice(('Bellweather', 'Strand', 'Okonkwo', 'Feldhaus', 'Iversen'))}"
