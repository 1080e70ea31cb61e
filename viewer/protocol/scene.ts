/**
 * @file A scene as bytes: 121 for 22 players who stand, facing and ball height included. Every scene stands
 * alone: no deltas, so a lost one harms no other, and any of a match can be asked for by itself.
 */
import { GAME_MODES, POSES } from "../../env/frame/scene.ts";
import type { Scene, SceneFigure } from "../../env/frame/scene.ts";
import { readBits, writeBits } from "./bits.ts";
import type { Bits } from "./bits.ts";

/** Bits of each value, in the order of the wire. Signed ones are stored with half of their range added. */
const WIDTH = {
  tick: 24,
  step: 20,
  /** 1 cm steps, up to 81.91 m from the centre spot. */
  place: 14,
  height: 13,
  owner: 6,
  goals: 6,
  clock: 14,
  mode: 3,
  restart: 2,
  half: 1,
  count: 6,
  facing: 8,
  pose: 3,
} as const;

const RESTART_TEAMS = [-1, 0, 1] as const;

/** A scene's length fits one byte, so there is room for 45 figures, however they lie. */
export const SCENE_BYTES_MAX = 255;
export const FIGURES_MAX = 45;

function unsigned(bits: Bits, value: number, width: number): void {
  const highest = 2 ** width - 1;
  writeBits(bits, value < 0 ? 0 : value > highest ? highest : value, width);
}

function signed(bits: Bits, value: number, width: number): void {
  unsigned(bits, value + 2 ** (width - 1), width);
}

function readSigned(bits: Bits, width: number): number {
  return readBits(bits, width) - 2 ** (width - 1);
}

/** A scene of up to 45 figures. Values that do not fit are moved to the nearest that does. */
export function encodeScene(scene: Scene): Uint8Array {
  if (scene.figures.length > FIGURES_MAX)
    throw new RangeError(`a scene holds at most ${FIGURES_MAX} figures`);
  const bits: Bits = { bytes: new Uint8Array(SCENE_BYTES_MAX), position: 0 };
  unsigned(bits, scene.tick, WIDTH.tick);
  unsigned(bits, scene.step, WIDTH.step);
  signed(bits, scene.ball.x, WIDTH.place);
  signed(bits, scene.ball.y, WIDTH.place);
  unsigned(bits, scene.ball.z, WIDTH.height);
  unsigned(bits, scene.owner + 1, WIDTH.owner);
  unsigned(bits, scene.score[0], WIDTH.goals);
  unsigned(bits, scene.score[1], WIDTH.goals);
  unsigned(bits, scene.clockSeconds, WIDTH.clock);
  unsigned(bits, GAME_MODES.indexOf(scene.mode), WIDTH.mode);
  unsigned(bits, scene.restartTeam + 1, WIDTH.restart);
  unsigned(bits, scene.half - 1, WIDTH.half);
  unsigned(bits, scene.figures.length, WIDTH.count);
  for (const figure of scene.figures) {
    signed(bits, figure.x, WIDTH.place);
    signed(bits, figure.y, WIDTH.place);
    writeBits(bits, figure.facing & 255, WIDTH.facing);
    writeBits(bits, figure.controlled ? 1 : 0, 1);
    // Nearly all figures stand nearly always and have no card, so the others pay for theirs.
    if (figure.pose === "upright" && !figure.booked && !figure.sentOff) writeBits(bits, 0, 1);
    else {
      writeBits(bits, 1, 1);
      unsigned(bits, POSES.indexOf(figure.pose), WIDTH.pose);
      writeBits(bits, figure.booked ? 1 : 0, 1);
      writeBits(bits, figure.sentOff ? 1 : 0, 1);
    }
  }
  return bits.bytes.slice(0, Math.ceil(bits.position / 8));
}

/** The scene in these bytes, at any offset of a larger buffer. Throws RangeError when they are not one. */
export function decodeScene(bytes: Uint8Array): Scene {
  const bits: Bits = { bytes, position: 0 };
  const tick = readBits(bits, WIDTH.tick);
  const step = readBits(bits, WIDTH.step);
  const ball = {
    x: readSigned(bits, WIDTH.place),
    y: readSigned(bits, WIDTH.place),
    z: readBits(bits, WIDTH.height),
  };
  const owner = readBits(bits, WIDTH.owner) - 1;
  const score = [readBits(bits, WIDTH.goals), readBits(bits, WIDTH.goals)] as const;
  const clockSeconds = readBits(bits, WIDTH.clock);
  const mode = named(GAME_MODES, readBits(bits, WIDTH.mode));
  const restartTeam = named(RESTART_TEAMS, readBits(bits, WIDTH.restart));
  const half = readBits(bits, WIDTH.half) === 0 ? 1 : 2;
  const count = readBits(bits, WIDTH.count);
  const figures: SceneFigure[] = [];
  for (let i = 0; i < count; i++) {
    const plain = {
      x: readSigned(bits, WIDTH.place),
      y: readSigned(bits, WIDTH.place),
      facing: readBits(bits, WIDTH.facing),
      controlled: readBits(bits, 1) === 1,
    };
    const special = readBits(bits, 1) === 1;
    figures.push({
      ...plain,
      pose: special ? named(POSES, readBits(bits, WIDTH.pose)) : "upright",
      booked: special && readBits(bits, 1) === 1,
      sentOff: special && readBits(bits, 1) === 1,
    });
  }
  return { tick, step, ball, figures, owner, score, clockSeconds, mode, restartTeam, half };
}

/** The tick alone, without the cost of the rest. */
export function tickOf(bytes: Uint8Array): number {
  return readBits({ bytes, position: 0 }, WIDTH.tick);
}

function named<Name>(names: readonly Name[], index: number): Name {
  const name = names[index];
  if (name === undefined) throw new RangeError(`a scene cannot hold the value ${index} here`);
  return name;
}
