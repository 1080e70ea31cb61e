/** @file Scenario files that use more of Python than GRF's own do, and the least that one can be. */

/** A file whose `build_scenario` begins with these lines, and goes on with a keeper a side. */
export function fileWith(lines: string, top = ""): string {
  const body = lines
    .split("\n")
    .map((line) => `  ${line}\n`)
    .join("");
  return (
    `from . import *\n${top}\ndef build_scenario(builder):\n${body}` +
    "  builder.SetTeam(Team.e_Left)\n  builder.AddPlayer(-1, 0, e_PlayerRole_GK)\n" +
    "  builder.SetTeam(Team.e_Right)\n  builder.AddPlayer(-1, 0, e_PlayerRole_GK)\n"
  );
}

/** Arrays, iterators, sets and views, and blocks that are passed over. */
export const ARRAYS = fileWith(
  `pts = np.linspace(-0.5, 0.0, 6) * np.array([[1], [0.5]])
pts[:, 1:3] += np.arange(-0.1, 0.1, 0.1)
ys = iter(y for y in {1, 2, 3} if y != 2)
row = pts[0].astype(float)
row[::-1] *= -np.round(np.abs(row), 2)
for (i, x), y in zip(enumerate(row[1:-1]), map(lambda v: v / 20, ys)):
  builder.AddPlayer(x, y, e_PlayerRole_CM, lazy=any(x < p for p in row.tolist()))
names = dict(a=0.1, b=-0.2)
views = names.values(), names.keys()
names |= {'c': pts.sum(axis=1)[0] / 10}
builder.SetBallPosition(next(iter(views[0])), f"{names['b']=}".split("=", 1)[1] < "0" and -0.1 or 0)
setattr(builder.config(), 'game_duration', 100 + len(views[1]))`,
  "import numpy as np\nmatch = 1\ntry:\n  x = 1\nfinally:\n  x = 2\n",
);

/** As MageBench writes them: roles from the engine's module, and all settings. */
export const MAGEBENCH_STYLE = `
import gfootball_engine as libgame
e_PlayerRole_GK = libgame.e_PlayerRole.e_PlayerRole_GK
e_PlayerRole_LB = libgame.e_PlayerRole.e_PlayerRole_LB
e_PlayerRole_AM = libgame.e_PlayerRole.e_PlayerRole_AM
Team = libgame.e_Team

def build_scenario(builder):
    builder.config().game_duration = 400
    builder.config().deterministic = False
    builder.config().offsides = False
    builder.config().end_episode_on_score = True
    builder.config().end_episode_on_out_of_play = True
    builder.config().end_episode_on_possession_change = True
    builder.config().right_team_difficulty = 0.0
    builder.config().left_team_difficulty = 1.0
    builder.SetBallPosition(0.5127, -0.0133)

    builder.SetTeam(Team.e_Left)

    builder.AddPlayer(-0.9813, -0.004, e_PlayerRole_GK)
    builder.AddPlayer(0.5, -0.0, e_PlayerRole_AM)


    builder.SetTeam(Team.e_Right)

    builder.AddPlayer(-0.984, -0.0013, e_PlayerRole_GK)
    builder.AddPlayer(-0.7547, -0.0, e_PlayerRole_LB)
`;

/** Helpers, tables, loops, other modules, a class that nothing needs, and tabs. */
export const PROGRAM = `# -*- coding: utf-8 -*-
"""A ring of passers
around one chaser.

More about it."""
import json, os
import math
import numpy as np
from typing import List
from .somewhere import helper
from gfootball.scenarios import *

RING = {'n': 5, "radius": (0.28, 0.18)}
_CHASERS = [
\t(0.1, -0.05, e_PlayerRole_DM),
\t(0.2, +0.1, e_PlayerRole_CB),  # the second
]

class Director(object):
\tdef __init__(self, level: int = 1):
\t\tself.level = level

director = Director()

def _mirror(x: float, y: float = 0.0) -> tuple:
\t"""Turned by half a circle."""
\treturn -x, -y

def _add(builder, players, **more):
\tfor x, y, role in players: builder.AddPlayer(x, y, role, **more)

def build_scenario(builder):
\tcfg = builder.config()
\tcfg.game_duration = int(400 * 1.5)
\tcfg.offsides, cfg.end_episode_on_score = False, True
\tpasser_positions = []
\tfor i in range(RING['n']):
\t\ttheta = 2.0 * math.pi * i / RING['n']
\t\tpasser_positions.append((RING["radius"][0] * math.cos(theta),
\t\t\tRING["radius"][1] * math.sin(theta)))
\tbuilder.SetBallPosition(*passer_positions[0])
\tbuilder.SetTeam(Team.e_Left)
\tbuilder.AddPlayer(-1.0, 0.0, e_PlayerRole_GK, lazy=True, controllable=True)
\tbuilder.SetTeam(Team.e_Right)
\tbuilder.AddPlayer(*_mirror(0.94), role=e_PlayerRole_GK)
\tbuilder.SetTeam(Team.e_Left)
\t_add(builder, [(x, y, e_PlayerRole_CM) for x, y in passer_positions], controllable=False)
\tbuilder.SetTeam(Team.e_Right); _add(builder, _CHASERS)
\twhile cfg.right_team_difficulty < 0.75:
\t\tcfg.right_team_difficulty += 0.1
\tprint(f"chasers: {len(_CHASERS):02d}", director.level)
`;
