"""The settings of a run: where things rest, how much of the machine is used, how we introduce ourselves."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, SettingsConfigDict

from config.errors import ConfigError
from config.values import Integer, Number
from config.words import in_words, printable, shown

if TYPE_CHECKING:
    from pydantic_settings import PydanticBaseSettingsSource

Network = IPv4Network | IPv6Network
LogLevel = Literal["debug", "info", "warning", "error"]
LogFormat = Literal["console", "json"]

ENV_PREFIX = "WIREWATCH_"
PLACEHOLDER_CONTACT = "https://wirewatch.example/bot"
"""Stands in the User-Agent until the operator sets a contact; .example belongs to nobody (RFC 2606)."""

# Neighbours on the link, among them the metadata services of cloud machines; also as IPv4 in IPv6.
_NEVER_ALLOWED = tuple(map(ip_network, ("169.254.0.0/16", "fe80::/10", "::ffff:169.254.0.0/112")))
_OPTIONS = {"database_url": "--database"}
_CONTACT = re.compile(r"https?://[^\s@]+|(?:mailto:)?[^\s@:/]+@[^\s@:/]+")


def _path(value: object) -> object:
    """Read ~ as a shell would: not every place that sets a variable does."""
    try:
        return Path(value).expanduser() if isinstance(value, str | Path) and str(value) else value
    except RuntimeError as error:
        raise ValueError(f"{shown(str(value))} names a user who has no home folder here") from error


def _database_url(value: str) -> str:
    """Check the scheme; no message shows the rest, which may hold a password."""
    right = "write sqlite:///path/to/file.db or postgresql://user@host/name"
    scheme, separator, rest = value.partition("://")
    kind = scheme.partition("+")[0]
    if not separator:
        raise ValueError(f"is not an address of a database: {right}")
    if kind == "sqlite" and not (rest.startswith("/") and rest.strip("/")):
        raise ValueError("names no file: write sqlite:///relative/file.db or sqlite:////absolute/file.db")
    if kind == "postgresql" and not rest:
        raise ValueError(f"names no database: {right}")
    if kind not in {"sqlite", "postgresql"}:
        raise ValueError(f"cannot be a database of the kind {shown(scheme)}: {right}")
    return value


def _contact(value: str) -> str:
    """Accept what may stand within the comment of a User-Agent (RFC 9110, 10.1.5)."""
    if not (value.isascii() and value.isprintable()) or any(c in value for c in "()\\ "):
        raise ValueError("must be printable ASCII without blanks, parentheses and backslashes")
    if not _CONTACT.fullmatch(value):
        raise ValueError(f"{shown(value)} is not an e-mail address or a URL: write one that reaches you")
    return value


def _networks(value: object) -> object:
    """Split "127.0.0.0/8,::1/128"; a lone address is the network of itself."""
    match value:
        case str():
            return tuple(_network(part.strip()) for part in value.split(",") if part.strip())
        case Sequence():
            return tuple(_network(str(part)) for part in value)
        case _:
            return value


def _network(text: str) -> Network:
    address = text.partition("/")[0]
    try:
        network, alone = ip_network(text, strict=False), ip_network(address)
    except ValueError as error:
        raise ValueError(f"{shown(text)} is not a network: write them like 127.0.0.0/8,::1/128") from error
    if "%" in text:
        raise ValueError(f"{shown(text)} names an interface: leave out what stands from the % on")
    if alone.network_address != network.network_address:
        raise ValueError(
            f"{shown(text)} is one address of a network: write {network} for all, {alone} for it alone"
        )
    for never in _NEVER_ALLOWED:
        if network.version == never.version and network.overlaps(never):
            raise ValueError(
                f"{network} holds link-local addresses ({never}), which are never allowed: name less"
            )
    return network


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Settings(BaseSettings):
    """What holds for a whole run. Made directly it reads nothing; `load` reads the environment."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, env_ignore_empty=True, extra="forbid", frozen=True
    )

    data_dir: Annotated[Path, BeforeValidator(_path)] = Path("data")
    outlets: Annotated[Path, BeforeValidator(_path)] | None = None
    database_url: Annotated[str, AfterValidator(_database_url)] | None = Field(default=None, repr=False)
    log_level: Annotated[LogLevel, BeforeValidator(_lower)] = "info"
    contact: Annotated[str, Field(max_length=200), AfterValidator(_contact)] = PLACEHOLDER_CONTACT
    allow_private_hosts: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)] = ()
    workers: Integer = Field(default_factory=_cores, ge=1, le=256)
    page_seconds: Number = Field(default=20.0, gt=0, le=3600)
    answer_seconds: Number = Field(default=30.0, gt=0, le=3600)
    max_body_bytes: Integer = Field(default=10 * 1024 * 1024, ge=1024, le=1024**3)
    concurrent_looks: Integer = Field(default=16, ge=1, le=1000)
    log_format: Annotated[LogFormat, BeforeValidator(_lower)] = "console"
    metrics_port: Integer | None = Field(default=None, ge=1, le=65_535)

    @classmethod
    def load(cls, **options: object) -> Self:
        """Join the options of the command line with the environment, where an option counts more.

        An option that is None was not given; `database` is another word for `database_url`. Raises
        ConfigError with every mistake, each named by its option or its variable.
        """
        given = {name: value for name, value in options.items() if value is not None}
        if "database" in given:
            given["database_url"] = given.pop("database")
        values = {**EnvSettingsSource(cls)(), **given}
        try:
            return cls(**values)
        except ValidationError as error:
            mistakes = [
                printable(f"{_named(detail['loc'], given)}: {in_words(detail)}")
                for detail in error.errors(include_url=False)
            ]
            raise ConfigError("\n".join(mistakes)) from error

    @property
    def database(self) -> str:
        """The address of the store, `wirewatch.db` in the data folder if none is set."""
        file = str(self.data_dir / "wirewatch.db").replace("%", "%25")
        return self.database_url or f"sqlite:///{file}"

    @property
    def user_agent(self) -> str:
        """How we introduce ourselves: name, version and whom to write to."""
        return f"wirewatch/{version('wirewatch')} (+{self.contact})"

    @model_validator(mode="after")
    def _default_database_has_an_address(self) -> Self:
        if self.database_url is None and "?" in str(self.data_dir):
            raise ValueError("holds a ?, which the address of a database file cannot: choose another folder")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let values come from arguments alone: a Settings made by a test depends on nothing around it."""
        return (init_settings,)


def _named(loc: Sequence[int | str], given: Mapping[str, object]) -> str:
    """Return the option or the variable that a value came from."""
    name = str(loc[0]) if loc else "data_dir"
    if name in given:
        return _OPTIONS.get(name, "--" + name.replace("_", "-"))
    return ENV_PREFIX + name.upper()
