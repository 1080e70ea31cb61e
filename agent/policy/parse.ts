/** @file From what stands behind `--policy` to a policy. */
import { TouchlineError, unknownName } from "../../env/error.ts";
import { idlePolicy } from "./idle.ts";
import type { Policy } from "./policy.ts";
import { randomPolicy } from "./random.ts";
import { replayPolicy } from "./replay.ts";
import { scriptedPolicy } from "./scripted.ts";

/** How each policy is written, for help texts. */
export const POLICY_FORMS = ["random", "idle", "scripted[:DIFFICULTY]", "replay:FILE"] as const;

type Make = (argument: string | undefined) => Policy;

const MAKERS: Readonly<Record<string, Make>> = {
  random: plain("random", randomPolicy),
  idle: plain("idle", idlePolicy),
  scripted: (argument) => scriptedPolicy(parseDifficulty(argument)),
  replay: (argument) => replayPolicy(requireFile(argument)),
};

const LATER: ReadonlySet<string> = new Set(["nano", "dir", "openai", "human"]);

/**
 * A new policy of `NAME` or `NAME:ARGUMENT`.
 * Throws `policy/unknown`, `policy/not-yet`, `policy/argument`, `policy/difficulty` or `policy/file`.
 */
export function parsePolicy(spec: string): Policy {
  const colon = spec.indexOf(":");
  const name = colon === -1 ? spec : spec.slice(0, colon);
  const argument = colon === -1 ? undefined : spec.slice(colon + 1);
  if (LATER.has(name)) {
    throw new TouchlineError(
      "policy/not-yet",
      `The policy "${name}" is not yet in this version; expected one of: ${POLICY_FORMS.join(", ")}.`,
    );
  }
  const make = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined;
  if (make === undefined) {
    throw new TouchlineError("policy/unknown", unknownName("policy", name, Object.keys(MAKERS)));
  }
  return make(argument);
}

function plain(name: string, make: () => Policy): Make {
  return (argument) => {
    if (argument === undefined) return make();
    throw new TouchlineError(
      "policy/argument",
      `The policy "${name}" takes no argument; write just "${name}".`,
    );
  };
}

function parseDifficulty(argument: string | undefined): number {
  if (argument === undefined) return 1;
  const difficulty = /^\d*\.?\d+$/.test(argument) ? Number(argument) : Number.NaN;
  if (difficulty >= 0 && difficulty <= 1) return difficulty;
  throw new TouchlineError(
    "policy/difficulty",
    `The difficulty "${argument}" is not a number from 0 to 1; write for example "scripted:0.5".`,
  );
}

function requireFile(argument: string | undefined): string {
  if (argument) return argument;
  throw new TouchlineError("policy/argument", 'The policy "replay" needs a file; write "replay:FILE.jsonl".');
}
