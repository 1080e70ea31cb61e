import { afterEach, describe, expect, test } from "vitest";
import { serverAnswerer } from "../../agent/answerer/index.ts";
import { wordsPolicy, type WordsOptions } from "../../agent/policy/index.ts";
import { verifyEpisode } from "../../env/episode/index.ts";
import type { DecisionRecord } from "../../env/episode/index.ts";
import { makeEnv, type Scenario } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { rollout, summarise } from "../../trainer/rollout/index.ts";
import { type Behaviour, type FaultyServer, sendAnswer, startServer } from "../answerer/faulty-server.ts";
import { record, reread } from "../episode/played.ts";
import { fixtureFolder } from "../reference/fixture.ts";

const KEY = "sk-never-written";
const drill = (steps: number): Scenario => ({ ...loadScenario("academy_empty_goal"), steps });

let server: FaultyServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A policy whose model is this server. */
async function served(behave: Behaviour, options: WordsOptions = {}) {
  server = await startServer(behave);
  const answerer = serverAnswerer("m", server.url, { key: KEY, retries: 0, backOffSeconds: 0.01 });
  return wordsPolicy(answerer, options);
}

/** Answers with these actions in turn, the last one for ever. */
function saying(...actions: readonly string[]): Behaviour {
  return (response, times) =>
    sendAnswer(response, [
      "<think>I see.</think>",
      `<answer>${actions[Math.min(times, actions.length - 1)]}</answer>`,
    ]);
}

function decisionsOf(records: readonly { kind: string }[]): DecisionRecord[] {
  return records.filter((one): one is DecisionRecord => one.kind === "decision");
}

/** The messages of a request, as texts with a * for each picture. */
function messagesOf(request: number): string[] {
  const messages = server!.asked[request]!.body["messages"] as {
    content: string | { type: string; text?: string }[];
  }[];
  return messages.map(({ content }) =>
    typeof content === "string" ? content : content.map((item) => item.text ?? "*").join(""),
  );
}

describe("a policy that plays by words", () => {
  test("does what its answer says, and all of it is kept", async () => {
    const left = await served(saying("right", "sprint"));
    const records = await record({ scenario: drill(2), left, decisionSteps: 1 }, 3);
    const [first, second] = decisionsOf(records);
    expect(first).toMatchObject({
      step: 1,
      place: 0,
      action: "right",
      think: "I see.",
      answer: "right",
      wellFormed: true,
      text: "<think>I see.</think><answer>right</answer>",
      promptTokens: 7,
      answerTokens: 2,
      ageSteps: 0,
      frameHash: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      milliseconds: expect.any(Number) as number,
    });
    expect(second!.action).toBe("sprint");
    expect(messagesOf(0)[0]).toContain("Carry the ball forward");
    expect(messagesOf(1).slice(1)).toEqual([
      "The match begins. Choose your action.",
      "<think>I see.</think><answer>right</answer>",
      "*The match goes on. Choose your action.",
    ]);
  });

  test("is told when its answer says nothing, and nothing is done meanwhile", async () => {
    const left = await served(saying("run fast", "right"));
    const decisions = decisionsOf(await record({ scenario: drill(2), left, decisionSteps: 1 }, 3));
    expect(decisions[0]).toMatchObject({
      action: 0,
      unparsed: true,
      reason: expect.stringContaining("run_fast") as string,
    });
    expect(decisions[1]).toMatchObject({ action: "right" });
    expect(messagesOf(1).at(-1)).toMatch(/^\*Nothing was done: There is no action "run_fast"/);
  });

  test("plays on when its server fails, and its key is nowhere", async () => {
    const left = await served((response, times, { headers }) =>
      times === 0
        ? void response.writeHead(500).end(`no ${headers.authorization}`)
        : saying("right")(response, 1, { headers, body: {} }),
    );
    const records = await record({ scenario: drill(2), left, decisionSteps: 1 }, 3);
    expect(decisionsOf(records)).toMatchObject([
      { action: 0, failed: expect.stringMatching(/answered 500: no Bearer \[key\]/) as string },
      { action: "right" },
    ]);
    expect(JSON.stringify(records)).not.toContain(KEY);
  });

  test("gets the frame and the prompt and nothing else: hidden state changes nothing of what it is asked", async () => {
    const requests: string[] = [];
    for (const difficulty of [0.1, 1]) {
      const scenario = loadScenario("11_vs_11_stochastic");
      // Skill is nowhere to be seen; the seed and the generators differ, too.
      const hidden = { ...scenario, steps: 1, right: { ...scenario.right, difficulty } };
      const left = await served(saying("right"));
      await record({ scenario: hidden, left }, 7);
      requests.push(JSON.stringify(server!.asked[0]!.body));
      await server!.close();
    }
    expect(requests[0]).toBe(requests[1]);
  });
});

describe("a decision", () => {
  test.for<[number, number]>([
    [1, 12],
    [5, 3],
    [100, 1],
  ])("of %i steps is asked for %i times in 12 steps", async ([decisionSteps, times]) => {
    const left = await served(saying("left"));
    const records = await record({ scenario: drill(12), left, decisionSteps }, 3);
    expect(decisionsOf(records)).toHaveLength(times);
  });

  test("lasts as the scenario says, unless the caller says otherwise", async () => {
    const scenario = { ...drill(12), decisionSteps: 4 };
    const counts: number[] = [];
    for (const setup of [{ scenario }, { scenario, decisionSteps: 6 }]) {
      const left = await served(saying("left"));
      counts.push(decisionsOf(await record({ ...setup, left }, 3)).length);
      await server!.close();
    }
    expect(counts).toEqual([3, 2]);
  });

  test("that is asked for again goes on by itself, adaptively", async () => {
    const left = await served(saying("left"));
    const steps = decisionsOf(await record({ scenario: drill(23), left }, 3)).map(({ step }) => step);
    // One step of a new run, then ten for each time that it is asked for again.
    expect(steps).toEqual([1, 2, 12, 22]);
  });

  test("takes effect when it has been thought, in real time, and the last action goes on meanwhile", async () => {
    const left = await served((response, times, asked) => {
      setTimeout(() => saying("right", "left")(response, times, asked), 230);
    });
    const records = await record({ scenario: drill(8), left, decisionSteps: 1, clock: "realtime" }, 3);
    const decisions = decisionsOf(records);
    expect(decisions[0]!.ageSteps).toBeGreaterThanOrEqual(3);
    expect(decisions[0]!.step).toBe(decisions[0]!.ageSteps! + 1);
    const episode = reread(records);
    const played = episode.steps.map(({ actions }) => actions[0]);
    const begun = decisions[0]!.step - 1;
    expect(played.slice(0, begun)).toEqual(Array(begun).fill(0));
    // While it thinks again he runs on.
    expect(played.slice(begun, begun + 3)).toEqual(["right", "right", "right"]);
    expect(await verifyEpisode(episode, makeEnv)).toMatchObject({ ok: true });
  });
});

describe("a model folder", () => {
  const task = {
    scenario: drill(6),
    policy: `dir:${fixtureFolder("tied")}/model`,
    words: { maxTokens: 8, memory: { answers: 0 } },
    decisionSteps: 2,
  };

  test("decides the same seed for seed, however many matches share its batch", async () => {
    const seeds = [1, 2, 3, 4];
    const alone = await rollout(task, { seeds, workers: 1 });
    const together = await rollout(task, { seeds, workers: 1, concurrency: 4 });
    expect(together.failures).toEqual([]);
    const plain = ({ episodes }: typeof alone) =>
      episodes.map((episode) => ({ ...episode, milliseconds: [] }));
    expect(plain(together)).toEqual(plain(alone));
    const summary = await summarise(task, together);
    expect(summary).toMatchObject({ decisions: 12, failed: 0, tokens: { answer: 96 } });
    expect(summary.decisionMilliseconds!.p95).toBeGreaterThan(0);
  });

  test("that is none is told of before anything is played", async () => {
    const { failures } = await rollout({ ...task, policy: "dir:/nowhere" }, { seeds: [1], workers: 1 });
    expect(failures).toMatchObject([{ message: expect.stringContaining("/nowhere") as string }]);
  });
});
