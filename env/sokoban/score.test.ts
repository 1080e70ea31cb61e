/** @file Scores and training rewards, against numbers worked out by hand from MageBench's and LMM-R1's published code. */
import { describe, expect, test } from "vitest";
import { readGlobalAnswer, readLmmR1Answer, readOnlineAnswer } from "./answer.ts";
import { makeSokoban } from "./env.ts";
import { generateLevel } from "./generate.ts";
import { lmmR1Reward } from "./lmm-r1.ts";
import type { Move } from "./rules.ts";
import { magebenchScore, playPlan, returnBound } from "./score.ts";
import { solve } from "./solver/index.ts";
import { readXsb } from "./xsb.ts";

function corridor(inside: string): string {
  const wall = "#".repeat(inside.length + 2);
  return `${wall}\n#${inside}#\n${wall}`;
}

/** Two pushes to the right, three steps: the shortest solution is worth 10 + 1 - 0.3. */
const one = readXsb(corridor("@ $ ."));
const two = readXsb("#######\n#  .  #\n#  $  #\n#  @$.#\n#######");

const times = (count: number, ...moves: Move[]): Move[] => Array.from({ length: count }, () => moves).flat();

describe("a plan in one answer", () => {
  test.each<[what: string, plan: Move[], steps: number, solved: boolean, total: number, best: number]>([
    ["nothing", [], 0, false, 0, 0],
    ["against the wall", times(4, "left"), 4, false, -0.4, 0],
    ["the shortest solution", times(3, "right"), 3, true, 10.7, 10.7],
    [
      "with a detour, and what comes after the end is not played",
      ["right", "left", ...times(9, "right")],
      5,
      true,
      10.5,
      10.5,
    ],
    ["too late", [...times(118, "left"), ...times(3, "right")], 120, false, -12, 0],
    ["in the last step", [...times(117, "left"), ...times(3, "right")], 120, true, -1, 0],
  ])("%s", (_, plan, steps, solved, total, best) => {
    expect(playPlan(one, plan)).toMatchObject({ steps, solved, return: total, bestReturn: best });
  });

  test("keeps the best return when a box is pushed on", () => {
    const open = readXsb(corridor("@$. $."));
    const { return: total, bestReturn } = playPlan(open, times(2, "right"));
    expect({ total, bestReturn }).toEqual({ total: -0.2, bestReturn: 0.9 });
  });
});

describe("MageBench's score", () => {
  test("of the shortest solution is 100, of doing nothing 100 - 5 x bound", () => {
    let detours = 0;
    for (let seed = 0; seed < 15; seed++) {
      const { level, solution: own } = generateLevel("small-v1", seed);
      const solution = solve(level);
      const bound = returnBound(level, solution)!;
      const best = solution.status === "solved" ? solution.plan : [];
      expect(bound).toBeCloseTo(10 + 3 - 0.1 * best.length, 10);
      expect(magebenchScore(playPlan(level, best).bestReturn, bound)).toBe(100);
      expect(magebenchScore(0, bound)).toBeCloseTo(100 - 5 * bound, 10);
      // Longer ones are worth less at the end than they were on the way.
      if (own.length > 110) continue;
      detours++;
      const score = magebenchScore(playPlan(level, own).bestReturn, bound);
      expect(score).toBe(100 - (own.length - best.length) / 2);
    }
    expect(detours).toBeGreaterThan(5);
  });

  test.each([
    [0, 11.7, 41.5],
    [0, 11.8, 41],
    [0.8, 11.7, 45.5],
    [10.3, 11.7, 93],
    [11.7, 11.7, 100],
  ])("of a best return of %d against a bound of %d is %d", (best, bound, score) => {
    expect(magebenchScore(best, bound)).toBe(score);
  });

  test("against an unproven solution is against a bound that is not too low, against none there is none", () => {
    const { level } = generateLevel("v1", 3);
    const proven = returnBound(level, solve(level))!;
    expect(returnBound(level, solve(level, { nodes: 50 }))).toBeGreaterThanOrEqual(proven);
    const stuck = readXsb(corridor("$ @."));
    expect(returnBound(stuck, solve(stuck))).toBeUndefined();
  });

  test("is the same step by step: the env's best return is that of the plan", async () => {
    const env = await makeSokoban({ size: "small-v0" });
    for (let seed = 0; seed < 5; seed++) {
      env.reset({ seed });
      const { solution } = generateLevel("small-v0", seed);
      const last = solution
        .slice(0, 120)
        .map((move) => env.step(move))
        .at(-1)!;
      const played = playPlan(env.level, solution);
      expect(last.info).toMatchObject({
        return: played.return,
        bestReturn: played.bestReturn,
        step: played.steps,
      });
    }
  });
});

describe("answers", () => {
  test.each<[string, Move[]]>([
    ["### Analyze\nleft first.\n### Actions\nLeft, Right,Up ,Down", ["left", "right", "up", "down"]],
    ["Left, up, Right, Restart, Down.", ["left", "right"]],
    ["### Actions Up, Up\n### Actions Down", ["up", "up"]],
    ["I do not know", []],
  ])("Global: %j", (answer, moves) => {
    expect(readGlobalAnswer(answer)).toEqual(moves);
  });

  test.each<[string, Move | undefined]>([
    ["# analyze\nthe box is above\n# action\nUp", "up"],
    [" Left ", "left"],
    ["# action\nleft", undefined],
    ["# action\nUp, Up", undefined],
    ["", undefined],
  ])("Online: %j", (answer, move) => {
    expect(readOnlineAnswer(answer)).toBe(move);
  });

  test.each<[string, Move[] | undefined]>([
    ["<think>a</think><answer>Left, UP,right</answer>", ["left", "up", "right"]],
    ["so <think>a</think> and <answer> down </answer> done", ["down"]],
    ["<think>a</think><answer>Left, jump</answer>", undefined],
    ["<think>a</think><answer>Left,</answer>", undefined],
    ["<think>a</think><answer></answer>", undefined],
    ["<answer>Left</answer>", undefined],
    ["<think>a</think><answer>Left</answer><answer>Left</answer>", undefined],
    ["<think>a<think></think><answer>Left</answer>", undefined],
  ])("LMM-R1: %j", (response, moves) => {
    expect(readLmmR1Answer(response)?.moves).toEqual(moves);
  });
});

function response(plan: readonly Move[], thought = "x"): string {
  return `<think>${thought}</think><answer>${plan.join(", ")}</answer>`;
}

function words(count: number): string {
  return Array.from({ length: count }, () => "word a").join(" ");
}

describe("LMM-R1's training reward", () => {
  /** Forty moves without a phrase that comes eight times in a row. */
  const varied = times(2, ...times(5, "up", "left"), ...times(5, "down", "right"));

  test.each<[what: string, text: string, format: number, task: number, action: number, thought: number]>([
    ["the wrong form", "Right, Right, Right", 0, 0, 0, 0],
    ["a wrong move", response(["up", "jump" as Move]), 0, 0, 0, 0],
    ["a solution", response(times(3, "right")), 0.5, 10.7, 0.15, 0],
    ["a useless move", response(["up"], "go up now"), 0.5, 0, 0.05, 0.003],
    ["ten words of thought", response(["up"], words(10)), 0.5, 0, 0.05, 0.01],
    ["a thousand words of thought", response(["up"], words(1000)), 0.5, 0, 0.05, 0.2],
    ["seven times the same move", response(times(7, "up")), 0.5, 0, 0.35, 0],
    ["eight times the same move", response(times(8, "up")), 0.5, 0, 0, 0],
    ["eight times a phrase of five", response(times(8, "up", "up", "left", "left", "down")), 0.5, 0, 0, 0],
    ["seven times a phrase of five", response(times(7, "up", "up", "left", "left", "down")), 0.5, 0, 0.95, 0],
    ["a hundred times the same move", response(times(100, "up")), 0.5, 0, 1 - (64 / 9) * 0.2 - 0.2, 0],
    ["forty moves", response(varied), 0.5, 9.4, 1 - (20 / 30) * (20 / 30) * 0.2, 0],
  ])("of %s", (_, text, format, task, action, thought) => {
    const terms = lmmR1Reward(one, text);
    expect(terms).toMatchObject({ format, task });
    expect(terms.actionLength).toBeCloseTo(action, 10);
    expect(terms.thoughtLength).toBeCloseTo(thought, 10);
    expect(terms.total).toBeCloseTo(terms.task + terms.format + terms.actionLength + terms.thoughtLength, 10);
  });

  test("without the length bonuses is task and format alone", () => {
    const text = response(times(3, "right"), words(100));
    expect(lmmR1Reward(one, text, { lengthBonuses: false })).toEqual({
      total: 11.2,
      format: 0.5,
      task: 10.7,
      actionLength: 0,
      thoughtLength: 0,
    });
  });

  test("counts the best return within 50 moves, wherever the plan goes then", () => {
    // One box of two on its target, then about; the other is never touched.
    expect(lmmR1Reward(two, response(["up", ...times(30, "down", "left")])).task).toBe(0.9);
    expect(lmmR1Reward(one, response([...times(47, "left"), ...times(3, "right")])).task).toBe(6);
    expect(lmmR1Reward(one, response([...times(48, "left"), ...times(3, "right")])).task).toBe(0);
  });
});
