"""The supervisor: restarts what ends, stops in reverse order, and leaves nothing behind."""

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from leadops import supervision
from leadops.embedded import Unavailable

SLEEP = "import time; print('up', flush=True); time.sleep(60)"
NOTE_END = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path(sys.argv[1]).open('a').write(sys.argv[2]), sys.exit()))
print('up', flush=True)
time.sleep(60)
"""
WITH_OFFSPRING = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])
print(child.pid, flush=True)
time.sleep(60)
"""


def make_child(tmp_path: Path, name: str = "web", code: str = SLEEP, *args: str) -> supervision.Child:
    return supervision.Child(name, [sys.executable, "-c", code, *args], tmp_path / f"{name}.log")


def wait_for_log(child: supervision.Child) -> str:
    for _ in range(200):
        if child.log.exists() and child.log.read_text().strip():
            return child.log.read_text().strip()
        time.sleep(0.05)
    raise AssertionError(f"{child.name} said nothing")


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_what_ends_is_said_and_started_again_with_growing_patience(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(supervision, "FIRST_PAUSE", 0.1)
    child = make_child(tmp_path, "beat", "raise SystemExit('no broker')")
    child.pause = 0.1
    said: list[str] = []
    with supervision.ending([child]):
        supervision.tend(
            [child], until=lambda: len(said) == 3, say=said.append, keepers=supervision.NewLines(tmp_path / "none")
        )
    assert said == [f"beat ended (code 1: no broker); it starts again in {pause} s" for pause in ("0.2", "0.4", "0.8")]
    assert child.process is None


def test_family_is_stopped_last_first(tmp_path: Path) -> None:
    order = tmp_path / "order"
    family = [make_child(tmp_path, name, NOTE_END, str(order), name[0]) for name in ("web", "worker", "beat")]
    family[1].command[-1] = "k"
    with supervision.ending(family):
        for child in family:
            child.start()
            wait_for_log(child)
    assert order.read_text() == "bkw"


def test_offspring_of_a_killed_child_ends_too(tmp_path: Path) -> None:
    child = make_child(tmp_path, "worker", WITH_OFFSPRING)
    child.start()
    offspring = int(wait_for_log(child))
    os.kill(child.process.pid, 9)
    child.process.wait()
    assert child.ended() == -9
    time.sleep(0.1)
    assert not is_alive(offspring)


def test_second_supervisor_learns_where_the_first_is(tmp_path: Path) -> None:
    lock = tmp_path / "up"
    with supervision.only_one(lock, "http://127.0.0.1:8000") as running:
        assert running is None
        with supervision.only_one(lock, "http://127.0.0.1:9000") as running_already:
            assert running_already == "http://127.0.0.1:8000"
    with supervision.only_one(lock, "http://127.0.0.1:9000") as running:
        assert running is None


def test_port_in_use_is_one_clear_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Unavailable) as problem:
            supervision.check_port("127.0.0.1", port)
    said = f"port {port} on 127.0.0.1 cannot be used (address already in use); take another: PORT={port + 1}"
    assert str(problem.value) == said
    supervision.check_port("127.0.0.1", port)


def test_only_new_lines_of_a_log_are_told(tmp_path: Path) -> None:
    log = tmp_path / "keepers.log"
    log.write_text("old\n")
    lines = supervision.NewLines(log)
    assert lines.read() == []
    with log.open("a") as file:
        file.write("postgres ended\nagain\n")
    assert (lines.read(), lines.read()) == (["postgres ended", "again"], [])
