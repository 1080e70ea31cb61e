import { describe, expect, test } from "vitest";
import { makePainter, type FrameOptions } from "../../env/frame/index.ts";
import { elevens, play } from "./scenes.ts";

describe("a painter refuses in one sentence", () => {
  test.each([
    [{ width: 63 }, "frame/size", "The frame's width must be an integer from 64 to 4096, not 63."],
    [{ height: 4097 }, "frame/size", "The frame's height must be an integer from 64 to 4096, not 4097."],
    [{ width: 100.5 }, "frame/size", "The frame's width must be an integer from 64 to 4096, not 100.5."],
    [{ width: Number.NaN }, "frame/size", "The frame's width must be an integer from 64 to 4096, not NaN."],
    [
      { windowMetres: 14 },
      "frame/window",
      "The window of the ball camera must be 15 to 200 metres wide, not 14.",
    ],
    [
      { windowMetres: Infinity },
      "frame/window",
      "The window of the ball camera must be 15 to 200 metres wide, not Infinity.",
    ],
    [
      { camera: "bal" },
      "frame/camera",
      'There is no camera "bal". Did you mean "ball"? Expected one of: pitch, ball.',
    ],
    [{ hud: "yes" }, "frame/option", 'The frame option "hud" must be a boolean, not string.'],
    [{ colour: true }, "frame/option", 'There is no frame option "colour".'],
  ])("the options %j", (options, code, message) => {
    const given = Object.assign<Partial<FrameOptions>, object>({}, options);
    expect(() => makePainter(elevens, given)).toThrow(
      expect.objectContaining({ name: "TouchlineError", code, message: expect.stringContaining(message) }),
    );
  });

  test("a buffer of the wrong size and a scene of another lineup", () => {
    const painter = makePainter(elevens);
    expect(() => painter.paint(play(0), new Uint8Array(100))).toThrow(
      "A frame of 448 x 288 takes a buffer of 387072 bytes, not of 100.",
    );
    const short = { ...play(0), figures: play(0).figures.slice(1) };
    expect(() => painter.paint(short)).toThrow(
      "The scene has 21 figures, but the painter's lineup has 22 players.",
    );
  });
});
