"""A Gymnasium env of one player."""

from typing import Any

import gymnasium
import numpy as np

from .connection import Connection, picture
from .server import Server
from .spaces import observation_of, observation_space, plain, space_of


class TouchlineEnv(gymnasium.Env):
    """Plays `scenario`; `options` are the keys of docs/SERVE.md. A decision lasts one env step unless they say so."""

    metadata = {"render_modes": ["rgb_array"], "render_fps": 10}

    def __init__(
        self, scenario: str, url: str | None = None, render_mode: str | None = None, **options: Any
    ) -> None:
        self._server = Server() if url is None else None
        football = scenario not in ("sokoban", "questions")
        setup: dict[str, Any] = {"decisionSteps": 1, **options} if football else options
        # What is shown to whoever looks on need not be what the player sees.
        aside = render_mode is not None and "frame" not in setup.get("see", ["frame"])
        if aside:
            setup = {**setup, "see": [*setup["see"], "frame"]}
        self._connection = Connection(url or self._server.url, scenario, setup)  # type: ignore[union-attr]
        players = self._connection.spaces()
        if len(players) != 1:
            raise ValueError(f"{len(players)} players are under control; use touchline.parallel_env for several")
        if aside:
            del players[0]["observation"]["spaces"]["frame"]
        self._names = list(players[0]["observation"]["spaces"])
        self.action_space = space_of(players[0]["action"])
        self.observation_space = observation_space(players[0]["observation"])
        self.render_mode = render_mode
        self._image: str | None = None

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Any, dict[str, Any]]:
        super().reset(seed=seed)
        # As Gymnasium has it: without a seed the generator goes on.
        chosen = int(self.np_random.integers(2**32)) if seed is None else seed
        observation = self._connection.reset(chosen, options)["observation"]
        return self._seen(observation), {**observation["info"], "system": observation["system"]}

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        answer = self._connection.step(plain(action))
        observation = answer["observation"]
        info = {**observation["info"], "text": observation["text"]}
        ends = bool(info.get("terminated")), bool(info.get("truncated"))
        return self._seen(observation), float(answer["reward"]), *ends, info

    def render(self) -> np.ndarray | None:
        return None if self.render_mode is None or self._image is None else picture(self._image)

    def close(self) -> None:
        self._connection.close()
        if self._server is not None:
            self._server.close()

    def _seen(self, observation: dict[str, Any]) -> Any:
        self._image = observation["image"]
        return observation_of(observation, self.observation_space, self._names)
