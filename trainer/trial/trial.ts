/** @file A scenario tried by play: who wins it how often, and whether anything is wrong with it. */
import { MatchRunner } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import { TouchlineError } from "../../env/error.ts";
import type { Scenario } from "../../env/football/index.ts";
import { type Rate, wilson } from "../statistics/index.ts";
import { startProblems } from "./start.ts";

const POLICIES = ["scripted", "random"] as const;

/** Steps for which the ball may lie within `STILL_CENTIMETRES` while it is in play: 20 seconds. */
const STUCK_STEPS = 200;
const STILL_CENTIMETRES = 10;

export interface Trial {
  /** Episodes that the left team won, by the policy that played it. */
  won: Record<(typeof POLICIES)[number], Rate>;
  /** One sentence each; none when the scenario is fit to train on. */
  problems: string[];
}

/** Plays `episodes` with each policy, of the seeds from 0, with the scenario's variation when it has one. */
export async function tryScenario(scenario: Scenario, episodes: number): Promise<Trial> {
  const problems = startProblems(scenario);
  const won = { scripted: wilson(0, 0), random: wilson(0, 0) };
  for (const name of POLICIES) {
    const runner = await MatchRunner.make({
      scenario,
      left: parsePolicy(name),
      vary: scenario.variation !== undefined,
    });
    let wins = 0;
    try {
      for (let seed = 0; seed < episodes; seed++) {
        const { won: isWon, stuck } = await play(runner, seed);
        if (isWon) wins++;
        if (stuck)
          problems.push(`The ball sticks with ${name} and seed ${seed}: it lies for ${STUCK_STEPS} steps.`);
      }
    } catch (error) {
      if (!(error instanceof TouchlineError)) throw error;
      problems.push(`It does not end with ${name}: ${error.message}`);
    } finally {
      await runner.close();
    }
    won[name] = wilson(wins, episodes);
  }
  return { won, problems: [...problems, ...difficultyProblems(won)] };
}

async function play(runner: MatchRunner, seed: number): Promise<{ won: boolean; stuck: boolean }> {
  await runner.start(seed);
  let [x, y, still, longest] = [Infinity, Infinity, 0, 0];
  while (!runner.over) {
    await runner.advance();
    const { ball } = runner.env.scene();
    if (Math.hypot(ball.x - x, ball.y - y) > STILL_CENTIMETRES) [x, y, still] = [ball.x, ball.y, 0];
    longest = Math.max(longest, ++still);
  }
  return { won: runner.info.result === "success", stuck: longest >= STUCK_STEPS };
}

function difficultyProblems({ scripted, random }: Trial["won"]): string[] {
  if (scripted.n === 0) return [];
  const problems = scripted.k === 0 ? ["Nobody has won it: scripted has not in any episode."] : [];
  // A tenth by luck is no harm; what luck wins more often than that teaches nothing.
  if (random.low > 0.1) problems.push(`Random wins ${random.k} of ${random.n}; expected a tenth at most.`);
  return problems;
}
