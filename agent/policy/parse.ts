/** @file From what stands behind `--policy` to a policy. */
import { fileURLToPath } from "node:url";
import { TouchlineError, unknownName } from "../../env/error.ts";
import { folderAnswerer, serverAnswerer, type ServerOptions } from "../answerer/index.ts";
import type { ModelOptions } from "../model/index.ts";
import { hasStyle, readStyle } from "../protocol/index.ts";
import { humanPolicy } from "./human.ts";
import { idlePolicy } from "./idle.ts";
import type { Policy } from "./policy.ts";
import { randomPolicy } from "./random.ts";
import { replayPolicy } from "./replay.ts";
import { scriptedPolicy } from "./scripted.ts";
import { wordsPolicy, type WordsOptions } from "./words.ts";

/** How each policy is written, for help texts. */
export const POLICY_FORMS = [
  "random",
  "idle",
  "scripted[:DIFFICULTY]",
  "nano",
  "dir:FOLDER",
  "openai:MODEL@URL",
  "replay:FILE",
  "human",
] as const;

/** What those that play by words are told beside their name. */
export interface PolicyOptions extends WordsOptions {
  /** Where a folder's model runs. */
  model?: ModelOptions;
  server?: ServerOptions;
  /** Whether there is a page from which a person can play. */
  people?: boolean;
}

type Make = (argument: string | undefined, options: PolicyOptions) => Policy;

const MAKERS: Readonly<Record<string, Make>> = {
  random: (argument, { offered }) => plain("random", () => randomPolicy(offered))(argument, {}),
  idle: plain("idle", idlePolicy),
  scripted: (argument) => scriptedPolicy(parseDifficulty(argument)),
  replay: (argument) => replayPolicy(requireFile(argument)),
  dir: (argument, options) => folderPolicy(requireFolder(argument), options),
  nano: (argument, options) => {
    if (argument === undefined) return folderPolicy(SHIPPED_MODEL, options, "nano");
    throw noArgument("nano");
  },
  human: (argument, { people }) => {
    const policy = plain("human", humanPolicy)(argument, {});
    if (people) return policy;
    throw new TouchlineError(
      "policy/human",
      'Nobody is there to play as "human"; people take players over from the page of "touchline watch --policy human".',
    );
  },
  openai: (argument, { server, ...options }) => {
    const { model, url } = parseServer(argument);
    return wordsPolicy(serverAnswerer(model, url, server), options);
  },
};

/** The model that ships, and plays where nobody says who does. */
export const SHIPPED_MODEL = fileURLToPath(new URL("../weights/nano", import.meta.url));

/** A model folder plays as its play.json says. */
function folderPolicy(directory: string, { model, ...options }: PolicyOptions, name?: string): Policy {
  const style = hasStyle(directory) ? { style: readStyle(directory) } : {};
  return wordsPolicy(folderAnswerer(directory, model, name), { ...style, ...options });
}

/**
 * A new policy of `NAME` or `NAME:ARGUMENT`.
 * Throws `policy/unknown`, `policy/argument`, `policy/difficulty`, `policy/file`, `policy/human` or
 * `prompt/...`.
 */
export function parsePolicy(spec: string, options: PolicyOptions = {}): Policy {
  const colon = spec.indexOf(":");
  const name = colon === -1 ? spec : spec.slice(0, colon);
  const argument = colon === -1 ? undefined : spec.slice(colon + 1);
  const make = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined;
  if (make === undefined) {
    throw new TouchlineError("policy/unknown", unknownName("policy", name, Object.keys(MAKERS)));
  }
  return make(argument, options);
}

function plain(name: string, make: () => Policy): Make {
  return (argument) => {
    if (argument === undefined) return make();
    throw noArgument(name);
  };
}

function noArgument(name: string): TouchlineError {
  return new TouchlineError(
    "policy/argument",
    `The policy "${name}" takes no argument; write just "${name}".`,
  );
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

function requireFolder(argument: string | undefined): string {
  if (argument) return argument;
  throw new TouchlineError("policy/argument", 'The policy "dir" needs a model folder; write "dir:FOLDER".');
}

/** The model may have an @ of its own, the address begins after the last one that an address follows. */
function parseServer(argument: string | undefined): { model: string; url: URL } {
  const parts = /^(.+)@(https?:\/\/.+)$/.exec(argument ?? "");
  if (parts && URL.canParse(parts[2]!)) {
    const url = new URL(parts[2]!);
    if (url.username === "" && url.password === "") return { model: parts[1]!, url };
    throw new TouchlineError(
      "policy/argument",
      "The address of the server has a user or a password in it; leave it out and set TOUCHLINE_API_KEY.",
    );
  }
  throw new TouchlineError(
    "policy/argument",
    'The policy "openai" needs a model and the address of its server; write for example ' +
      '"openai:Qwen/Qwen2.5-VL-3B-Instruct@http://localhost:8000/v1".',
  );
}
