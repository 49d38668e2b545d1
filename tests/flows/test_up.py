"""`soundbite up`: one process tree that takes asks, serves the flows, and stops cleanly. Started twice."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from flows.asks import RunAsk
from flows.house import House, find_house, house_file
from flows.ingest import ingest_source
from flows.telling import tell_nobody
from flows.workspace import open_workspace

REPOSITORY = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.prefect, pytest.mark.timeout(600)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Up:
    """A running house, and the id of the recording it holds."""

    home: Path
    process: subprocess.Popen[str]
    house: House
    recording: str

    def prefect(self) -> httpx.Client:
        api, auth = f"{self.house.prefect}/api", ("soundbite", self.house.key)
        token = httpx.get(f"{api}/csrf-token", params={"client": "test"}, auth=auth, timeout=30).json()["token"]
        headers = {"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": "test"}
        return httpx.Client(base_url=api, auth=auth, headers=headers, timeout=30)


def start(home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "desk.cli.main", "up", "--home", str(home)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, cwd=REPOSITORY)


def words_of(part: psutil.Process) -> list[str]:
    """Its command line; none if it has just ended."""
    try:
        return part.cmdline()
    except psutil.NoSuchProcess:  # a ZombieProcess is one
        return []


def parts_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Every process that a house which is open runs: at least its four parts."""
    parts = psutil.Process(process.pid).children(recursive=True)
    modules = {word for part in parts for word in words_of(part)}
    assert {"flows.parts.server", "flows.parts.worker", "flows.parts.schedules", "desk.door"} <= modules
    return parts


def wait_for(home: Path, process: subprocess.Popen[str], within_s: float = 180) -> House:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        house = find_house(home)
        if house:
            return house
        assert process.poll() is None, process.stderr and process.stderr.read()
        time.sleep(0.2)
    raise AssertionError("it did not come up")


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory, recording: Path) -> Iterator[Up]:
    home = tmp_path_factory.mktemp("up") / "home"
    home.mkdir()
    (home / "soundbite.toml").write_text(f"server_port = {free_port()}\ndesk_port = {free_port()}\n")
    with open_workspace(home) as workspace:
        (item,) = ingest_source(workspace, RunAsk(source=str(recording)), tell_nobody).recordings
    process = start(home)
    try:
        yield Up(home, process, wait_for(home, process), str(item.recording))
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
        assert process.stderr
        process.stderr.close()


def clip(up: Up, start_at: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desk.cli.main", "clip", up.recording, "--in", start_at, "--out", "4"]
    command += ["--recipe", "landscape720", "--home", str(up.home), "--json"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=REPOSITORY, timeout=180)


def test_a_clip_asked_for_is_made_by_the_warm_worker(up: Up) -> None:
    done = clip(up, "1")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["is_tracked"]
    assert Path(answer["renditions"][0]["path"]).is_file()


def test_an_ask_that_is_wrong_comes_back_as_one_line(up: Up) -> None:
    done = clip(up, "9")
    assert done.returncode == 2
    assert "not before out" in done.stderr


def test_prefect_serves_the_flows_with_forms_that_explain_themselves(up: Up) -> None:
    with up.prefect() as client:
        served = {found["name"]: found for found in client.post("/deployments/filter", json={}).json()}
    assert set(served) == {
        "rapid-rebuttal", "clip", "ingest", "transcribe", "overnight", "import-metrics", "report",
    }  # fmt: skip
    for found in served.values():
        fields = found["parameter_openapi_schema"]["properties"]
        assert all(field["description"] for field in fields.values())
    (schedule,) = served["overnight"]["schedules"]
    assert schedule["schedule"]["cron"] == "30 4 * * *"
    assert schedule["schedule"]["timezone"] == "Europe/London"


def test_the_overnight_run_is_really_scheduled(up: Up) -> None:
    wanted = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    until = time.monotonic() + 60
    runs: list[dict[str, object]] = []
    with up.prefect() as client:
        while not runs and time.monotonic() < until:
            runs = client.post("/flow_runs/filter", json=wanted).json()
            time.sleep(0.5)
    assert runs


def test_a_run_from_prefects_form_says_its_outcome_and_leaves_pictures(up: Up) -> None:
    with up.prefect() as client:
        served = client.post("/deployments/filter", json={}).json()
        deployment = next(found["id"] for found in served if found["name"] == "clip")
        parameters = {"recording": up.recording, "start": "1", "end": "4", "recipes": ["landscape720"]}
        asked = client.post(f"/deployments/{deployment}/create_flow_run", json={"parameters": parameters}).json()
        until = time.monotonic() + 180
        state = asked["state"]
        while state["type"] not in ("COMPLETED", "FAILED", "CRASHED") and time.monotonic() < until:
            time.sleep(0.5)
            state = client.get(f"/flow_runs/{asked['id']}").json()["state"]
        assert state["type"] == "COMPLETED", state
        assert "landscape720" in state["message"]
        pages = [artifact["data"] for artifact in client.post("/artifacts/filter", json={}).json()]
    page = next(page for page in pages if "landscape720" in page)
    picture = page.split("![landscape720](")[1].split(")")[0]
    assert httpx.get(picture).headers["content-type"] == "image/jpeg"


def test_the_doors_are_locked(up: Up) -> None:
    ask = {"kind": "clip", "ask": {"recording": up.recording, "start": "1", "end": "2"}}
    assert httpx.post(f"{up.house.desk}/asks", json=ask).status_code == 401
    assert httpx.get(f"{up.house.desk}/health", headers={"Host": "evil.example"}).status_code == 400
    assert httpx.get(f"{up.house.prefect}/api/flows/count").status_code in (401, 405)
    served = f"{up.house.prefect}/api/deployments/filter"
    assert httpx.post(served, json={}).status_code == 403  # no CSRF token
    with up.prefect() as client:
        token = {name: value for name, value in client.headers.items() if name.lower().startswith("prefect-csrf")}
    assert httpx.post(served, json={}, headers=token).status_code == 401  # the token alone opens nothing
    assert httpx.post(served, json={}, headers=token, auth=("soundbite", "wrong")).status_code == 401


def test_a_second_up_on_the_same_home_is_refused(up: Up) -> None:
    second = start(up.home)
    _, said = second.communicate(timeout=60)
    assert second.returncode == 2
    assert "already runs" in said


def test_a_part_that_dies_is_started_again(up: Up) -> None:
    worker = next(p for p in psutil.Process(up.process.pid).children() if "flows.parts.worker" in words_of(p))
    worker.kill()
    until = time.monotonic() + 60
    while time.monotonic() < until:
        now = [p for p in psutil.Process(up.process.pid).children() if "flows.parts.worker" in words_of(p)]
        if now and now[0].pid != worker.pid:
            break
        time.sleep(0.2)
    done = clip(up, "2")
    assert done.returncode == 0, done.stderr


def test_stopped_it_ends_every_part_and_closes_its_doors(up: Up) -> None:
    parts = parts_of(up.process)
    up.process.send_signal(signal.SIGTERM)
    assert up.process.wait(60) == 0
    assert not [part for part in parts if part.is_running()]
    assert not house_file(up.home).exists()
    assert find_house(up.home) is None


def test_killed_it_leaves_no_part_behind(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "soundbite.toml").write_text(f"server_port = {free_port()}\ndesk_port = {free_port()}\n")
    process = start(home)
    wait_for(home, process)
    parts = parts_of(process)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert process.stderr
    process.stderr.close()
    _, alive = psutil.wait_procs(parts, timeout=10)
    for part in alive:
        part.kill()
    assert not alive
    assert find_house(home) is None
