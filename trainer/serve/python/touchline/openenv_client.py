"""A typed client class for OpenEnv (`pip install touchline-env[openenv]`); its own GenericEnvClient does as well."""

from dataclasses import dataclass, field
from typing import Any

from openenv.core.client_types import StepResult
from openenv.core.env_client import EnvClient


@dataclass
class TouchlineAction:
    """One of the three: a model's whole answer, one for each of several players, or an action itself."""

    text: str | None = None
    texts: list[str] | None = None
    action: Any = None


@dataclass
class TouchlineObservation:
    text: str = ""
    image: str | None = None
    """A PNG file in base64."""
    system: str | None = None
    done: bool = False
    reward: float | None = None
    players: list[dict[str, Any]] = field(default_factory=list)
    info: dict[str, Any] = field(default_factory=dict)


class TouchlineClient(EnvClient[TouchlineAction, TouchlineObservation, dict]):
    """`reset(seed=7, scenario="academy_corner", ...)` takes the keys of docs/SERVE.md."""

    def _step_payload(self, action: TouchlineAction) -> dict[str, Any]:
        return {name: value for name, value in vars(action).items() if value is not None}

    def _parse_result(self, payload: dict[str, Any]) -> StepResult[TouchlineObservation]:
        known = {name: value for name, value in payload["observation"].items() if name in _FIELDS}
        reward, done = payload.get("reward"), bool(payload.get("done"))
        observation = TouchlineObservation(**known, reward=reward, done=done)
        return StepResult(observation=observation, reward=reward, done=done)

    def _parse_state(self, payload: dict[str, Any]) -> dict[str, Any]:
        return payload


_FIELDS = {"text", "image", "system", "players", "info"}
