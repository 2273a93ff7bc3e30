"""The provider, the product and the Chainlit app, each in processes of its own."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from concierge.operations import addresses

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LOCK = HERE / "chainlit.lock"
READY = 180  # seconds until a server must answer
TICKS = os.sysconf("SC_CLK_TCK")
MANY = "1000000"  # what is to be measured are not the limits of a visitor
PR_SET_PDEATHSIG = 1  # of prctl(2)


@dataclass(frozen=True)
class Server:
    """Something that answers at `url`; `pids` are those of the processes that do.

    `beside` names, by words of their command lines, those that work for it: the database.
    """

    url: str
    pids: tuple[int, ...]
    beside: str = ""

    @property
    def memory(self) -> float:
        """Megabytes of all together, shared pages counted in part."""
        return sum(map(megabytes, self.pids))

    @property
    def cpu(self) -> float:
        """Seconds of processor they have used."""
        return sum(map(seconds, self.pids))

    @property
    def cpu_beside(self) -> float:
        """Seconds of processor of those that work for it and are there now."""
        return sum(map(seconds, processes_of(self.beside))) if self.beside else 0.0


def megabytes(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    kilobytes = next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1]
    return int(kilobytes) / 1024


def seconds(pid: int) -> float:
    """Of processor; 0 for a process that has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    except OSError:
        return 0.0
    return sum(map(int, fields.split()[11:13])) / TICKS


def with_us() -> None:
    """Run in a child before its program: it is interrupted when we end, however we end."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], log: Path, **more: object) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as output:
        more |= {"start_new_session": True, "preexec_fn": with_us}
        process = subprocess.Popen(command, stderr=output, **more)  # type: ignore[call-overload]
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def provider(data_dir: Path, first: float, pace: float, words: int) -> Iterator[str]:
    """Its address, as OPENAI_BASE_URL."""
    asked = ["--first", str(first), "--pace", str(pace), "--words", str(words)]
    command = [sys.executable, "-m", "bench.answering.provider", *asked]
    log = data_dir / "provider.log"
    with running(command, log, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"


@contextmanager
def product(data_dir: Path, base_url: str) -> Iterator[Server]:
    """All of it as `make run` runs it, the demo house loaded, with no limits on visitors."""
    port = free_port()
    environment = {
        **os.environ,
        "CONCIERGE_DATA_DIR": str(data_dir),
        "OPENAI_BASE_URL": base_url,
        "LLM_ORDER": "openai",
        "QUESTIONS_PER_MINUTE": MANY,
    }
    command = [sys.executable, "manage.py", "quickstart", "--port", str(port)]
    with (
        (data_dir / "quickstart.log").open("ab") as output,
        running(command, data_dir / "quickstart.log", stdout=output, cwd=ROOT, env=environment),
    ):
        url = f"http://127.0.0.1:{port}"
        answering(f"{url}/readyz")
        yield Server(url, processes_of("uvicorn", f"--port {port}"), addresses_of(data_dir))


@contextmanager
def chainlit(data_dir: Path, base_url: str) -> Iterator[Server]:
    """The Chainlit app in an environment of its own, which is made the first time."""
    home = data_dir / "chainlit"
    home.mkdir(exist_ok=True)
    python = environment(home)
    port = free_port()
    app = str(HERE / "chainlit_app.py")
    command = [str(python), "-m", "chainlit", "run", app, "--headless", "--port", str(port)]
    given = {**os.environ, "OPENAI_BASE_URL": base_url, "CHAINLIT_APP_ROOT": str(home)}
    log = home / "chainlit.log"
    with (
        log.open("ab") as output,
        running(command, log, stdout=output, cwd=home, env=given) as process,
    ):
        url = f"http://127.0.0.1:{port}"
        answering(url)
        yield Server(url, (process.pid,))


def environment(home: Path) -> Path:
    """Its interpreter; what it needs is pinned, and never comes into the product's."""
    python = home / "venv" / "bin" / "python"
    done = home / "venv" / LOCK.name
    if not done.exists() or done.read_bytes() != LOCK.read_bytes():
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "-q", "--clear", str(home / "venv")], check=True)
        subprocess.run(
            [*uv, "pip", "install", "-q", "-p", str(python), "--require-hashes", "-r", str(LOCK)],
            check=True,
        )
        done.write_bytes(LOCK.read_bytes())
    return python


def answering(url: str) -> None:
    """Return when there is an answer. Raises TimeoutError."""
    until = time.monotonic() + READY
    while time.monotonic() < until:
        try:
            with urlopen(url, timeout=30):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(f"Nothing answers at {url}.")


def processes_of(*words: str) -> tuple[int, ...]:
    """The processes whose command lines have all of the words."""
    found: list[int] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if all(word in line for word in words):
            found.append(int(path.parent.name))
    return tuple(found)


def addresses_of(data_dir: Path) -> str:
    """What the database's processes for this directory are named with."""
    return f"postgres: {addresses.socket_dir(data_dir).name}"
