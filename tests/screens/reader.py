"""What a screen reader does, by AT-SPI over a private bus: walks what a window says of itself,
presses, ticks, types, listens."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MatchRule, MessageType, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, Proxy, open_dbus_connection

ATSPI = "org.a11y.atspi."
REGISTRY = "org.a11y.atspi.Registry"
ROOT = "/org/a11y/atspi/accessible/root"
CHECKED, SHOWING, CHECKABLE = 4, 25, 41
"""Numbers of states in AT-SPI."""
GONE = "org.freedesktop.DBus.Error.UnknownObject"
SECONDS = 20
Reference = tuple[str, str]


class RefusedError(Exception):
    """The other side answered with an error."""


class GoneError(RefusedError):
    """The thing was there a moment ago: what is on the screen changed while it was read."""


def missing() -> list[str]:
    """The programs that this needs and that the computer has not."""
    service = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
    programs = {"Xvfb": "xvfb", "dbus-daemon": "dbus"}
    return ([package for program, package in programs.items() if shutil.which(program) is None]
            + ["at-spi2-core"] * (not service.exists()))


@dataclass(frozen=True)
class Thing:
    """One thing of the window, as the bus knows it."""

    reader: "Reader"
    reference: Reference

    def _call(self, interface: str, method: str, signature: str = "", *values: Any) -> Any:
        name, path = self.reference
        answer = self.reader.ask(new_method_call(DBusAddress(path, name, ATSPI + interface), method,
                                                 signature or None, values))
        return answer[0] if answer else None

    @property
    def name(self) -> str:
        name, path = self.reference
        return str(
            self.reader.ask(Properties(DBusAddress(path, name, ATSPI + "Accessible")).get("Name"))[
                0][1])

    @property
    def role(self) -> str:
        return str(self._call("Accessible", "GetRoleName"))

    def has(self, state: int) -> bool:
        """Whether it is in a state."""
        low, high = self._call("Accessible", "GetState")
        return bool((high << 32 | low) >> state & 1)

    @property
    def children(self) -> "list[Thing]":
        return [Thing(self.reader, (str(name), str(path)))
                for name, path in self._call("Accessible", "GetChildren")]

    def act(self, name: str) -> None:
        """Do one of the actions that it offers."""
        offered = [action[0] for action in self._call("Action", "GetActions")]
        assert self._call("Action", "DoAction", "i", offered.index(name)), name

    def type(self, text: str) -> None:
        """Put text into a field."""
        assert self._call("EditableText", "SetTextContents", "s", text)

    def walk(self) -> "Iterator[Thing]":
        """Itself and all that is shown inside it."""
        try:
            if not self.has(SHOWING):
                return
            inside = self.children
        except GoneError:
            return
        yield self
        for child in inside:
            yield from child.walk()


class Reader:
    """A connection to the bus of what is read aloud."""

    def __init__(self, address: str) -> None:
        self._bus: DBusConnection = open_dbus_connection(address)
        self._listened: list[MatchRule] = []

    def close(self) -> None:
        self._bus.close()

    def ask(self, message: Any) -> Any:
        """Send, and give what is answered."""
        answer = self._bus.send_and_get_reply(message, timeout=SECONDS)
        if answer.header.message_type == MessageType.error:
            name = answer.header.fields[4]
            raise (GoneError if name == GONE else RefusedError)(name, *answer.body)
        return answer.body

    @property
    def windows(self) -> list[Thing]:
        """The windows of every program of this bus."""
        programs = Thing(self, (REGISTRY, ROOT)).children
        return [window for program in programs for window in program.children]

    def find(self, role: str, name: str) -> Thing | None:
        """The first thing shown of that role whose name begins so."""
        for window in self.windows:
            for thing in window.walk():
                try:
                    if thing.role == role and thing.name.startswith(name):
                        return thing
                except GoneError:
                    continue
        return None

    @contextmanager
    def hearing(self, event: str, member: str) -> Iterator[Any]:
        """Ask to be told of an event; inside, what was told stands in a queue."""
        self.ask(new_method_call(DBusAddress("/org/a11y/atspi/registry", REGISTRY, REGISTRY),
                                 "RegisterEvent", "sas",
                                 (event, [])))
        rule = MatchRule(type="signal", interface=ATSPI + "Event.Object", member=member)
        Proxy(message_bus, self._bus).AddMatch(rule)
        with self._bus.filter(rule, bufsize=1000) as told:
            yield told

    def told(self, queue: Any, source: Thing, kind: str) -> Any:
        """The next event of one kind about one thing: its first figure and its value."""
        while True:
            message = self._bus.recv_until_filtered(queue, timeout=SECONDS)
            place = message.header.fields
            if (place[7], place[1]) == source.reference and message.body[0] == kind:
                return message.body[1], message.body[3][1]


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@contextmanager
def _begun(command: list[str], environment: dict[str, str],
           **more: Any) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, env=environment, text=True, **more)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


@contextmanager
def reading(folder: Path, profile: Path) -> Iterator[Reader]:
    """The real program over a profile, on a screen of its own, and someone who reads it by AT-SPI
    alone."""
    (folder / "run").mkdir(mode=0o700)
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith(("CARNET_", "DBUS_", "XDG_", "AT_SPI_"))
            and name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    own = kept | {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder / "run")}
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with (_begun(["dbus-daemon", "--session", "--nofork", "--print-address"], own, **quiet) as bus,
          _begun(["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
                 own, **quiet) as screen):
        own |= {"DBUS_SESSION_BUS_ADDRESS": _first_line(bus), "DISPLAY": ":" + _first_line(screen)}
        nowhere = f"unix:path={folder}/none"
        program = own | {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                         "CARNET_LANGUAGE": "fr",
                         "DBUS_SYSTEM_BUS_ADDRESS": nowhere}
        with (_begun([sys.executable, "-m", "desktop", "--home", str(profile)], program),
              open_dbus_connection(own["DBUS_SESSION_BUS_ADDRESS"]) as session):
            asked = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"),
                                    "GetAddress")
            reader = Reader(session.send_and_get_reply(asked, timeout=SECONDS).body[0])
            try:
                yield reader
            finally:
                reader.close()
