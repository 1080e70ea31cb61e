"""Stable-Baselines3's vector env on connections of `touchline serve`, all of whose steps are under way at the same time."""

from typing import Any

import numpy as np
from stable_baselines3.common.vec_env import VecEnv
from touchline import Connection
from touchline.spaces import observation_of, observation_space, plain, space_of


class TouchlineVecEnv(VecEnv):
    """One after the other each episode takes the next of `seeds`. An episode that ends begins anew in the same step."""

    render_mode = None

    def __init__(self, url: str, scenario: str, num_envs: int, seeds, **options: Any) -> None:
        self.connections = [Connection(url, scenario, options) for _ in range(num_envs)]
        (player,) = self.connections[0].spaces()
        self.names = list(player["observation"]["spaces"])
        self.seeds = iter(seeds)
        super().__init__(num_envs, observation_space(player["observation"]), space_of(player["action"]))

    def reset(self) -> np.ndarray:
        for one in self.connections:
            one.send_reset(next(self.seeds))
        return np.stack([self._seen(one.receive()) for one in self.connections])

    def step_async(self, actions: np.ndarray) -> None:
        for one, action in zip(self.connections, actions):
            one.send_step(plain(action))

    def step_wait(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[dict]]:
        answers = [one.receive() for one in self.connections]
        seen = [self._seen(answer) for answer in answers]
        infos = [answer["observation"]["info"] for answer in answers]
        over = np.array([answer["done"] for answer in answers])
        for place in np.flatnonzero(over):
            self.connections[place].send_reset(next(self.seeds))
        for place in np.flatnonzero(over):
            infos[place]["terminal_observation"] = seen[place]
            infos[place]["TimeLimit.truncated"] = infos[place]["truncated"] and not infos[place]["terminated"]
            seen[place] = self._seen(self.connections[place].receive())
        return np.stack(seen), np.array([answer["reward"] for answer in answers], np.float32), over, infos

    def close(self) -> None:
        for one in self.connections:
            one.close()

    def get_attr(self, attr_name: str, indices=None) -> list:
        return [getattr(self, attr_name) for _ in self._get_indices(indices)]

    def set_attr(self, attr_name: str, value: Any, indices=None) -> None:
        raise NotImplementedError

    def env_method(self, method_name: str, *args, indices=None, **kwargs) -> list:
        raise NotImplementedError

    def env_is_wrapped(self, wrapper_class, indices=None) -> list[bool]:
        return [False for _ in self._get_indices(indices)]

    def _seen(self, answer: dict[str, Any]) -> np.ndarray:
        return observation_of(answer["observation"], self.observation_space, self.names)
