"""A PettingZoo parallel env of several players."""

from functools import cache
from typing import Any

import gymnasium
from pettingzoo import ParallelEnv

from .connection import Connection, players_of
from .server import Server
from .spaces import observation_of, observation_space, plain, space_of


class TouchlineParallelEnv(ParallelEnv):
    """Plays `scenario` with all players of the left under control unless `options` say otherwise (docs/SERVE.md)."""

    metadata = {"name": "touchline_v0", "render_modes": []}

    def __init__(self, scenario: str, url: str | None = None, **options: Any) -> None:
        self._server = Server() if url is None else None
        setup = {"players": "all", "decisionSteps": 1, **options}
        self._connection = Connection(url or self._server.url, scenario, setup)  # type: ignore[union-attr]
        self._spaces = self._connection.spaces()
        self._names = list(self._spaces[0]["observation"]["spaces"])
        self.possible_agents = [f"player_{i}" for i in range(len(self._spaces))]
        self.agents: list[str] = []
        self.render_mode = None
        # Spaces must be the same objects each time, for who seeds them.
        self.observation_space = cache(self._observation_space)  # type: ignore[method-assign]
        self.action_space = cache(self._action_space)  # type: ignore[method-assign]

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[dict, dict]:
        observation = self._connection.reset(seed, options)["observation"]
        self.agents = self.possible_agents[:]
        return self._seen(observation), {agent: observation["info"] for agent in self.agents}

    def step(self, actions: dict[str, Any]) -> tuple[dict, dict, dict, dict, dict]:
        given = [plain(actions[agent]) for agent in self.possible_agents]
        answer = self._connection.step(given if len(given) > 1 else given[0])
        observation = answer["observation"]
        info = observation["info"]
        rewards = info.get("rewards", [answer["reward"]])
        agents = self.agents
        ends = [{agent: bool(info[end]) for agent in agents} for end in ("terminated", "truncated")]
        if answer["done"]:
            self.agents = []
        return (
            self._seen(observation),
            {agent: float(reward) for agent, reward in zip(agents, rewards)},
            *ends,
            {agent: info for agent in agents},
        )

    def close(self) -> None:
        self._connection.close()
        if self._server is not None:
            self._server.close()

    def _observation_space(self, agent: str) -> gymnasium.Space:
        return observation_space(self._spaces[self.possible_agents.index(agent)]["observation"])

    def _action_space(self, agent: str) -> gymnasium.Space:
        return space_of(self._spaces[self.possible_agents.index(agent)]["action"])

    def _seen(self, observation: dict[str, Any]) -> dict[str, Any]:
        return {
            agent: observation_of(player, self.observation_space(agent), self._names)
            for agent, player in zip(self.possible_agents, players_of(observation))
        }
