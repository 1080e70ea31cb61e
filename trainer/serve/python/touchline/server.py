"""`touchline serve` as a process of this one."""

import json
import os
import shlex
import subprocess
from pathlib import Path


def _command() -> list[str]:
    """TOUCHLINE_COMMAND, the checkout that this file lies in, or what npm has installed."""
    if given := os.environ.get("TOUCHLINE_COMMAND"):
        return shlex.split(given)
    launcher = Path(__file__).resolve().parents[4] / "bin" / "touchline.js"
    return ["node", str(launcher)] if launcher.exists() else ["npx", "touchline"]


# Ends the command with standard input, which closes in whatever way this process ends. All that is printed is the command's.
_BESIDE = '"$@" <&- & exec >&-; read _; kill $!; wait $!'


class Server:
    """Runs until `close`, or until this process ends."""

    def __init__(self, *words: str) -> None:
        command = [*_command(), "serve", "--json", "--port", "0", *words]
        beside = [] if os.name == "nt" else ["sh", "-c", _BESIDE, "touchline"]
        self._process = subprocess.Popen(
            [*beside, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        text = ""
        for line in self._process.stdout:
            text += line
            if line.rstrip() == "}":
                break
        else:
            self.close()
            raise RuntimeError(f"touchline serve did not start: {' '.join(command)}")
        self.url: str = json.loads(text)["url"]

    def close(self) -> None:
        if os.name == "nt":
            self._process.terminate()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_process"):
            self.close()
