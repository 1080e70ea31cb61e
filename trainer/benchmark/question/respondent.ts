/** @file Who answers the questions: `dir:FOLDER`, `nano` or `openai:MODEL@URL`, as policies are written elsewhere. */
import { existsSync } from "node:fs";
import { TouchlineError } from "../../../env/error.ts";
import { type Answerer, folderAnswerer, serverAnswerer } from "../../../agent/answerer/index.ts";
import type { Device } from "../../../agent/graph/index.ts";
import { readConfig } from "../../../agent/model/index.ts";
import { parsePolicy, SHIPPED_MODEL } from "../../../agent/policy/index.ts";
import {
  hasStyle,
  loadPrompt,
  type PlayStyle,
  readStyle,
  STYLE_FILE,
} from "../../../agent/protocol/index.ts";
import { sha256OfPath } from "../index.ts";
import type { ModelIdentity } from "./record.ts";

/** For a chain of thought, where no folder says otherwise. */
const MOST_TOKENS = 2048;

/** A long answer of a busy server takes its time, and one that is lost is asked for again by hand. */
const SERVER = { timeoutSeconds: 600, retries: 6 };

export interface Respondent {
  answerer: Answerer;
  identity: ModelIdentity;
  /** Of an answer, unless somebody says otherwise. */
  maxTokens: number;
  stop: readonly string[];
  /** How a folder says that its model plays; undefined where nothing says so. */
  style: PlayStyle | undefined;
  /** Whether it is asked over a network. */
  isServer: boolean;
}

export interface RespondentOptions {
  device?: Device;
  timeoutSeconds?: number;
}

/** Those who have no words. */
const PLAYERS: ReadonlySet<string> = new Set(["random", "idle", "scripted", "human", "replay"]);

/** Opens nothing yet, but reads the weights of a folder for their hash. @throws TouchlineError `bench/policy`, `policy/...`, `model/...`. */
export async function respondentOf(policy: string, options: RespondentOptions = {}): Promise<Respondent> {
  const colon = policy.indexOf(":");
  const [kind, argument] = colon < 0 ? [policy, ""] : [policy.slice(0, colon), policy.slice(colon + 1)];
  if (PLAYERS.has(kind)) {
    throw new TouchlineError(
      "bench/policy",
      `The policy "${policy}" plays football but answers no questions; give dir:FOLDER, nano or openai:MODEL@URL.`,
    );
  }
  parsePolicy(policy);
  if (kind === "dir") return folderRespondent(argument, policy, options);
  if (kind === "nano") {
    if (!existsSync(SHIPPED_MODEL)) throw noNano();
    return folderRespondent(SHIPPED_MODEL, policy, options);
  }
  return serverRespondent(argument, options);
}

function noNano(): TouchlineError {
  return new TouchlineError(
    "bench/policy",
    "The weights of nano are not in this installation; say who answers by --policy dir:FOLDER or openai:MODEL@URL.",
  );
}

async function folderRespondent(
  directory: string,
  name: string,
  { device = "cpu" }: RespondentOptions,
): Promise<Respondent> {
  readConfig(directory);
  const style = hasStyle(directory) ? readStyle(directory) : undefined;
  const closes = style !== undefined && loadPrompt(style.prompt).answer === "think-answer";
  return {
    answerer: folderAnswerer(directory, { device }, name),
    identity: { weights: await sha256OfPath(directory, isOfModel), device },
    maxTokens: style?.maxTokens ?? MOST_TOKENS,
    stop: closes ? ["</answer>"] : [],
    style,
    isServer: false,
  };
}

/** Files of a folder that answers follow from; others are about play, or for other programs. */
function isOfModel(name: string): boolean {
  return /^[^/\\]+\.(?:safetensors|json|jinja|txt)$/.test(name) && name !== STYLE_FILE;
}

function serverRespondent(argument: string, { timeoutSeconds }: RespondentOptions): Respondent {
  const [, model, url] = /^(.+)@(https?:\/\/.+)$/.exec(argument)!;
  const answerer = serverAnswerer(model!, new URL(url!), {
    ...SERVER,
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  });
  return {
    answerer,
    identity: { server: answerer.name },
    maxTokens: MOST_TOKENS,
    stop: [],
    style: undefined,
    isServer: true,
  };
}
