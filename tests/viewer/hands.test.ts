/** @file Keys and gamepads as what a person's hands do. */
import { describe, expect, test } from "vitest";
import {
  HAND_KEYS,
  handCommand,
  type HandCommand,
  handsOf,
  padCommands,
  pressOf,
} from "../../viewer/player/index.ts";

const STANDING = { turned: false, hasBall: true };
const held = (...codes: string[]): Set<HandCommand> => new Set(codes.map((code) => handCommand(code)!));

describe("keys", () => {
  test.each([
    [["ArrowLeft"], 1],
    [["KeyA", "KeyW"], 2],
    [["ArrowUp"], 3],
    [["ArrowUp", "KeyD"], 4],
    [["ArrowRight"], 5],
    [["KeyD", "KeyS"], 6],
    [["ArrowDown"], 7],
    [["ArrowDown", "ArrowLeft"], 8],
    [["ArrowLeft", "ArrowRight"], 0],
    [["KeyW", "KeyA", "KeyS"], 1],
    [[], 0],
  ])("%j run in direction %i, and in the opposite one where the picture is turned", (codes, direction) => {
    expect(handsOf(held(...codes), STANDING).direction).toBe(direction);
    const turned = handsOf(held(...codes), { ...STANDING, turned: true }).direction;
    expect(turned).toBe(direction === 0 ? 0 : ((direction + 3) % 8) + 1);
  });

  test.each([
    ["Space", "short_pass"],
    ["KeyJ", "short_pass"],
    ["KeyK", "long_pass"],
    ["KeyI", "high_pass"],
    ["KeyL", "shot"],
    ["ShiftLeft", undefined],
    ["ArrowUp", undefined],
    ["Escape", undefined],
  ])("%s presses %s", (code, press) => {
    expect(pressOf(handCommand(code)!, STANDING)).toBe(press);
  });

  test("shift sprints; C dribbles with the ball, and slides once without", () => {
    expect(handsOf(held("ShiftRight", "KeyC"), STANDING)).toEqual({
      direction: 0,
      sprint: true,
      dribble: true,
    });
    expect(pressOf("close", STANDING)).toBeUndefined();
    const without = { ...STANDING, hasBall: false };
    expect(handsOf(held("KeyC"), without).dribble).toBe(false);
    expect(pressOf("close", without)).toBe("sliding");
  });

  test("what is no key of a player is left to the page", () => {
    for (const code of ["KeyG", "Home", "BracketLeft", "Enter", "Tab"])
      expect(handCommand(code)).toBeUndefined();
  });

  test("the help has a line for every command", () => {
    expect(HAND_KEYS.map(({ does }) => does)).toHaveLength(8);
  });
});

/** A standard gamepad with the stick here and these buttons down. */
function pad(x: number, y: number, ...down: number[]) {
  return { axes: [x, y], buttons: Array.from({ length: 17 }, (_, i) => ({ pressed: down.includes(i) })) };
}

describe("a gamepad", () => {
  test.each([
    [0, 0, 0],
    [0.3, 0.3, 0],
    [1, 0, 5],
    [0.9, 0.3, 5],
    [0.7, 0.7, 6],
    [0, 1, 7],
    [-0.7, 0.7, 8],
    [-1, -0.1, 1],
    [-0.6, -0.6, 2],
    [0.1, -0.9, 3],
    [0.7, -0.6, 4],
  ])("with its stick at %d, %d runs in direction %i", (x, y, direction) => {
    expect(handsOf(padCommands(pad(x, y)), STANDING).direction).toBe(direction);
  });

  test.each([
    [0, "short_pass"],
    [1, "shot"],
    [2, "long_pass"],
    [3, "high_pass"],
    [4, "close"],
    [5, "sprint"],
    [6, "close"],
    [7, "sprint"],
    [8, "give-back"],
    [12, "up"],
    [15, "right"],
  ])("with button %i down holds %s", (button, command) => {
    expect([...padCommands(pad(0, 0, button))]).toEqual([command]);
  });

  test("that has fewer buttons and no stick is one too", () => {
    expect([...padCommands({ axes: [], buttons: [{ pressed: true }] })]).toEqual(["short_pass"]);
  });
});
