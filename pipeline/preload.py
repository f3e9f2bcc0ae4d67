"""What the fork server imports, so that its workers need not: importing it makes them ready to read."""

from __future__ import annotations

import pipeline.article
import pipeline.traits
from pipeline.extract.language import language_of

__all__ = ["pipeline"]

language_of("The model of languages is unpacked once, and every worker has it: that takes half a second.", "")
