from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from careo.project import environment
from careo.project.cli.settings import command
from careo.project.environment import BadSetting

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in environment.SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)


def test_every_setting_stands_in_the_docs_and_the_docs_name_no_other() -> None:
    described = set(re.findall(r"^\| `([A-Z_]+)`", (DOCS / "settings.md").read_text(), re.MULTILINE))
    assert described == {setting.name for setting in environment.SETTINGS}


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("CAREO_PASS_MINUTES", "ten", "CAREO_PASS_MINUTES is 'ten'; it must be a whole number, 1 or more."),
        ("CAREO_PASS_MINUTES", "0", "CAREO_PASS_MINUTES is '0'; it must be a whole number, 1 or more."),
        ("CAREO_BIND", "8000", "CAREO_BIND is '8000'; it must be HOST:PORT, such as 127.0.0.1:8000."),
        (
            "CAREO_SECRET",
            "short",
            "CAREO_SECRET is set to something shorter; it must be 32 characters or more.",
        ),
        (
            "DATABASE_URL",
            "mysql://x",
            "DATABASE_URL is 'mysql://x'; it must be sqlite:///PATH or postgresql://",
        ),
        ("DATABASE_URL", "mysql://u:parole@x", "DATABASE_URL is 'mysql://…@x'; it must be"),
        (
            "DATABASE_URL",
            "postgresql://u:parole@x:port/careo",
            "DATABASE_URL is 'postgresql://…@x:port/careo'; it must be",
        ),
        (
            "DATABASE_URL",
            "sqlite:///:memory:",
            "DATABASE_URL is 'sqlite:///:memory:'; it must be sqlite:///PATH",
        ),
        (
            "CAREO_EMAIL_URL",
            "smtp://relay:port",
            "CAREO_EMAIL_URL is 'smtp://relay:port'; it must be smtp://",
        ),
        (
            "CAREO_ADDRESS",
            "https://paper.example:port",
            "CAREO_ADDRESS is 'https://paper.example:port'; it must be",
        ),
        (
            "CAREO_STRIPE_KEY",
            "pk_live_not_for_us",
            "CAREO_STRIPE_KEY is set to something else; it must be a secret or restricted key of Stripe's",
        ),
        (
            "CAREO_STRIPE_WEBHOOK_SECRET",
            "whsec_ñ",
            "CAREO_STRIPE_WEBHOOK_SECRET is set to something else; it must",
        ),
        (
            "CAREO_REDIS_URL",
            "redis://:one/two@cache:6379",
            "CAREO_REDIS_URL is 'redis://…@cache:6379'; it must",
        ),
        ("CAREO_BIND", "[::1:8000", "CAREO_BIND is '[::1:8000'; it must be HOST:PORT"),
        (
            "CAREO_TRUSTED_PROXIES",
            "10.0.0.1, proxy",
            "CAREO_TRUSTED_PROXIES is '10.0.0.1, proxy'; it must be addresses",
        ),
        (
            "CAREO_FETCH_SECONDS",
            "9" * 5_000,
            f"CAREO_FETCH_SECONDS is '{'9' * 100}…'; it must be a whole number",
        ),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_what_would_do(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)
    (setting,) = [one for one in environment.SETTINGS if one.name == name]
    with pytest.raises(BadSetting) as caught:
        setting.read()
    assert str(caught.value).startswith(sentence)


def test_the_address_follows_the_bind_unless_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREO_BIND", "[::1]:9000")
    assert environment.address() == "http://[::1]:9000"
    monkeypatch.setenv("CAREO_ADDRESS", "https://paper.example/")
    assert environment.address() == "https://paper.example"


def test_settings_check_lists_values_without_secrets_and_finds_nothing_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CAREO_SECRET", "a secret that nobody should see printed")
    monkeypatch.setenv("CAREO_STRIPE_KEY", "sk_live_nobody_should_see")
    monkeypatch.setenv("CAREO_STRIPE_WEBHOOK_SECRET", "whsec_nobody_should_see")
    answer = CliRunner().invoke(command, ["check"])
    assert answer.exit_code == 0
    assert "nobody should see" not in answer.output.replace("_", " ")
    assert re.search(r"CAREO_BIND +\(default: 127\.0\.0\.1:8000\)", answer.output)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"CAREO_BIND": "0.0.0.0:80", "CAREO_ADDRESS": "http://paper.example"},
            "passwords would cross the network",
        ),
        ({"CAREO_REDIS_URL": "http://cache"}, "CAREO_REDIS_URL is 'http://cache'; it must be redis"),
        (
            {"CAREO_STRIPE_KEY": "sk_test_12345"},
            "CAREO_STRIPE_WEBHOOK_SECRET is not: what Stripe tells of payments",
        ),
        ({"CAREO_PASS_MINUTES": "soon"}, "CAREO_PASS_MINUTES is 'soon'"),
    ],
)
def test_settings_check_says_what_is_wrong_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], sentence: str
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    answer = CliRunner().invoke(command, ["check"])
    assert answer.exit_code == 1
    assert sentence in answer.output
