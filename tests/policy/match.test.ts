import { describe, expect, test } from "vitest";
import {
  chooseActions,
  chooseControl,
  MatchRunner,
  parsePlayers,
  playEpisode,
} from "../../agent/match/index.ts";
import type { Decision, PolicyInput, SeeingPolicy } from "../../agent/policy/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import { ACTION_SETS, ACTIONS, type ActionSet } from "../../env/football/index.ts";
import { loadHash } from "../../env/hash.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { listSink } from "../episode/played.ts";

const drill = loadScenario("academy_empty_goal");
const eleven = { ...loadScenario("11_vs_11_stochastic"), steps: 30 };

/** A policy that decides with this function. */
function policyOf(decide: (input: PolicyInput) => Decision | Promise<Decision>): SeeingPolicy {
  return { name: "test", start: () => undefined, decide };
}

/** A policy that plays with these sets only. */
function only(...sets: ActionSet[]): SeeingPolicy {
  return { ...policyOf(() => ({ action: 0 })), name: sets.join("+"), sets };
}

describe("a match", () => {
  test("asks each side for its own players, by their places", async () => {
    const asked: string[] = [];
    const ask = (side: string) =>
      policyOf(({ place, step, set, space }) => {
        expect({ set, space }).toEqual({
          set: "default",
          space: { kind: "discrete", n: 19, names: ACTIONS },
        });
        asked.push(`${side} ${place} at ${step}`);
        return { action: 0 };
      });
    const scenario = { ...eleven, control: { left: [2, 5], right: [3, 4] } };
    const runner = await MatchRunner.make({ scenario, left: ask("left"), right: ask("right") });
    await runner.start(1);
    const { players } = await runner.advance();
    await runner.close();
    expect(asked).toEqual(["left 0 at 0", "left 1 at 0", "right 0 at 0", "right 1 at 0"]);
    expect(players).toEqual([2, 5, 14, 15]);
  });

  test("gives a policy nothing of the state but the frame", async () => {
    const keys = new Set<string>();
    const left = policyOf((input) => {
      for (const key of Object.keys(input)) keys.add(key);
      return { action: 0 };
    });
    await playEpisode({ scenario: drill, left }, 1);
    expect([...keys].sort()).toEqual(["frame", "place", "set", "space", "step"]);
  });

  test("shows both sides a pitch on which they attack to the right, in bytes of their own", async () => {
    const { hash64 } = await loadHash();
    const seen: Uint8Array[] = [];
    const look = policyOf(({ frame }) => {
      expect(frame()).toBe(frame());
      seen.push(frame().data);
      return { action: 0 };
    });
    const scenario = { ...eleven, control: { left: [2], right: [2] } };
    const frame = { hud: false, numbers: false, width: 112, height: 72 };
    const runner = await MatchRunner.make({ scenario, left: look, right: look, frame });
    await runner.start(4);
    const [left, right] = [runner.paint("left"), runner.paint("right")];
    await runner.advance();
    const first = seen.map((bytes) => bytes.slice());
    await runner.advance();
    await runner.close();
    const digests = (frames: readonly Uint8Array[]) => frames.map(hash64);
    expect(digests(seen.slice(0, 2))).toEqual(digests([left.data, right.data]));
    expect(hash64(left.data)).not.toBe(hash64(right.data));
    // What was seen before is not painted over by what is seen now.
    expect(digests(seen.slice(0, 2))).toEqual(digests(first));
  });

  test("waits for slow policies, and lets the players of a step think at the same time", async () => {
    let thinking = 0;
    let most = 0;
    const slow = policyOf(async () => {
      most = Math.max(most, ++thinking);
      await new Promise((resolve) => setTimeout(resolve, 5));
      thinking -= 1;
      return { action: 5 };
    });
    const scenario = { ...eleven, steps: 2, control: { left: [1, 2, 3], right: "none" as const } };
    const { decisions, end } = await playEpisode({ scenario, left: slow }, 1);
    expect({ most, decisions, steps: end.steps }).toEqual({ most: 3, decisions: 6, steps: 2 });
  });

  test("records what a policy said, before the step that its action went into", async () => {
    const left = policyOf(({ step }) =>
      step === 1 ? { action: 5, text: "run", unparsed: true } : { action: 5 },
    );
    const sink = listSink();
    const { unparsed, end } = await playEpisode({ scenario: { ...drill, steps: 3 }, left, sink }, 1);
    expect(sink.records.map(({ kind }) => kind)).toEqual([
      "header",
      "reset",
      "step",
      "decision",
      "step",
      "step",
      "end",
    ]);
    expect(sink.records[3]).toEqual({
      kind: "decision",
      step: 2,
      place: 0,
      action: 5,
      text: "run",
      unparsed: true,
      milliseconds: expect.any(Number) as number,
      ageSteps: 0,
    });
    expect(sink.records.at(-1)).toEqual(end);
    expect(unparsed).toBe(1);
  });

  test("says in the header who played and what is needed to play it again", async () => {
    const sink = listSink();
    const setup = { scenario: drill, left: parsePolicy("scripted:0.5"), vary: true, sink, hashAll: true };
    await playEpisode(setup, 8);
    expect(sink.records[0]).toMatchObject({
      scenario: drill,
      seed: 8,
      vary: true,
      control: { left: drill.control.left, right: "none" },
      policies: { left: "scripted:0.5", right: null },
      frame: { width: 448, height: 288 },
    });
  });

  test("refuses a step before the start and after the end, and an action that there is not", async () => {
    const runner = await MatchRunner.make({ scenario: { ...drill, steps: 2 }, left: parsePolicy("idle") });
    expect(() => runner.info).toThrow(/start/);
    await runner.start(1);
    while (!runner.over) await runner.advance();
    await expect(runner.advance()).rejects.toMatchObject({ code: "env/episode-over" });
    await runner.start(2);
    expect(runner.over).toBe(false);
    await runner.close();

    const wrong = playEpisode({ scenario: drill, left: policyOf(() => ({ action: 19 })) }, 1);
    await expect(wrong).rejects.toMatchObject({ code: "action/unknown" });
  });

  test("gives the same episode when it is played again by the same runner", async () => {
    const setup = { scenario: drill, left: parsePolicy("random"), vary: true };
    const [first, again, other] = [
      await playEpisode(setup, 3),
      await playEpisode(setup, 3),
      await playEpisode(setup, 4),
    ];
    expect(again).toEqual(first);
    expect(other.hash).not.toBe(first.hash);
  });

  test("without a policy on either side is played by the built-in players alone", async () => {
    const { decisions, end } = await playEpisode({ scenario: eleven }, 1);
    expect({ decisions, steps: end.steps }).toEqual({ decisions: 0, steps: 30 });
  });
});

describe("who is under control", () => {
  const both = { left: true, right: true };
  test.each([
    ["ball", "none", { left: true, right: false }, { left: "ball", right: "none" }],
    ["ball", "none", both, { left: "ball", right: "ball" }],
    ["none", "all", both, { left: "ball", right: "all" }],
    ["all", "all", { left: false, right: true }, { left: "none", right: "all" }],
    ["ball", "none", { ...both, players: [1, 3] }, { left: [1, 3], right: "ball" }],
    ["ball", "none", { ...both, opponentPlayers: { count: 2 } }, { left: "ball", right: { count: 2 } }],
    ["ball", "none", { ...both, right: false, opponentPlayers: [1] }, { left: "ball", right: "none" }],
    [[2], [4], both, { left: [2], right: [4] }],
  ] as const)("a scenario with %j and %j, choice %j: %j", (left, right, choice, expected) => {
    expect(chooseControl({ ...drill, control: { left, right } }, choice)).toEqual(expected);
  });

  test.each([
    ["all", "all"],
    ["ball", "ball"],
    ["1,3", [1, 3]],
    ["10", [10]],
    ["0, 2", [0, 2]],
    ["count:1", { count: 1 }],
    ["count:11", { count: 11 }],
  ])("--players %s is %j", (text, control) => {
    expect(parsePlayers(text, eleven)).toEqual(control);
  });

  test.each(["", "11", "-1", "1.5", "1,1", "one", "1,", "01", "NaN", "count:0", "count:12", "count:"])(
    "--players %j is refused",
    (text) => {
      expect(() => parsePlayers(text, eleven)).toThrow(expect.objectContaining({ code: "play/players" }));
    },
  );

  test("each side has places of its own", () => {
    const scenario = loadScenario("academy_3_vs_1_with_keeper");
    expect(parsePlayers("3", scenario)).toEqual([3]);
    expect(() => parsePlayers("3", scenario, "right")).toThrow(/on the right .* places 0, 1 /);
  });

  test("a player whom the scenario keeps for itself cannot be controlled", () => {
    const players = eleven.left.players.map((player, i) => ({ ...player, controllable: i !== 0 }));
    const kept = { ...eleven, left: { ...eleven.left, players } };
    expect(() => parsePlayers("0", kept)).toThrow(/places 1, 2/);
  });
});

describe("the set of actions", () => {
  test.each([
    [undefined, [], "default"],
    ["semantic", [parsePolicy("random"), undefined], "semantic"],
    ["full", [parsePolicy("scripted"), parsePolicy("idle")], "full"],
    [undefined, [only("simple"), parsePolicy("random")], "simple"],
    [undefined, [parsePolicy("scripted"), only("continuous", "full")], "full"],
    [undefined, [parsePolicy("scripted"), only("semantic")], "semantic"],
  ] as const)("%s is asked for: %#", (asked, policies, set) => {
    expect(chooseActions(asked, ...policies)).toBe(set);
  });

  test("the built-in player says sentences where those are played with, and wins by them", async () => {
    const sink = listSink();
    const { end } = await playEpisode(
      { scenario: drill, left: parsePolicy("scripted"), actions: "semantic", sink },
      1,
    );
    expect(end.score).toEqual([1, 0]);
    const said = sink.records.flatMap((record) => (record.kind === "step" ? record.actions : []));
    expect(said).toContain("shoot");
  });

  test.each([
    ["semantics", [], "action/set", /Did you mean "semantic"\?/],
    [
      "continuous",
      [undefined, parsePolicy("scripted:0.5")],
      "policy/actions",
      /"scripted:0.5" .* "continuous".*full/,
    ],
    ["full", [only("simple")], "policy/actions", /"simple" cannot play with the actions "full"/],
    [undefined, [only("simple"), only("full")], "policy/actions", /"simple" .* and "full" .* in common/],
  ] as const)("%s is refused: %#", (asked, policies, code, message) => {
    expect(() => chooseActions(asked, ...policies)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });

  test.each(ACTION_SETS)("%s is played by both sides, each with its own space", async (actions) => {
    const { end, decisions } = await playEpisode(
      {
        scenario: eleven,
        actions,
        left: parsePolicy("random"),
        right: parsePolicy("random"),
        players: { count: 3 },
        opponentPlayers: [0, 9],
      },
      2,
    );
    expect({ steps: end.steps, decisions }).toEqual({ steps: 30, decisions: 150 });
  });

  test.each(["default", "full", "simple"] as const)(
    "scripted scores with the buttons of %s",
    async (actions) => {
      let goals = 0;
      for (let seed = 0; seed < 5; seed++) {
        const setup = {
          scenario: loadScenario("academy_empty_goal_close"),
          left: parsePolicy("scripted"),
          actions,
        };
        goals += (await playEpisode(setup, seed)).end.score[0];
      }
      expect(goals).toBeGreaterThan(3);
    },
  );

  test("in which a policy cannot play is refused before anything is played", async () => {
    const setup = { scenario: drill, left: parsePolicy("scripted"), actions: "continuous" } as const;
    await expect(MatchRunner.make(setup)).rejects.toMatchObject({ code: "policy/actions" });
  });
});
