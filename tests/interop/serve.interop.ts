/** @file Play through `transformers serve`: a real server's requests, streams, errors and texts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { FileSink, playEpisode } from "../../agent/match/index.ts";
import { parsePolicy } from "../../agent/policy/index.ts";
import { type DecisionRecord, readEpisode, verifyEpisode } from "../../env/episode/index.ts";
import { makeEnv } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { fixtureFolder, temporaryFolder } from "./fixture.ts";
import { type ModelServer, serveFolder, servedFolder } from "./serve.ts";

const KEY = "sk-test-never-written-0123456789";
const SEED = 3;
/** Near enough that its words depend on the picture; larger than the model takes, so that both resize it. */
const FRAME = { camera: "ball" } as const;
const SCENARIO = { ...loadScenario("academy_empty_goal"), steps: 30 };

let model = "";
let server: ModelServer | undefined;

beforeAll(async () => {
  model = servedFolder(join(fixtureFolder("tied"), "model"));
  server = await serveFolder(model);
});
afterAll(() => server?.close());

interface Played {
  /** The recorded file. */
  file: string;
  decisions: DecisionRecord[];
  /** What was heard while the answers came. */
  heard: string;
}

/** Three decisions by the policy, recorded, with the key set. */
async function play(policy: string): Promise<Played> {
  vi.stubEnv("TOUCHLINE_API_KEY", KEY);
  try {
    const sink = new FileSink(temporaryFolder());
    const left = parsePolicy(policy, { temperature: 0, maxTokens: 8, server: { retries: 0 } });
    const pieces: string[] = [];
    const onText = (_place: number, piece: string): void => void pieces.push(piece);
    await playEpisode({ scenario: SCENARIO, left, decisionSteps: 10, frame: FRAME, onText, sink }, SEED);
    const file = sink.files[0]!;
    return { file, decisions: readEpisode(readFileSync(file)).decisions, heard: pieces.join("") };
  } finally {
    vi.unstubAllEnvs();
  }
}

async function expectSound({ file }: Played): Promise<void> {
  expect(readFileSync(file, "utf8")).not.toContain(KEY);
  expect(await verifyEpisode(readEpisode(readFileSync(file)), makeEnv)).toMatchObject({
    ok: true,
    steps: 30,
  });
}

describe("transformers serve", () => {
  test("answers each decision, with the words of the same folder without a server", async () => {
    const served = await play(`openai:${model}@${server!.url}`);
    const own = await play(`dir:${model}`);
    expect(served.decisions.map(({ failed }) => failed)).toEqual([undefined, undefined, undefined]);
    // The chats that are compared: goal and actions, pictures, and the answers so far.
    expect(served.decisions.map(seen)).toEqual(own.decisions.map(seen));
    expect(served.decisions.map(({ text }) => text)).toEqual(own.decisions.map(({ text }) => whole(text!)));
    for (const { text } of served.decisions) expect(text).not.toBe("");
    expect(served.heard).toBe(served.decisions.map(({ text }) => text).join(""));
    await expectSound(served);
  });

  test("refuses a model that it does not have, and the match goes on", async () => {
    const refused = await play(`openai:other@${server!.url}`);
    for (const { failed, text } of refused.decisions) {
      expect(failed).toMatch(/answered 400: .*Server is pinned to .*; requested 'other'/);
      expect(text).toBeUndefined();
    }
    expect(refused.decisions).toHaveLength(3);
    await expectSound(refused);
  });
});

/** What a decision was made on, and how many tokens that was. */
function seen({ step, prompt, frameHash, promptTokens, answerTokens }: DecisionRecord) {
  return { step, prompt, frameHash, promptTokens, answerTokens };
}

/** The server leaves out the bytes of a last character that is not whole, which we write as U+FFFD. */
function whole(text: string): string {
  return text.replace(/\uFFFD+$/, "");
}
