"""Settings come from options first, then from the environment; a mistake names the one it came from."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.settings import PLACEHOLDER_CONTACT, Settings


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"WIREWATCH_{name.upper()}", raising=False)


def refused(**options: object) -> str:
    with pytest.raises(ConfigError) as caught:
        Settings.load(**options)
    return str(caught.value)


def test_without_options_and_variables_everything_has_its_default() -> None:
    settings = Settings.load()
    assert settings.workers >= 1
    assert settings == Settings(workers=settings.workers)
    assert settings.data_dir == Path("data")
    assert settings.outlets is None
    assert settings.database == "sqlite:///data/wirewatch.db"
    assert settings.log_level == "info"
    assert settings.allow_private_hosts == ()
    assert (settings.page_seconds, settings.max_body_bytes, settings.concurrent_looks) == (
        20.0,
        10_485_760,
        16,
    )


def test_every_setting_has_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    variables = {
        "DATA_DIR": "/srv/wire",
        "OUTLETS": "my/outlets",
        "DATABASE_URL": "postgresql://wire@db.example/wire",
        "LOG_LEVEL": "WARNING",
        "CONTACT": "ops@example.org",
        "ALLOW_PRIVATE_HOSTS": "127.0.0.0/8, ::1/128",
        "WORKERS": "3",
        "PAGE_SECONDS": "7.5",
        "ANSWER_SECONDS": "12",
        "MAX_BODY_BYTES": "1048576",
        "CONCURRENT_LOOKS": "4",
        "LOG_FORMAT": "JSON",
        "METRICS_PORT": "9100",
    }
    assert {name.lower() for name in variables} == set(Settings.model_fields)
    for name, value in variables.items():
        monkeypatch.setenv(f"WIREWATCH_{name}", value)
    assert Settings.load() == Settings(
        data_dir=Path("/srv/wire"),
        outlets=Path("my/outlets"),
        database_url="postgresql://wire@db.example/wire",
        log_level="warning",
        contact="ops@example.org",
        allow_private_hosts=(ip_network("127.0.0.0/8"), ip_network("::1/128")),
        workers=3,
        page_seconds=7.5,
        answer_seconds=12,
        max_body_bytes=1_048_576,
        concurrent_looks=4,
        log_format="json",
        metrics_port=9100,
    )


def test_an_option_counts_more_than_its_variable_and_none_is_no_option(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WIREWATCH_LOG_LEVEL", "error")
    monkeypatch.setenv("WIREWATCH_DATABASE_URL", "sqlite:///a.db")
    settings = Settings.load(log_level=None, database="sqlite:///b.db")
    assert settings.log_level == "error"
    assert settings.database == "sqlite:///b.db"


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREWATCH_OUTLETS", "")
    monkeypatch.setenv("WIREWATCH_WORKERS", "")
    assert Settings.load().outlets is None


def test_settings_made_directly_and_a_dot_env_file_read_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("WIREWATCH_LOG_LEVEL=debug\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert Settings.load().log_level == "info"
    monkeypatch.setenv("WIREWATCH_LOG_LEVEL", "error")
    assert Settings().log_level == "info"


def test_the_database_rests_in_the_data_folder_until_told_otherwise() -> None:
    assert Settings(data_dir=Path("/srv/w")).database == "sqlite:////srv/w/wirewatch.db"
    assert "holds a ?" in refused(data_dir="a?b")
    assert Settings.load(data_dir="a?b", database="sqlite:///c.db").database == "sqlite:///c.db"


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/wire")
    monkeypatch.setenv("WIREWATCH_DATA_DIR", "~/data")
    assert Settings.load().data_dir == Path("/home/wire/data")
    assert refused(data_dir="~no-such-user/x").startswith("--data-dir: '~no-such-user/x' names a user who")


def test_who_we_are_tells_version_and_contact() -> None:
    assert Settings().user_agent.startswith("wirewatch/0.")
    assert Settings().user_agent.endswith(f" (+{PLACEHOLDER_CONTACT})")
    assert Settings(contact="ops@example.org").user_agent.endswith(" (+ops@example.org)")


@pytest.mark.parametrize(
    "contact",
    ["a@b.example\r\nX-Evil: 1", "höhe@x.example", "a b@x.example", "(a)@x.example", "nobody", "", "x" * 201],
)
def test_a_contact_that_cannot_stand_in_a_header_is_refused(contact: str) -> None:
    told = refused(contact=contact)
    assert told.startswith("--contact: ")
    assert "\n" not in told


@pytest.mark.parametrize(
    ("address", "advice"),
    [
        ("wire.db", "write sqlite:///path/to/file.db or postgresql://user@host/name"),
        ("sqlite://wire.db", "write sqlite:///relative/file.db or sqlite:////absolute/file.db"),
        ("sqlite:///", "names no file"),
        ("postgres://u:secret@h/d", "cannot be a database of the kind 'postgres'"),
        ("mysql://u:secret@h/d", "write sqlite:///path/to/file.db or postgresql://user@host/name"),
        ("postgresql://", "names no database"),
    ],
)
def test_a_database_of_another_kind_is_refused_without_showing_its_password(
    address: str, advice: str
) -> None:
    told = refused(database=address)
    assert told.startswith("--database: ")
    assert advice in told
    assert "secret" not in told


def test_a_password_is_not_shown_with_the_settings() -> None:
    assert "secret" not in repr(Settings(database_url="postgresql://u:secret@h/d"))


@pytest.mark.parametrize(
    ("networks", "advice"),
    [
        ("localhost", "'localhost' is not a network: write them like 127.0.0.0/8,::1/128"),
        ("1.2.3.4/99", "'1.2.3.4/99' is not a network"),
        ("127.0.0.1/8", "write 127.0.0.0/8 for all, 127.0.0.1/32 for it alone"),
        ("::1%lo", "'::1%lo' names an interface"),
        ("169.254.169.254", "link-local addresses (169.254.0.0/16), which are never allowed"),
        ("169.254.0.0/17", "link-local"),
        ("10.0.0.0/8,160.0.0.0/4", "160.0.0.0/4 holds link-local"),
        ("0.0.0.0/0", "0.0.0.0/0 holds link-local"),
        ("fe80::1", "link-local addresses (fe80::/10)"),
        ("::/0", "link-local"),
        ("::ffff:169.254.169.254", "link-local"),
        ("::ffff:0:0/96", "link-local"),
    ],
)
def test_a_network_that_is_none_or_holds_link_local_addresses_is_refused(networks: str, advice: str) -> None:
    told = refused(allow_private_hosts=networks)
    assert told.startswith("--allow-private-hosts: ")
    assert advice in told


def test_a_lone_address_is_the_network_of_itself() -> None:
    assert Settings.load(allow_private_hosts="127.0.0.1").allow_private_hosts == (ip_network("127.0.0.1/32"),)


def test_all_mistakes_are_told_at_once_each_by_its_variable_or_option(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {"WORKERS": "many", "PAGE_SECONDS": "nan", "MAX_BODY_BYTES": "10MB"}.items():
        monkeypatch.setenv(f"WIREWATCH_{name}", value)
    assert refused(concurrent_looks=0, log_level="loud").splitlines() == [
        "--log-level: must be 'debug', 'info', 'warning' or 'error', not 'loud'",
        "WIREWATCH_WORKERS: must be a whole number, not 'many'",
        "WIREWATCH_PAGE_SECONDS: must be a finite number, not 'nan'",
        "WIREWATCH_MAX_BODY_BYTES: must be a whole number, not '10MB'",
        "--concurrent-looks: must be at least 1, not 0",
    ]
