"""What a JSON interface offers: where it is asked, and who reads the answer."""

from __future__ import annotations

from config.outlet import Api
from pipeline.errors import PageError
from spiders import govuk, reliefweb, wordpress
from spiders.offers import Answer, Document


def first_url(api: Api) -> str:
    """Return the address of the first page, the operator's own query parameters kept."""
    match api.type:
        case "wordpress":
            return wordpress.first_url(api.api)
        case "govuk":
            return govuk.first_url(api.api)
        case "reliefweb":
            return reliefweb.first_url(api.api)


def read(api: Api, document: Document, zone: str) -> Answer:
    """Read one page of answers, errors included. Never raises."""
    try:
        return _read(api, document, zone)
    except PageError as error:
        return Answer(complaint=str(error))


def _read(api: Api, document: Document, zone: str) -> Answer:
    match api.type:
        case "wordpress":
            return wordpress.read(api.api, document, zone)
        case "govuk":
            return govuk.read(api.api, document, zone)
        case "reliefweb":
            return reliefweb.read(api.api, document, zone)
