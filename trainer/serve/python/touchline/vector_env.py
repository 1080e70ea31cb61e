"""A Gymnasium vector env: many connections, whose steps are all on their way before the first answer is awaited."""

from typing import Any

import numpy as np
from gymnasium.utils.seeding import np_random
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space, concatenate, create_empty_array, iterate

from .connection import Connection
from .server import Server
from .spaces import observation_of, observation_space, plain, space_of


class TouchlineVectorEnv(VectorEnv):
    """`options` are the keys of docs/SERVE.md. An episode that has ended begins anew with the next step."""

    metadata = {"autoreset_mode": AutoresetMode.NEXT_STEP}

    def __init__(self, scenario: str, num_envs: int, url: str | None = None, **options: Any) -> None:
        self._server = Server("--capacity", str(max(256, num_envs))) if url is None else None
        self.num_envs = num_envs
        setup = {"decisionSteps": 1, **options}
        address = url or self._server.url  # type: ignore[union-attr]
        self._connections = [Connection(address, scenario, setup) for _ in range(num_envs)]
        players = self._connections[0].spaces()
        if len(players) != 1:
            raise ValueError(f"{len(players)} players are under control; a vector env is of envs of one")
        self._names = list(players[0]["observation"]["spaces"])
        self.single_observation_space = observation_space(players[0]["observation"])
        self.single_action_space = space_of(players[0]["action"])
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self._over = np.zeros(num_envs, dtype=bool)
        # As of so many envs of their own: each goes on with seeds of its own generator.
        self._generators = [np_random()[0] for _ in range(num_envs)]

    def reset(
        self, *, seed: int | list[int | None] | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Any, dict[str, Any]]:
        super().reset(seed=seed if isinstance(seed, int) else None)
        seeds = seed if isinstance(seed, list) else [None if seed is None else seed + i for i in range(self.num_envs)]
        for place, own in enumerate(seeds):
            if own is not None:
                self._generators[place] = np_random(own)[0]
            self._begin(place, own, options)
        answers = [one.receive() for one in self._connections]
        self._over[:] = False
        return self._seen(answers), self._infos(answers)

    def step(self, actions: Any) -> tuple[Any, np.ndarray, np.ndarray, np.ndarray, dict[str, Any]]:
        for place, action in enumerate(iterate(self.action_space, actions)):
            if self._over[place]:
                self._begin(place)
            else:
                self._connections[place].send_step(plain(action))
        answers = [one.receive() for one in self._connections]
        told = [answer["observation"]["info"] for answer in answers]
        rewards = np.array([answer["reward"] or 0.0 for answer in answers], dtype=np.float64)
        ends = [np.array([bool(info.get(end)) for info in told]) for end in ("terminated", "truncated")]
        self._over = ends[0] | ends[1]
        return self._seen(answers), rewards, ends[0], ends[1], self._infos(answers)

    def close_extras(self, **_: Any) -> None:
        for one in self._connections:
            one.close()
        if self._server is not None:
            self._server.close()

    def _begin(self, place: int, seed: int | None = None, options: dict[str, Any] | None = None) -> None:
        chosen = int(self._generators[place].integers(2**32)) if seed is None else seed
        self._connections[place].send_reset(chosen, options)

    def _seen(self, answers: list[dict[str, Any]]) -> Any:
        space = self.single_observation_space
        rows = [observation_of(answer["observation"], space, self._names) for answer in answers]
        return concatenate(space, rows, create_empty_array(space, self.num_envs))

    def _infos(self, answers: list[dict[str, Any]]) -> dict[str, Any]:
        infos: dict[str, Any] = {}
        for place, answer in enumerate(answers):
            infos = self._add_info(infos, answer["observation"]["info"], place)
        return infos
