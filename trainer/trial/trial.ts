/** @file A scenario tried by play: who wins it how often, and whether anything is wrong with it. */
import { MatchRunner, opponentOf } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import { TouchlineError } from "../../env/error.ts";
import type { Check, Scenario } from "../../env/football/index.ts";
import { levelOf } from "../../scenarios/index.ts";
import { type Rate, wilson } from "../statistics/index.ts";
import { searchWin } from "./search.ts";
import { startProblems } from "./start.ts";

const POLICIES = ["scripted", "random"] as const;

/** Steps for which the ball may lie within `STILL_CENTIMETRES` while it is in play: 20 seconds. */
const STUCK_STEPS = 200;
const STILL_CENTIMETRES = 10;

/** What luck wins more often than this teaches nothing. */
const LUCK = 0.1;

export interface Trial {
  /** Episodes that were won, by the policy that played them; those of a level under "policy@level". */
  won: Record<string, Rate>;
  /** One sentence each; none when the scenario is fit to train on. */
  problems: string[];
}

/**
 * Plays `episodes` with `scripted`, `random` and each policy of the scenario's checks, of the seeds from 0, with its
 * variation when it has one. @throws TouchlineError `policy/...` for a check's policy that there is not.
 */
export async function tryScenario(scenario: Scenario, episodes: number): Promise<Trial> {
  const { checks = [] } = scenario;
  const problems = startProblems(scenario);
  const won: Trial["won"] = {};
  const tryOnce = async (policy: string, level: number | undefined): Promise<Rate> => {
    const name = nameOf(policy, level);
    const played = level === undefined ? scenario : levelOf(scenario, `${level}`);
    return (won[name] ??= await tryPolicy(played, policy, episodes, problems));
  };
  for (const policy of POLICIES) await tryOnce(policy, undefined);
  for (const { policy, level } of checks) await tryOnce(policy, level);
  const isUnwon = Object.entries(won).every(([name, { k }]) => name.startsWith("random") || k === 0);
  if (isUnwon && episodes > 0) {
    const { won: can, playouts } = await searchWin(scenario);
    if (!can)
      problems.push(`Nobody has won it: neither a policy nor a search of ${playouts} ways to play on.`);
  }
  return {
    won,
    problems: [...problems, ...luckProblems(won["random"]!, checks), ...checkProblems(won, checks)],
  };
}

function nameOf(policy: string, level: number | undefined): string {
  return level === undefined ? policy : `${policy}@${level}`;
}

async function tryPolicy(
  scenario: Scenario,
  name: string,
  episodes: number,
  problems: string[],
): Promise<Rate> {
  const other = opponentOf(scenario);
  const runner = await MatchRunner.make({
    scenario,
    left: parsePolicy(name),
    right: other === undefined ? undefined : parsePolicy(other),
    vary: scenario.variation !== undefined,
  });
  let wins = 0;
  try {
    for (let seed = 0; seed < episodes; seed++) {
      const { isWon, isStuck } = await play(runner, seed);
      if (isWon) wins++;
      if (isStuck)
        problems.push(`The ball sticks with ${name} and seed ${seed}: it lies for ${STUCK_STEPS} steps.`);
    }
  } catch (error) {
    if (!(error instanceof TouchlineError)) throw error;
    problems.push(`It does not end with ${name}: ${error.message}`);
  } finally {
    await runner.close();
  }
  return wilson(wins, episodes);
}

async function play(runner: MatchRunner, seed: number): Promise<{ isWon: boolean; isStuck: boolean }> {
  await runner.start(seed);
  let [x, y, still, longest] = [Infinity, Infinity, 0, 0];
  while (!runner.over) {
    await runner.advance();
    const { ball } = runner.env.scene();
    if (Math.hypot(ball.x - x, ball.y - y) > STILL_CENTIMETRES) [x, y, still] = [ball.x, ball.y, 0];
    longest = Math.max(longest, ++still);
  }
  return { isWon: runner.info.result === "success", isStuck: longest >= STUCK_STEPS };
}

function luckProblems(random: Rate, checks: readonly Check[]): string[] {
  // Whoever says how much luck may win has thought of it.
  if (checks.some(({ policy, level }) => policy === "random" && level === undefined)) return [];
  if (random.n === 0 || random.low <= LUCK) return [];
  return [`Random wins ${random.k} of ${random.n}; expected a tenth at most.`];
}

/** A check fails where its bound lies outside the 95 % interval of what was played. */
function checkProblems(won: Trial["won"], checks: readonly Check[]): string[] {
  return checks.flatMap(({ policy, level, atLeast = 0, atMost = 1 }) => {
    const name = nameOf(policy, level);
    const { n, k, low, high } = won[name]!;
    if (n === 0 || (high >= atLeast && low <= atMost)) return [];
    const bound = high < atLeast ? `at least ${percent(atLeast)}` : `at most ${percent(atMost)}`;
    return [`${name} wins ${k} of ${n}, by 95 % ${percent(low)} to ${percent(high)} %; expected ${bound} %.`];
  });
}

function percent(share: number): number {
  return Math.round(share * 100);
}
