"""Touchline from Python: thin clients of `touchline serve`, which plays, paints and judges."""

from typing import Any

from .connection import Connection, TouchlineError
from .gymnasium_env import TouchlineEnv
from .server import Server
from .vector_env import TouchlineVectorEnv

__all__ = ["Connection", "Server", "TouchlineEnv", "TouchlineError", "TouchlineVectorEnv", "make", "make_vec"]


def make(scenario: str, url: str | None = None, **options: Any) -> TouchlineEnv:
    """A Gymnasium env. Without `url` a server is started, which ends with the env."""
    return TouchlineEnv(scenario, url=url, **options)


def make_vec(scenario: str, num_envs: int, url: str | None = None, **options: Any) -> TouchlineVectorEnv:
    """`num_envs` of them, stepped at the same time."""
    return TouchlineVectorEnv(scenario, num_envs, url=url, **options)
