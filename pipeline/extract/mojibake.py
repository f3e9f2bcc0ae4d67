"""Text that was UTF-8, was read as Windows-1252 or Latin-1 on its way, and was written as UTF-8 again."""

from __future__ import annotations

import re

_BYTE_OF = {chr(byte): byte for byte in range(0x80, 0xC0)}
_BYTE_OF |= {bytes([byte]).decode("cp1252", "replace"): byte for byte in range(0x80, 0xA0)}
del _BYTE_OF["\ufffd"]
"""Which byte that goes on with a character of UTF-8 each character was."""
_ON = f"[{re.escape(''.join(_BYTE_OF))}]"
_TWICE = re.compile(f"[\xc2-\xdf]{_ON}|[\xe0-\xef]{_ON}{{2}}|[\xf0-\xf4]{_ON}{{3}}")
"""One character written twice."""
_SPACED = re.compile("[\xe0-\xf4]\xa0")
"""What may be a letter and a fixed space."""
_CONTROL = re.compile("[\x80-\x9f]")
"""C1 control characters: no page means one."""
_MEANT = {chr(byte): bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}
_SEEN = re.compile(rb"\xc2[\x80-\x9f]")
_WINDOWS = re.compile(rb"\xc3[\xa2\xa3\x91\x8f\x99]\xe2(?:\x82\xac|\x80\x9e)")
"""How the quotation marks, or a common letter, of a script begin as Windows-1252: "â€", "Ñ€"."""
_LEAST = 3
"""Characters written twice from which on all that may be one is believed to be one."""
_MOSTLY = 0.8


def is_suspect(body: bytes) -> bool:
    """Tell whether it is worth while to have the UTF-8 text of `body` `repaired`."""
    return _SEEN.search(body) is not None or _WINDOWS.search(body) is not None


def repaired(text: str) -> str:
    """Return text with what was written twice written once; a C1 control is what Windows-1252 has there.

    An É before a quotation mark looks like a character written twice. It is one only where hardly any C1
    control stands outside such pairs, or several pairs begin as no word and no number does.
    """
    pairs = _TWICE.findall(text)
    controls, within = len(_CONTROL.findall(text)), len(_CONTROL.findall("".join(pairs)))
    if within >= _MOSTLY * controls:
        sure = [pair for pair in pairs if _is_sure(pair)]
        if len(sure) >= _LEAST:
            begun = {pair[0] for pair in sure}
            text = _TWICE.sub(
                lambda m: _once(m) if m[0][0] in begun or not _SPACED.match(m[0]) else m[0], text
            )
        elif within:
            text = _TWICE.sub(lambda match: _once(match) if _CONTROL.search(match[0]) else match[0], text)
    return _CONTROL.sub(lambda control: _MEANT[control[0]], text) if controls else text


def _is_sure(pair: str) -> bool:
    return pair[1] in "€„" or _CONTROL.search(pair) is not None


def _once(match: re.Match[str]) -> str:
    pair = match[0]
    try:
        return bytes([ord(pair[0]), *(_BYTE_OF[other] for other in pair[1:])]).decode()
    except UnicodeDecodeError:
        return match[0]
