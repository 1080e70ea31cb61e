/**
 * @file A match of the wall as bytes: 61 for 22 players. Places are rounded to 32 cm, which is less than a pixel of a
 * small picture, and nothing is said but what such a picture shows, and whether it is worth a look.
 */
import { GAME_MODES } from "../../env/frame/scene.ts";
import type { GameMode, Scene } from "../../env/frame/scene.ts";
import { readBits, writeBits } from "./bits.ts";
import type { Bits } from "./bits.ts";

/** Why a match is worth a look; 0 to 1 where nothing else is said. */
export interface Interest {
  /** How near a goal is, for those who have the ball or may get it. */
  danger: number;
  /** How unlikely the last decision was, or how much the last reward. */
  surprise: number;
  /** So many seconds the ball has not got away from where it is, up to 30. */
  stuckSeconds: number;
  /** Since the last goal of the episode, up to 30; undefined where there is none so lately. */
  goalSeconds: number | undefined;
  /** All of it in one number, to sort by. */
  worth: number;
}

interface Place {
  x: number;
  y: number;
}

/** Centimetres, as in scenes. */
export interface Tile extends Interest {
  score: readonly [number, number];
  clockSeconds: number;
  mode: GameMode;
  owner: number;
  /** The episode is over. */
  ended: boolean;
  ball: Place;
  figures: readonly (Place & { sentOff: boolean })[];
}

const PLACE_STEP = 32;
const PLACE_WIDTH = 9;
const PLACE_MAX = 2 ** PLACE_WIDTH - 1;
const PART_WIDTH = 6;
const PART_MAX = 2 ** PART_WIDTH - 1;
/** Seconds have as many bits; the highest of them says that there are none. */
export const SECONDS_MAX = 30;
const SECONDS_WIDTH = 5;
const GOALS_MAX = 63;
const CLOCK_WIDTH = 14;
const ID_WIDTH = 6;

/** The longest, of 45 figures. */
export const TILE_BYTES_MAX = 120;

type Seen = Pick<Scene, "score" | "clockSeconds" | "mode" | "owner" | "ball" | "figures">;

export function encodeTile(scene: Seen, interest: Interest, ended: boolean): Uint8Array {
  const bits: Bits = { bytes: new Uint8Array(TILE_BYTES_MAX), position: 0 };
  const put = (value: number, width: number): void =>
    writeBits(bits, Math.max(0, Math.min(2 ** width - 1, Math.round(value))), width);
  const place = ({ x, y }: Place): void => {
    for (const value of [x, y]) put(value / PLACE_STEP + (PLACE_MAX + 1) / 2, PLACE_WIDTH);
  };
  for (const goals of scene.score) put(Math.min(goals, GOALS_MAX), ID_WIDTH);
  put(scene.clockSeconds, CLOCK_WIDTH);
  put(GAME_MODES.indexOf(scene.mode), 3);
  put(scene.owner + 1, ID_WIDTH);
  put(ended ? 1 : 0, 1);
  for (const part of [interest.danger, interest.surprise, interest.worth]) put(part * PART_MAX, PART_WIDTH);
  put(Math.min(interest.stuckSeconds, SECONDS_MAX), SECONDS_WIDTH);
  put(interest.goalSeconds ?? SECONDS_MAX + 1, SECONDS_WIDTH);
  put(scene.figures.length, ID_WIDTH);
  place(scene.ball);
  for (const figure of scene.figures) {
    place(figure);
    put(figure.sentOff ? 1 : 0, 1);
  }
  return bits.bytes.slice(0, Math.ceil(bits.position / 8));
}

/** Throws RangeError when the bytes are not a tile. */
export function decodeTile(bytes: Uint8Array): Tile {
  const bits: Bits = { bytes, position: 0 };
  const get = (width: number): number => readBits(bits, width);
  const coordinate = (): number => (get(PLACE_WIDTH) - (PLACE_MAX + 1) / 2) * PLACE_STEP;
  const part = (): number => get(PART_WIDTH) / PART_MAX;
  const score = [get(ID_WIDTH), get(ID_WIDTH)] as const;
  const clockSeconds = get(CLOCK_WIDTH);
  const mode = GAME_MODES[get(3)];
  if (mode === undefined) throw new RangeError("a tile cannot hold this mode");
  const owner = get(ID_WIDTH) - 1;
  const ended = get(1) === 1;
  const [danger, surprise, worth] = [part(), part(), part()];
  const stuckSeconds = get(SECONDS_WIDTH);
  const seconds = get(SECONDS_WIDTH);
  const count = get(ID_WIDTH);
  const ball = { x: coordinate(), y: coordinate() };
  const figures = Array.from({ length: count }, () => ({
    x: coordinate(),
    y: coordinate(),
    sentOff: get(1) === 1,
  }));
  const goalSeconds = seconds > SECONDS_MAX ? undefined : seconds;
  return {
    score,
    clockSeconds,
    mode,
    owner,
    ended,
    danger,
    surprise,
    worth,
    stuckSeconds,
    goalSeconds,
    ball,
    figures,
  };
}
