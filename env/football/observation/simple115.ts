/** @file GRF's `simple115v2` from a raw observation, in the order of its code. */
import type { RawObservation } from "./raw.ts";

export const SIMPLE115_LENGTH = 115;

/** Teams have room for so many. */
const PLAYERS = 11;
const MODES = 7;
/** Where the parts begin. */
const BALL = 4 * 2 * PLAYERS;
const OWNER = BALL + 6;
const ACTIVE = OWNER + 3;
const MODE = ACTIVE + PLAYERS;

/**
 * Left places, left directions, right places, right directions (11 pairs each, -1 where there is no player), ball,
 * its direction, whose it is (nobody, own, other), the active player, the game mode: one-hot, all of them.
 */
export function simple115(raw: RawObservation): Float32Array {
  const numbers = new Float32Array(SIMPLE115_LENGTH);
  numbers.fill(-1, 0, BALL);
  [raw.left_team, raw.left_team_direction, raw.right_team, raw.right_team_direction].forEach(
    (pairs, part) => {
      numbers.set(pairs.flat(), part * 2 * PLAYERS);
    },
  );
  numbers.set(raw.ball, BALL);
  numbers.set(raw.ball_direction, BALL + 3);
  numbers[OWNER + 1 + raw.ball_owned_team] = 1;
  if (raw.active >= 0) numbers[ACTIVE + raw.active] = 1;
  if (raw.game_mode < MODES) numbers[MODE + raw.game_mode] = 1;
  return numbers;
}
