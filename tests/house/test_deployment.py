"""What `ops/` says fits the program: exit codes, rooms, settings, secrets. Nothing is built or started here."""

from __future__ import annotations

import json
import re
import tomllib
from configparser import RawConfigParser
from fnmatch import fnmatch
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
import yaml  # of apprise

from benchmarks import size
from bot.cli.faults import FAILED, TRY_AGAIN, WRONG_USE
from bot.cli.unit_files import UNITS
from bot.ops.metrics import MEANINGS
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
CONTAINER = (ROOT / "ops" / "Containerfile").read_text(encoding="utf-8")


def unit(name: str) -> dict[str, list[str]]:
    """Key -> what is said of it, each time, in whatever section."""
    text = (ROOT / "ops" / name).read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for key, value in re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE):
        found.setdefault(key, []).append(value)
    RawConfigParser(strict=False, allow_no_value=True).read_string(text)  # it is of the form at all
    return found


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "ops" / "compose.yaml").read_text(encoding="utf-8"))
    return found


def settings_named(names: list[str]) -> list[str]:
    """Those that are no key of the configuration."""
    keys = {
        f"GIHAN_{section}__{key}".upper()
        for section, field in Settings.model_fields.items()
        for key in type(field.get_default(call_default_factory=True)).model_fields
    }
    return [one for one in names if one.startswith("GIHAN_") and one not in {*keys, "GIHAN_CONFIG"}]


def test_the_unit_starts_again_whatever_starting_again_may_mend() -> None:
    bot = unit("gihan.service")
    assert (bot["Restart"], bot["StartLimitIntervalSec"]) == (["always"], ["0"])
    kept_down = set(map(int, " ".join(bot["RestartPreventExitStatus"]).split()))
    assert kept_down == {WRONG_USE}
    assert not kept_down & {FAILED, TRY_AGAIN}


@pytest.mark.parametrize("name", ["gihan.service", "gihan-backup.service"])
def test_a_unit_sets_what_the_configuration_knows_and_carries_its_secret_as_a_file(name: str) -> None:
    set_here = [one.partition("=")[0] for one in unit(name).get("Environment", [])]
    assert settings_named(set_here) == []
    assert not any(one.endswith(("__TOKEN", "__PASSWORD")) for one in set_here)
    assert unit(name)["DynamicUser"] == ["yes"] and unit(name)["ProtectSystem"] == ["strict"]


def test_a_backup_that_fails_is_told_by_a_unit_that_is_there_and_goes_along() -> None:
    [told] = unit("gihan-backup.service")["OnFailure"]
    assert unit(told)["SyslogLevel"] == ["err"]
    assert {one.name for one in (ROOT / "ops").glob("gihan*.[st]*")} == set(UNITS)


def test_a_command_by_hand_is_given_the_token_as_the_service_is() -> None:
    handbook = (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
    [typed] = re.findall(r"`(systemd-run [^`]*gihan doctor[^`]*)`", handbook)
    bot = unit("gihan.service")
    assert f"-p LoadCredential={bot['LoadCredential'][0]}" in typed
    given = next(one for one in bot["Environment"] if "TOKEN_FILE" in one)
    assert given.replace("%d", "$CREDENTIALS_DIRECTORY") in typed


def test_the_container_has_what_init_copies_from() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", CONTAINER, re.MULTILINE)
    named = {one for line in copied for one in line.split()}
    assert set(wheel["targets"]["wheel"]["shared-data"]) <= named


@pytest.mark.parametrize("name", ["gihan.service", "gihan-backup.service", "gihan-backup-failed.service"])
def test_a_units_handbook_lies_where_the_wheel_puts_it(name: str) -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    placed = wheel["targets"]["wheel"]["shared-data"].values()
    named = unit(name)["Documentation"][0].split()
    assert len(named) == 2  # in both languages
    assert [one for one in named if one.removeprefix("file:/opt/gihan/") not in placed] == []


def test_the_container_copies_every_file_that_it_names_and_the_builder_gets_no_other() -> None:
    named = [
        one for line in re.findall(r"^COPY (?!--)(.+) \S+$", CONTAINER, re.MULTILINE) for one in line.split()
    ]
    assert [one for one in named if not (ROOT / one).exists()] == []
    sent = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(sent) == sorted(named)


def test_the_container_runs_as_nobody_in_particular_from_a_full_tag_with_a_health_check() -> None:
    assert re.search(r"^ARG BASE=\S+/python:\d+\.\d+\.\d+-\w+-\w+$", CONTAINER, re.MULTILINE)
    assert set(re.findall(r"^FROM (\S+)", CONTAINER, re.MULTILINE)) == {"${BASE}"}
    assert "skopeo inspect" in CONTAINER and "@sha256:" in CONTAINER
    assert re.search(r"^USER gihan$", CONTAINER, re.MULTILINE) and "/livez" in CONTAINER
    assert "--read-only" in CONTAINER and "--format docker" in CONTAINER
    assert settings_named(re.findall(r"^    (GIHAN_\w+)=", CONTAINER, re.MULTILINE)) == []


def test_production_gets_what_runs_and_no_checks() -> None:
    assert "requirements-dev.lock" not in CONTAINER
    runtime = CONTAINER.rpartition("FROM ${BASE}")[2]
    assert "/opt/build" not in runtime and "COPY --from=build /opt/gihan /opt/gihan" in runtime


def test_compose_waits_for_its_database_and_keeps_backups_apart() -> None:
    services = compose()["services"]
    assert services["upgrade"]["depends_on"]["database"]["condition"] == "service_healthy"
    assert services["bot"]["depends_on"]["upgrade"]["condition"] == "service_completed_successfully"
    assert {"healthcheck", "restart"} <= services["database"].keys()
    assert any(one == "backup:/var/lib/gihan/backup" for one in services["bot"]["volumes"])
    assert services["bot"]["read_only"] is True and services["bot"]["cap_drop"] == ["ALL"]
    assert settings_named([*services["bot"]["environment"]]) == []


def test_composes_secrets_are_files_and_its_images_full_tags() -> None:
    found = compose()
    assert all(set(one) == {"file"} for one in found["secrets"].values())
    assert not any(
        "PASSWORD" in key and not key.endswith("_FILE")
        for key in found["services"]["database"]["environment"]
    )
    assert fnmatch(found["services"]["database"]["image"], "*/postgres:[0-9]*.[0-9]*-*")
    assert found["networks"]["inside"]["internal"] is True


def test_the_dashboard_asks_for_metrics_that_there_are_and_each_panel_for_one() -> None:
    board = json.loads((ROOT / "ops" / "grafana-dashboard.json").read_text(encoding="utf-8"))
    asked = [" ".join(each["expr"] for each in one["targets"]) for one in board["panels"]]
    named = {re.sub(r"_bucket$", "", one) for one in re.findall(r"gihan_\w+", " ".join(asked))}
    assert all(asked) and named <= MEANINGS.keys()
    assert "gihan_last_backup_timestamp_seconds" in named
    assert len({one["id"] for one in board["panels"]}) == len(board["panels"])


def test_the_weight_of_an_installation_names_the_largest_first_and_the_sum() -> None:
    told = size.table({f"p{number}": number * 1_000_000 for number in range(12)})
    assert len(told) == size.LISTED + 1
    assert told[0].split() == ["11.0", "MB", "p11"]
    assert told[-1].split()[:3] == ["66.0", "MB", "all"]


def test_only_what_the_lock_pins_is_weighed() -> None:
    names = size.locked("jinja2==3.1.6 \\\n    --hash=sha256:0\npytest-xdist==1 ; x\n")
    assert names == {"jinja2", "pytest-xdist"}
    assert size.weights(distributions(), {"jinja2"}).keys() == {"jinja2"}
