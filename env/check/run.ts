/** @file Runs the checks, each on fresh envs, so that one broken thing is told once and hides nothing else. */
import { TouchlineError, unknownName } from "../error.ts";
import { MASK_CHECKS } from "./mask.ts";
import { type CheckedEnv, Complaint, type Trial } from "./probe.ts";
import { RESET_CHECKS } from "./reset.ts";
import { SNAPSHOT_CHECKS } from "./snapshot.ts";
import { SPACE_CHECKS } from "./spaces.ts";
import { STEP_CHECKS } from "./step.ts";

export interface Check {
  name: string;
  /** What is so when there is nothing to complain of, one sentence. */
  holds: string;
  /** What it complains of is a matter of taste. */
  warns?: boolean;
  /** The first thing that is not so, as a sentence. May throw, which is a complaint as well. */
  complain(trial: Trial): Promise<string | undefined>;
}

export interface CheckResult {
  /** Stable, for example `reset-seed`. */
  check: string;
  ok: boolean;
  /** There for an env that works, but would be better otherwise. */
  warning?: true;
  /** What holds, or what does not; one sentence. */
  message: string;
}

export interface CheckOptions {
  /** Steps of random actions in each check (40). */
  steps?: number;
  /** Steps within which an episode must end (10,000). */
  mostSteps?: number;
  /** Draws the actions (0). */
  seed?: number;
  /** Names of the checks to run (all of `CHECK_NAMES`). */
  only?: readonly string[];
}

const CHECKS: readonly Check[] = [
  ...SPACE_CHECKS,
  ...RESET_CHECKS,
  ...STEP_CHECKS,
  ...SNAPSHOT_CHECKS,
  ...MASK_CHECKS,
];

/** Every check, in the order of the results. */
export const CHECK_NAMES: readonly string[] = CHECKS.map(({ name }) => name);

/**
 * Holds an env against the contract of `Env`: any game's, and any wrapper's.
 * @param make gives a fresh env at each call; the checks close what they got.
 * @throws TouchlineError `check/unknown` for a name in `only` that there is not.
 */
export async function checkEnv(
  make: () => CheckedEnv | Promise<CheckedEnv>,
  { steps = 40, mostSteps = 10_000, seed = 0, only = CHECK_NAMES }: CheckOptions = {},
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const name of only) {
    const check = CHECKS.find((one) => one.name === name);
    if (check === undefined)
      throw new TouchlineError("check/unknown", unknownName("check", name, CHECK_NAMES));
    results.push(await runCheck(check, make, { steps, mostSteps, seed }));
  }
  return results;
}

async function runCheck(
  check: Check,
  make: () => CheckedEnv | Promise<CheckedEnv>,
  options: Omit<Trial, "make">,
): Promise<CheckResult> {
  const { name, holds, warns } = check;
  const open: CheckedEnv[] = [];
  const trial: Trial = {
    ...options,
    async make() {
      const env = await make();
      open.push(env);
      return env;
    },
  };
  try {
    const complaint = await check.complain(trial);
    if (complaint === undefined) return { check: name, ok: true, message: holds };
    return warns
      ? { check: name, ok: true, warning: true, message: complaint }
      : { check: name, ok: false, message: complaint };
  } catch (error) {
    if (error instanceof Complaint) return { check: name, ok: false, message: error.message };
    const said = error instanceof Error ? error.message : String(error);
    return { check: name, ok: false, message: `The env threw "${said}" where no error was expected.` };
  } finally {
    for (const env of open) closeQuietly(env);
  }
}

/** Whether `close` works is a check of its own. */
function closeQuietly(env: CheckedEnv): void {
  try {
    env.close();
  } catch {
    // Told by the check "close".
  }
}
