"""One env of a server: a WebSocket in OpenEnv's protocol, and what its observations become in numpy."""

import base64
import io
import json
import os
import urllib.request
from contextlib import ExitStack
from typing import Any

import numpy as np
from PIL import Image
from websockets.sync.client import connect

_MOST_BYTES = 100 * 1024 * 1024


class TouchlineError(RuntimeError):
    """What the server said no to; `code` is OpenEnv's."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(f"{message} (code: {code})")
        self.code = code


def _headers() -> dict[str, str]:
    token = os.environ.get("TOUCHLINE_SERVE_TOKEN")
    return {} if token is None else {"Authorization": f"Bearer {token}"}


class Connection:
    """`options` are the keys of docs/SERVE.md, such as see=["simple115v2"]."""

    def __init__(self, url: str, scenario: str, options: dict[str, Any]) -> None:
        self._url = url.rstrip("/")
        self.setup: dict[str, Any] = {"scenario": scenario, "info": True, **options}
        address = self._url.replace("http", "ws", 1) + "/ws"
        # Entered and left apart, for an env is no block.
        self._stack = ExitStack()
        opening = connect(address, max_size=_MOST_BYTES, additional_headers=_headers())
        self._socket = self._stack.enter_context(opening)

    def spaces(self) -> list[dict[str, Any]]:
        """One for each player under control, as the server has them."""
        request = urllib.request.Request(
            self._url + "/spaces", data=json.dumps(self.setup).encode(), headers=_headers(), method="POST"
        )
        with urllib.request.urlopen(request) as response:
            return json.load(response)["players"]

    def send_reset(self, seed: int | None, options: dict[str, Any] | None = None) -> None:
        """`options["setup"]` may choose other keys for this episode, as long as the spaces stay what they are."""
        setup = {**self.setup, **(options or {}).get("setup", {})}
        self._send("reset", setup if seed is None else {**setup, "seed": seed})

    def send_step(self, action: Any) -> None:
        """The first half of a step, for who steps several."""
        self._send("step", {"text": action} if isinstance(action, str) else {"action": action})

    def receive(self) -> dict[str, Any]:
        """What the first message that is not answered yet is answered with."""
        message = json.loads(self._socket.recv())
        if message["type"] == "error":
            raise TouchlineError(message["data"]["message"], message["data"]["code"])
        return message["data"]

    def reset(self, seed: int | None, options: dict[str, Any] | None = None) -> dict[str, Any]:
        self.send_reset(seed, options)
        return self.receive()

    def step(self, action: Any) -> dict[str, Any]:
        self.send_step(action)
        return self.receive()

    def close(self) -> None:
        self._stack.close()

    def _send(self, kind: str, data: dict[str, Any]) -> None:
        self._socket.send(json.dumps({"type": kind, "data": data}))


def players_of(observation: dict[str, Any]) -> list[dict[str, Any]]:
    return observation.get("players") or [observation]


def picture(image: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(image))).convert("RGB"))
