import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type FootballEnv,
  type FootballOptions,
  type FootballSnapshot,
  makeEnv,
} from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { rejection } from "./rejection.ts";
import { envOf } from "./situation.ts";

let env: FootballEnv;
let snapshot: FootballSnapshot;

beforeAll(async () => {
  env = await makeEnv(loadScenario("academy_corner"));
  env.reset({ seed: 1 });
  env.step("right");
  snapshot = env.snapshot();
});
afterAll(() => env.close());

describe("a snapshot that does not fit is refused, and the env stays as it is", () => {
  test.each([
    [
      "of the state before it had fouls and cards",
      { version: 1 },
      "snapshot/version",
      /version 1 .* version 3/,
    ],
    ["of a later state", { version: 4 }, "snapshot/version", /version 4 .* take it again/],
    ["of other physics", { physics: "rapier2d 0.19.3" }, "snapshot/version", /rapier2d 0\.19\.3/],
    ["of another scenario", { scenario: "academy_empty_goal" }, "snapshot/scenario", /"academy_corner"/],
  ])("%s", (_name, change, code, message) => {
    const before = env.stateHash();
    const other = { ...snapshot, ...change } as FootballSnapshot;
    expect(() => env.restore(other)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
    expect(env.stateHash()).toBe(before);
  });
});

describe("a snapshot with other places under control is refused, and one with as many on each side goes on", () => {
  test.each<[string, NonNullable<FootballOptions["control"]>, string | undefined]>([
    ["all of a team", { left: "all" }, "11 of the left and 0 of the right team"],
    ["the other side", { left: "none", right: "ball" }, "0 of the left and 1 of the right team"],
    ["nobody", { left: "none" }, "0 of the left and 0 of the right team"],
    ["another player", { left: [3] }, undefined],
  ])("%s", async (_name, control, here) => {
    const other = await envOf("academy_corner", { control });
    if (here === undefined) {
      other.restore(snapshot);
      expect(other.stateHash()).toBe(env.stateHash());
      return;
    }
    expect(() => other.restore(snapshot)).toThrow(
      expect.objectContaining({
        code: "snapshot/control",
        message: `The snapshot has 1 of the left and 0 of the right team under control and this env has ${here}; make an env with the same control.`,
      }),
    );
    // Nothing of it got in.
    expect(rejection(() => other.stateHash())).toBe("env/not-reset");
  });
});

test("a snapshot is plain data: it comes back from a message and play goes on from it", () => {
  env.restore(snapshot);
  env.step("short_pass");
  const after = env.stateHash();
  env.restore(structuredClone(snapshot));
  env.step("short_pass");
  expect(env.stateHash()).toBe(after);
});
