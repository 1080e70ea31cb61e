/**
 * @file From keys and a gamepad to what a person's hands do, and the one table that the help shows. No DOM: keys are
 * `KeyboardEvent.code`, so that they lie where they lie on every keyboard.
 */
import type { HandsMessage, Press } from "../protocol/index.ts";

export type HandCommand = "up" | "down" | "left" | "right" | "sprint" | "close" | "give-back" | Press;

export interface HandBinding {
  command: HandCommand;
  codes: readonly string[];
  /** Buttons of the standard gamepad that do the same. */
  buttons: readonly number[];
}

/** Sliding has no key of its own: `close` slides without the ball and dribbles with it. */
const BINDINGS: readonly HandBinding[] = [
  { command: "up", codes: ["ArrowUp", "KeyW"], buttons: [12] },
  { command: "down", codes: ["ArrowDown", "KeyS"], buttons: [13] },
  { command: "left", codes: ["ArrowLeft", "KeyA"], buttons: [14] },
  { command: "right", codes: ["ArrowRight", "KeyD"], buttons: [15] },
  { command: "short_pass", codes: ["Space", "KeyJ"], buttons: [0] },
  { command: "long_pass", codes: ["KeyK"], buttons: [2] },
  { command: "high_pass", codes: ["KeyI"], buttons: [3] },
  { command: "shot", codes: ["KeyL"], buttons: [1] },
  { command: "sprint", codes: ["ShiftLeft", "ShiftRight"], buttons: [5, 7] },
  { command: "close", codes: ["KeyC"], buttons: [4, 6] },
  { command: "give-back", codes: ["Escape"], buttons: [8] },
];

/** The button of a gamepad that takes a player over. */
export const TAKE_BUTTON = 9;

/** As the help shows them, and the short form under the pitch. */
export const HAND_KEYS = [
  { shown: "Arrows or WASD", short: "← ↑ ↓ →", gamepad: "Left stick", does: "Run", brief: "run" },
  { shown: "Space or J", short: "Space", gamepad: "A or ✕", does: "Short pass", brief: "pass" },
  { shown: "K", short: "K", gamepad: "X or □", does: "Long pass", brief: "long" },
  { shown: "I", short: "I", gamepad: "Y or △", does: "High pass", brief: "high" },
  { shown: "L", short: "L", gamepad: "B or ○", does: "Shot", brief: "shot" },
  { shown: "Shift", short: "Shift", gamepad: "R1 or R2", does: "Sprint, while held", brief: "sprint" },
  {
    shown: "C",
    short: "C",
    gamepad: "L1 or L2",
    does: "With the ball: dribble, while held; without: slide",
    brief: "dribble, slide",
  },
  { shown: "Esc", short: "Esc", gamepad: "Select", does: "Give the player back", brief: "give back" },
] as const;

/** What a key does for a person who plays, undefined when it is none of his. */
export function handCommand(code: string): HandCommand | undefined {
  return BINDINGS.find(({ codes }) => codes.includes(code))?.command;
}

/** What a gamepad tells: of `Gamepad`, what counts. */
export interface PadState {
  axes: readonly number[];
  buttons: readonly { readonly pressed: boolean }[];
}

/** The stick counts from half its way on. */
const STICK = 0.5;

/** Everything that is held down on a gamepad. A stick has eight directions, each an eighth of a turn wide. */
export function padCommands({ axes, buttons }: PadState): Set<HandCommand> {
  const held = new Set<HandCommand>();
  for (const { command, buttons: numbers } of BINDINGS) {
    if (numbers.some((number) => buttons[number]?.pressed)) held.add(command);
  }
  const [x = 0, y = 0] = axes;
  if (Math.hypot(x, y) < STICK) return held;
  // Half of an eighth of a turn: within it of an axis the other one does not count.
  const slope = Math.tan(Math.PI / 8);
  if (Math.abs(x) > slope * Math.abs(y)) held.add(x > 0 ? "right" : "left");
  if (Math.abs(y) > slope * Math.abs(x)) held.add(y > 0 ? "down" : "up");
  return held;
}

/** 1 to 8 by where the hands point: left, middle, right; up, middle, down. */
const DIRECTIONS = [
  [2, 3, 4],
  [1, 0, 5],
  [8, 7, 6],
] as const;

export interface Standing {
  /** His team attacks to the left on the screen, so that his right is the screen's left. */
  turned: boolean;
  hasBall: boolean;
}

/** What is sent while this is held down. */
export function handsOf(held: ReadonlySet<HandCommand>, { turned, hasBall }: Standing): HandsMessage {
  const sign = turned ? -1 : 1;
  const x = sign * (Number(held.has("right")) - Number(held.has("left")));
  const y = sign * (Number(held.has("down")) - Number(held.has("up")));
  return {
    direction: DIRECTIONS[y + 1]![x + 1]!,
    sprint: held.has("sprint"),
    dribble: held.has("close") && hasBall,
  };
}

/** What pressing a key or a button does at once. */
export function pressOf(command: HandCommand, { hasBall }: Standing): Press | undefined {
  switch (command) {
    case "short_pass":
    case "long_pass":
    case "high_pass":
    case "shot":
    case "sliding":
      return command;
    case "close":
      return hasBall ? undefined : "sliding";
    default:
      return undefined;
  }
}
