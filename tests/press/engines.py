"""Browsers other than Chromium, driven by their own protocols: WebKitGTK by WebDriver, Firefox by WebDriver BiDi."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from websocket import create_connection

TAB, ESCAPE = "\ue004", "\ue00c"
MINI = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"


class Engine(Protocol):
    """A page that is open in a browser."""

    def open(self, address: str) -> None: ...
    def value(self, expression: str) -> Any: ...
    def act(self, source: dict[str, Any]) -> None: ...


def press(page: Engine, key: str) -> None:
    strokes = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
    page.act({"type": "key", "id": "keys", "actions": strokes})


def hover(page: Engine, selector: str) -> None:
    page.value(
        f"document.querySelector({selector!r}).scrollIntoView({{block: 'center', behavior: 'instant'}})"
    )
    box = page.value(
        f"(b => [b.x + b.width / 2, b.y + b.height / 2])(document.querySelector({selector!r}).getClientRects()[0])"
    )
    moves = [
        {"type": "pointerMove", "x": round(box[0]) + d, "y": round(box[1]), "origin": "viewport"}
        for d in (3, 0)
    ]
    page.act({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves})


def until(page: Engine, truth: str) -> None:
    for _ in range(1200):
        if page.value(truth):
            return
        time.sleep(0.05)
    raise AssertionError(f"never came true: {truth}")


@contextlib.contextmanager
def ended(*command: str, **options: Any) -> Iterator["subprocess.Popen[str]"]:
    """A process that is there for as long as the block."""
    process = subprocess.Popen(command, text=True, start_new_session=True, **options)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, 15)
        process.wait(30)


def found_in(stream: Any, pattern: str) -> str:
    """What the first line that has the pattern says there."""
    for line in stream:
        if match := re.search(pattern, line):
            return match[1]
    raise AssertionError(f"no line with {pattern}")


# ---------------------------------------------------------------- WebKit


class WebKit:
    def __init__(self, server: str) -> None:
        self.server = server
        options = {"webkitgtk:browserOptions": {"binary": MINI, "args": ["--automation"]}}
        self.session = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": options}})["sessionId"]

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        data = None if method == "GET" else json.dumps(body or {}).encode()
        request = urllib.request.Request(
            self.server + path, data, {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)["value"]

    def open(self, address: str) -> None:
        self._ask("POST", f"/session/{self.session}/url", {"url": address})

    def value(self, expression: str) -> Any:
        script = {"script": f"return ({expression})", "args": []}
        return self._ask("POST", f"/session/{self.session}/execute/sync", script)

    def act(self, source: dict[str, Any]) -> None:
        self._ask("POST", f"/session/{self.session}/actions", {"actions": [source]})

    def size(self, width: int) -> None:
        self._ask("POST", f"/session/{self.session}/window/rect", {"width": width, "height": 900})

    def close(self) -> None:
        self._ask("DELETE", f"/session/{self.session}")


@contextlib.contextmanager
def webkit(dark: bool = False) -> Iterator[WebKit]:
    """WebKitGTK's small browser on a screen that nobody sees."""
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with ended("Xvfb", "-displayfd", "1", "-screen", "0", "1600x1200x24", **quiet) as screen:
        display = {"DISPLAY": f":{screen.stdout.readline().strip()}"} if screen.stdout else {}
        theme = {"GTK_THEME": "Adwaita:dark"} if dark else {}
        environment = os.environ | display | theme | {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        port = free_port()
        with ended(
            "WebKitWebDriver",
            f"--port={port}",
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ):
            listening(port)
            page = WebKit(f"http://127.0.0.1:{port}")
            try:
                yield page
            finally:
                page.close()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def listening(port: int) -> None:
    for _ in range(1200):
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens at port {port}")


# ---------------------------------------------------------------- Firefox


class Firefox:
    def __init__(self, address: str) -> None:
        self.socket = create_connection(f"{address}/session", timeout=120, suppress_origin=True)
        self.number = 0
        self.ask("session.new", capabilities={})
        # the tab that a window opens with has no focus
        self.context = self.ask("browsingContext.create", type="tab")["context"]

    def ask(self, method: str, **params: Any) -> Any:
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, address: str) -> None:
        self.ask("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def value(self, expression: str) -> Any:
        written = f"JSON.stringify({expression}) ?? 'null'"
        target = {"context": self.context}
        result = self.ask("script.evaluate", expression=written, target=target, awaitPromise=True)
        assert result["type"] == "success", result
        return json.loads(result["result"]["value"])

    def act(self, source: dict[str, Any]) -> None:
        self.ask("input.performActions", context=self.context, actions=[source])

    def size(self, width: int) -> None:
        self.ask(
            "browsingContext.setViewport", context=self.context, viewport={"width": width, "height": 900}
        )

    def close(self) -> None:
        self.socket.close()


@contextlib.contextmanager
def firefox(folder: Path, dark: bool = False) -> Iterator[Firefox]:
    """Firefox without a window, with a profile of its own in `folder`."""
    folder.mkdir()
    settings = {
        "layout.css.prefers-color-scheme.content-override": 0 if dark else 1,
        "app.update.enabled": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
    }
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
    (folder / "user.js").write_text("\n".join(lines))
    command = [
        "firefox-esr",
        "--headless",
        "--remote-debugging-port=0",
        "--no-remote",
        "--profile",
        str(folder),
    ]
    environment = os.environ | {"HOME": str(folder)}
    with ended(*command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment) as process:
        page = Firefox(found_in(process.stderr, r"BiDi listening on (ws://\S+)"))
        try:
            yield page
        finally:
            page.close()


def missing() -> list[str]:
    """The programs that are needed and not there."""
    needed = ["Xvfb", "WebKitWebDriver", MINI, "firefox-esr"]
    return [name for name in needed if not shutil.which(name)]
