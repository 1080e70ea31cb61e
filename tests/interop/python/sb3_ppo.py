"""Stable-Baselines3's PPO, with its own VecNormalize, on academy_empty_goal_close from 115 numbers: `sb3_ppo.py [--minutes N] [--fixed]`.

Prints the success of the episodes it learned on as time goes by, and at the end that of as many held-out starts, with the
interval of Wilson for 95 %. Ends with status 1 when that is below 80 %.
"""

import argparse
import resource
import time
from collections import deque
from itertools import count
from math import sqrt

import numpy as np
import torch
from sb3_env import TouchlineVecEnv
from stable_baselines3 import PPO
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.vec_env import VecNormalize
from touchline import Server

SCENARIO = "academy_empty_goal_close"
ENVS = 32
ROLLOUT = 64
DECISION_STEPS = 5
HELD_OUT = 400
"""Seeds below are for the evaluation, those from here on for learning."""
WANTED = 0.8
ENOUGH = 0.97
"""Of the last WINDOW episodes: then learning ends before its time."""
WINDOW = 400


class Watch(BaseCallback):
    """Tells how it goes after each fourth rollout, and stops in time."""

    def __init__(self, began: float, seconds: float) -> None:
        super().__init__()
        self.began, self.seconds = began, seconds
        self.won: deque[bool] = deque(maxlen=WINDOW)
        self.episodes = 0

    def _on_step(self) -> bool:
        for over, info in zip(self.locals["dones"], self.locals["infos"]):
            if over:
                self.won.append(bool(info["success"]))
                self.episodes += 1
        enough = len(self.won) == WINDOW and np.mean(self.won) >= ENOUGH
        return not enough and time.monotonic() - self.began < self.seconds

    def _on_rollout_end(self) -> None:
        if self.num_timesteps // (ROLLOUT * ENVS) % 4 != 0:
            return
        told = time.monotonic() - self.began, self.num_timesteps, self.episodes, 100 * np.mean(self.won or [0])
        print("{:6.0f} s {:8} decisions {:7} episodes {:5.1f} % of the last {} won".format(*told, WINDOW), flush=True)


def evaluate(model: PPO, learned: VecNormalize, url: str, options: dict) -> int:
    """How many of the held-out starts are won, with the likeliest action each time."""
    # Whoever is through with its starts begins others, which do not count.
    env = VecNormalize(TouchlineVecEnv(url, SCENARIO, ENVS, count(0), **options), training=False)
    env.obs_rms = learned.obs_rms
    begun = list(range(ENVS))
    next_one, won, seen = ENVS, {}, env.reset()
    while len(won) < HELD_OUT:
        actions, _ = model.predict(seen, deterministic=True)
        seen, _, over, infos = env.step(actions)
        for place in np.flatnonzero(over):
            if begun[place] < HELD_OUT:
                won[begun[place]] = bool(infos[place]["success"])
            begun[place], next_one = next_one, next_one + 1
    env.close()
    return sum(won.values())


def wilson(won: int, of: int, z: float = 1.96) -> tuple[float, float]:
    share = won / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return middle - half, middle + half


def processor_seconds() -> float:
    """Of this process and of the server, which has ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=14)
    parser.add_argument("--fixed", action="store_true", help="the fixed start instead of the scenario's variation")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    torch.set_num_threads(1)
    # The second is a potential: it changes what is learned first, not what is best.
    rewards = {"scoring": 1, "approach": 5}
    options = {"see": ["simple115v2"], "vary": not asked.fixed, "decisionSteps": DECISION_STEPS, "rewards": rewards}
    began = time.monotonic()
    with Server() as server:
        # Where he is and where the ball is differ by a few hundredths: numbers are scaled by how much they vary.
        env = VecNormalize(TouchlineVecEnv(server.url, SCENARIO, ENVS, count(HELD_OUT), **options), norm_reward=False)
        model = PPO(
            "MlpPolicy",
            env,
            learning_rate=5e-4,
            n_steps=ROLLOUT,
            batch_size=256,
            n_epochs=8,
            gamma=0.95,
            ent_coef=0.01,
            seed=asked.seed,
        )
        model.learn(10**9, callback=Watch(began, 60 * asked.minutes))
        env.close()
        learned = time.monotonic() - began
        won = evaluate(model, env, server.url, options)
    low, high = wilson(won, HELD_OUT)
    start = "the fixed start" if asked.fixed else "varied starts"
    print(f"{SCENARIO}, {start}, simple115v2, {model.num_timesteps} decisions in {learned:.0f} s of the clock,", end=" ")
    print(f"{processor_seconds():.0f} s of processors with the evaluation:")
    print(f"{won} of {HELD_OUT} held-out starts won: {100 * won / HELD_OUT:.1f} % ({100 * low:.1f} to {100 * high:.1f})")
    raise SystemExit(won < WANTED * HELD_OUT)


if __name__ == "__main__":
    main()
