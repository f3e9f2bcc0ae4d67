"""How Scrapy is set: its engine and its HTTP/1.1 client, and nothing that it would do on its own."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from scrapy.settings import BaseSettings, Settings, SettingsAttribute

from spiders.handler import PoliteHandler
from spiders.services import Bounds

AnySettings = TypeVar("AnySettings", bound=BaseSettings)

REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


class SharedSettings(Settings):
    """Settings whose copies share their values, which nobody changes in place.

    Each crawler has a copy. Scrapy makes it with `deepcopy`, and merges the original into it once more, which
    takes longer than all else of a look at a feed that has not changed.
    """

    _original: Settings | None = None

    def copy(self) -> Self:
        """Return settings of their own, with the same values."""
        twin = _twin(self)
        twin._original = self  # noqa: SLF001 - one of us
        return twin

    def update(self, values: Any, priority: int | str = "project") -> None:  # type: ignore[override]  # noqa: ANN401 - Scrapy's own
        """Merge other settings; those that these are a copy of are merged already."""
        if values is not self._original or values is None:
            super().update(values, priority)


def _twin(settings: AnySettings) -> AnySettings:
    twin = type(settings).__new__(type(settings))
    twin.frozen = False
    twin.attributes = {name: _same(attribute) for name, attribute in settings.attributes.items()}
    return twin


def _same(attribute: SettingsAttribute) -> SettingsAttribute:
    same = SettingsAttribute.__new__(SettingsAttribute)
    value = attribute.value
    same.value = _twin(value) if isinstance(value, BaseSettings) else value
    same.priority = attribute.priority
    return same


def scrapy_settings(bounds: Bounds) -> Settings:
    """Return the settings of every crawler.

    No middleware and no extension is loaded: robots.txt, redirects and retries are in `spiders.fetch`,
    delays and Retry-After in `spiders.gate`, for all crawlers at once, and bodies stay compressed, as the
    archive keeps them. What would do harm is also off by its own name, should somebody load it again.
    """
    values: dict[str, Any] = {
        "TWISTED_REACTOR": REACTOR,
        "USER_AGENT": bounds.user_agent,
        "DOWNLOAD_HANDLERS": {
            "http": PoliteHandler,
            "https": PoliteHandler,
            **dict.fromkeys(("file", "ftp", "data", "s3")),
        },
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_MAXSIZE": bounds.body,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": bounds.timeout,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_DELAY_JITTER": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "CONCURRENT_ITEMS": 1,
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "COMPRESSION_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "REDIRECT_ENABLED": False,
        "REDIRECT_MAX_TIMES": bounds.redirects,
        "RETRY_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "AUTOTHROTTLE_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "DNSCACHE_ENABLED": False,
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "STATS_DUMP": False,
        "LOGSTATS_INTERVAL": 0,
        "LOG_ENABLED": False,
        "LOG_INSTALL_ROOT_HANDLER": False,
    }
    return SharedSettings(values)
