"""What can go wrong between us and a host, in the words of an outcome."""

from __future__ import annotations

from http import HTTPStatus

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from service_identity import VerificationError
from twisted.internet.error import (
    ConnectError,
    ConnectingCancelledError,
    ConnectionAborted,
    ConnectionClosed,
)
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError

from pipeline.looks import Trouble
from pipeline.records import Failed, Fault

REFUSING = frozenset({401, 403, 429, 451})
"""Statuses by which a server says that it is us whom it does not want."""

_MOST_WORDS = 200


class Unfetched(Exception):  # noqa: N818 - it carries an outcome
    """An address gave no answer; `why` is the outcome, `passing` tells whether asking again may help.

    `trouble` is what it is for the operator; where that is not given, it follows from `why`.
    """

    def __init__(self, why: Failed, *, passing: bool = False, trouble: Trouble | None = None) -> None:
        super().__init__(f"{why.reason}: {why.detail}")
        self.why = why
        self.passing = passing
        self.trouble = trouble or _trouble_of(why.reason)


def network_fault(error: Exception) -> Unfetched | None:
    """Say what `error`, raised by a download, means; None where it is none of the network's making."""
    match error:
        case DownloadTimeoutError() | ConnectingCancelledError():
            return _unfetched(Fault.TIMEOUT, "no whole answer in time")
        case DownloadCancelledError():
            return _unfetched(Fault.TOO_LARGE, "the answer is longer than the bounds allow", passing=False)
        case CannotResolveHostError():
            return _unfetched(Fault.NETWORK, "the host name cannot be resolved")
        case DownloadConnectionRefusedError():
            return _unfetched(Fault.NETWORK, "the connection was refused")
        case ResponseDataLossError():
            return _unfetched(Fault.NETWORK, "the connection was closed before the whole body had come")
        case DownloadFailedError() | ConnectError() | ConnectionClosed() | SSL.Error() | VerificationError():
            return _broken(error)
        case ValueError() if "hostname" in str(error):
            return _unfetched(Fault.NETWORK, "the host name is not valid", passing=False)
        case _:
            return None


def status_trouble(status: int) -> Trouble:
    """Say what an HTTP status from 400 on is for the operator."""
    if status in REFUSING:
        return Trouble.BLOCKED
    return Trouble.DOWN if status >= 500 else Trouble.BROKEN


def status_fault(status: int) -> Failed:
    """Say what an HTTP status that brings no page means, like "404 Not Found"."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    return Failed(Fault.HTTP_STATUS, f"{status} {phrase}".strip())


def _trouble_of(fault: Fault) -> Trouble:
    match fault:
        case Fault.ROBOTS | Fault.HTTP_STATUS:
            return Trouble.BLOCKED
        case Fault.NETWORK | Fault.TIMEOUT | Fault.ADDRESS:
            return Trouble.DOWN
        case Fault.TOO_LARGE | Fault.PARSER | Fault.REDIRECTS:
            return Trouble.BROKEN


def _unfetched(fault: Fault, words: str, *, passing: bool = True) -> Unfetched:
    return Unfetched(Failed(fault, words[:_MOST_WORDS]), passing=passing)


def _broken(error: Exception) -> Unfetched:
    """Look into a broken exchange for what broke it; a wrong certificate is no passing trouble."""
    cause = _root(error)
    if isinstance(cause, VerificationError):
        return _unfetched(Fault.NETWORK, "TLS: the certificate is for another host", passing=False)
    if isinstance(cause, SSL.Error):
        words = _tls_words(cause)
        return _unfetched(Fault.NETWORK, f"TLS: {words}", passing="certificate" not in words)
    if isinstance(cause, ConnectionAborted):  # by us: see `spiders.handler`
        return _unfetched(Fault.TOO_LARGE, "the headers of the answer do not end", passing=False)
    if isinstance(cause, ParseError):
        return _unfetched(Fault.NETWORK, "the answer is not HTTP", passing=False)
    if isinstance(cause, ConnectionClosed):
        return _unfetched(Fault.NETWORK, "the connection was closed without an answer")
    words = str(cause).strip().rstrip(".") or type(cause).__name__
    return _unfetched(Fault.NETWORK, f"the exchange broke off: {words}")


def _root(error: BaseException) -> BaseException:
    """Return the first error that Twisted wrapped, at any depth."""
    for _ in range(10):
        inner = next((r.value for r in _reasons(error) if r.value is not None), None) or error.__cause__
        if inner is None:
            return error
        error = inner
    return error


def _reasons(error: BaseException) -> list[Failure]:
    reasons = getattr(error, "reasons", None)
    return [r for r in reasons if isinstance(r, Failure)] if isinstance(reasons, list) else []


def _tls_words(error: SSL.Error) -> str:
    """Return the reasons that OpenSSL gives: a list of (library, function, reason)."""
    records = error.args[0] if error.args and isinstance(error.args[0], list) else []
    return "; ".join(str(r[-1]) for r in records if isinstance(r, tuple) and r) or "the handshake failed"
