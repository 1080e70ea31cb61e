/** @file A person's hands as actions of each set, and a match in which he takes a player over and gives him back. */
import { expect, test } from "vitest";
import { MatchRunner } from "../../agent/match/index.ts";
import {
  AT_REST,
  type Hands,
  humanPolicy,
  parsePolicy,
  type Press,
  type SeeingPolicy,
} from "../../agent/policy/index.ts";
import { type DecisionRecord, readEpisode, verifyEpisode, writeLine } from "../../env/episode/index.ts";
import type { EpisodeRecord, EpisodeSink } from "../../env/episode/index.ts";
import { type Action, type ActionSet, checkAction, makeEnv } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";

const RIGHT: Hands = { ...AT_REST, direction: 5 };
const LEFT: Hands = { ...AT_REST, direction: 1 };
const UP_LEFT: Hands = { ...AT_REST, direction: 2, sprint: true };
type Moves = readonly (readonly [Hands, Press?] | null)[];

/** What is played when his hands do this, one entry a step; null is no news. */
async function played(set: ActionSet, moves: Moves, started = true): Promise<Action[]> {
  const policy = humanPolicy((direction) => (direction === 5 ? 9 : undefined));
  if (started) await policy.start({ seed: 0, side: "left", goal: "" });
  const actions: Action[] = [];
  for (const move of moves) {
    if (move !== null) policy.use(...move);
    const space = { kind: "discrete", n: 19 } as const;
    const { action } = await policy.decide({
      place: 0,
      step: 0,
      set,
      space,
      frame: () => expect.unreachable(),
    });
    checkAction(set, action);
    actions.push(action);
  }
  return actions;
}

test.each<[string, ActionSet, Moves, Action[]]>([
  ["nobody is idle", "default", [null, null], ["idle", "idle"]],
  [
    "a direction is held by the game",
    "default",
    [[RIGHT], null, [AT_REST]],
    ["right", "idle", "release_direction"],
  ],
  [
    "a pass waits for its direction",
    "default",
    [[RIGHT, "short_pass"], null, null],
    ["right", "short_pass", "idle"],
  ],
  ["sprint comes after", "default", [[UP_LEFT, "shot"], null, null], ["top_left", "shot", "sprint"]],
  ["a press counts once", "full", [[AT_REST, "shot"], null], ["shot", "idle"]],
  [
    "sprint and dribble are let go",
    "default",
    [[{ direction: 0, sprint: true, dribble: true }], null, [AT_REST], null, null],
    ["sprint", "dribble", "release_sprint", "release_dribble", "idle"],
  ],
  ["simple holds until idle", "simple", [[RIGHT], null, [AT_REST]], ["right", "right", "idle"]],
  [
    "simple has one kick",
    "simple",
    [
      [RIGHT, "long_pass"],
      [RIGHT, "sliding"],
    ],
    ["kick", "right"],
  ],
  ["sentences run", "semantic", [[UP_LEFT], [AT_REST]], ["sprint top left", "hold"]],
  [
    "sentences pass to whom he looks at",
    "semantic",
    [
      [RIGHT, "short_pass"],
      [RIGHT, "high_pass"],
    ],
    ["pass_to 9", "lob_to 9"],
  ],
  [
    "sentences clear where nobody is",
    "semantic",
    [[LEFT, "short_pass"], [LEFT, "shot"], null],
    ["clear", "shoot", "run left"],
  ],
  [
    "numbers",
    "continuous",
    [[RIGHT], [{ ...RIGHT, sprint: true }], [AT_REST, "shot"], [AT_REST]],
    [
      { direction: [0.75, 0], power: 0, loft: 0, kick: 0 },
      { direction: [1, 0], power: 0, loft: 0, kick: 0 },
      { direction: [1, 0], power: 1, loft: 0.15, kick: 1 },
      { direction: [0, 0], power: 0, loft: 0, kick: 0 },
    ],
  ],
])("%s (%s)", async (_, set, moves, actions) => {
  expect(await played(set, moves)).toEqual(actions);
});

test("who takes over in mid-match first lets go of what the policy may hold", async () => {
  const nothing = Array.from({ length: 7 }, () => null);
  expect(await played("full", nothing, false)).toEqual([
    "release_direction",
    "release_sprint",
    "release_dribble",
    "release_pressure",
    "release_team_pressure",
    "release_keeper_rush",
    "idle",
  ]);
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Lines of an episode file. */
function linesSink(): EpisodeSink & { lines: string[] } {
  const lines: string[] = [];
  const write = (record: EpisodeRecord): void => void lines.push(writeLine(record));
  return {
    lines,
    begin: (header, reset) => [header, reset].forEach(write),
    decision: write,
    step: write,
    end: write,
  };
}

const said = ({ step, place, by }: DecisionRecord) => ({ step, place, by });

test("a person does not wait for a policy that thinks, which is asked again when it has thought", async () => {
  const answers: ((decision: { action: Action; text: string }) => void)[] = [];
  const slow: SeeingPolicy = {
    name: "slow",
    start: () => undefined,
    decide: () => new Promise((resolve) => void answers.push(resolve)),
  };
  const runner = await MatchRunner.make({ scenario: loadScenario("academy_empty_goal"), left: slow });
  await runner.start(1);
  const waiting = runner.advance();
  await until(() => answers.length === 1);
  const person = humanPolicy();
  person.use(RIGHT);
  runner.takeOver(0, person);
  expect(await waiting).toMatchObject({ actions: ["right"], decisions: [{ by: "person" }] });
  expect((await runner.advance()).actions).toEqual(["release_sprint"]);
  runner.giveBack(0);
  for (let i = 0; i < 3; i++) await runner.advance();
  // He is the policy's again, which still thinks about the first question.
  const next = runner.advance();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(answers).toHaveLength(1);
  answers[0]!({ action: "shot", text: "late" });
  await until(() => answers.length === 2);
  answers[1]!({ action: "left", text: "now" });
  expect(await next).toMatchObject({ actions: ["left"], decisions: [{ by: "policy", text: "now" }] });
  await runner.close();
});

test("a person takes over from a policy and gives back; the episode says so, and verifies", async () => {
  const sink = linesSink();
  const scenario = { ...loadScenario("academy_empty_goal"), steps: 60 };
  const runner = await MatchRunner.make({ scenario, left: parsePolicy("random"), sink, hashAll: true });
  await runner.start(3);
  const step = async (): Promise<Action> => (await runner.advance()).actions[0]!;
  for (let i = 0; i < 4; i++) await step();
  const person = humanPolicy();
  runner.takeOver(0, person);
  person.use(RIGHT);
  expect([await step(), await step()]).toEqual(["right", "release_sprint"]);
  const { x } = runner.env.scene().figures[runner.info.controlled[0]!]!;
  for (let i = 0; i < 6; i++) await step();
  expect(runner.env.scene().figures[runner.info.controlled[0]!]!.x).toBeGreaterThan(x + 200);
  runner.giveBack(0);
  expect([await step(), await step(), await step()]).toEqual([
    "release_direction",
    "release_sprint",
    "release_dribble",
  ]);
  expect(typeof (await step())).toBe("number");
  runner.takeOver(0, person);
  while (!runner.over) await step();
  // The person stays for the next episode, from its first step on.
  await runner.start(4);
  person.use(LEFT);
  expect([await step(), await step()]).toEqual(["left", "idle"]);
  await runner.close();

  const end = sink.lines.findIndex((line) => line.includes('"kind":"end"'));
  const first = readEpisode(new TextEncoder().encode(sink.lines.slice(0, end + 1).join("")));
  expect(first.damage).toBeUndefined();
  expect(first.decisions.map(said)).toEqual([
    { step: 5, place: 0, by: "person" },
    { step: 16, place: 0, by: "policy" },
    { step: 17, place: 0, by: "person" },
  ]);
  expect(await verifyEpisode(first, makeEnv)).toMatchObject({ ok: true });
  expect(sink.lines.at(-3)).toContain('"by":"person"');
});
