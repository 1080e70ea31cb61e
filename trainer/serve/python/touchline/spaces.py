"""The server's spaces as Gymnasium's, and its values as their members."""

from typing import Any

import numpy as np
from gymnasium import spaces

from .connection import picture

# Any character may stand in words.
_CHARSET = "".join(map(chr, [*range(9, 14), *range(32, 127), *range(160, 592), 8211, 8212, 8217]))


def space_of(space: dict[str, Any]) -> spaces.Space:
    match space["kind"]:
        case "discrete":
            return spaces.Discrete(space["n"])
        case "multi-binary":
            return spaces.MultiBinary(space["n"])
        case "text":
            return spaces.Text(max_length=space["maxLength"], min_length=space["minLength"], charset=_CHARSET)
        case "tuple":
            return spaces.Tuple([space_of(one) for one in space["spaces"]])
        case "dict":
            return spaces.Dict({name: space_of(one) for name, one in space["spaces"].items()})
    # JSON has no infinity.
    low = -np.inf if space["low"] is None else space["low"]
    high = np.inf if space["high"] is None else space["high"]
    return spaces.Box(low, high, tuple(space["shape"]), np.dtype(space["dtype"]).type)


def observation_space(space: dict[str, Any]) -> spaces.Space:
    """What is seen in one way alone is not wrapped."""
    seen = space["spaces"]
    return space_of(next(iter(seen.values())) if len(seen) == 1 else space)


def observation_of(player: dict[str, Any], space: spaces.Space, names: list[str]) -> Any:
    values = {name: picture(player["image"]) if name == "frame" else player[name] for name in names}
    if len(names) == 1:
        return _member(values[names[0]], space)
    assert isinstance(space, spaces.Dict)
    return {name: _member(value, space[name]) for name, value in values.items()}


def plain(action: Any) -> Any:
    """As JSON has it."""
    if isinstance(action, dict):
        return {name: plain(value) for name, value in action.items()}
    if isinstance(action, np.ndarray):
        return action.tolist()
    return action.item() if isinstance(action, np.generic) else action


def _member(value: Any, space: spaces.Space) -> Any:
    if isinstance(space, spaces.Dict):
        return {name: _member(value[name], one) for name, one in space.items()}
    if isinstance(space, (spaces.Box, spaces.MultiBinary)):
        return np.asarray(value, dtype=space.dtype).reshape(space.shape)
    return value
