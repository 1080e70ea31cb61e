/** @file `/get_reward`: OpenRLHF's requests and LMM-R1's, right and wrong answers, and whatever a model may write. */
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { generateLevel, solve, writeXsb } from "../../env/sokoban/index.ts";
import { answerOf } from "../../trainer/sokoban/index.ts";
import { responseOf } from "../../trainer/serve/reward/response.ts";
import { type Serving, startServing } from "./serving.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let server: Serving;
beforeAll(async () => {
  server = await startServing(["--workers", "1"]);
});
afterAll(() => server.stop());

interface Rewards {
  rewards: number[];
  scores: number[];
  format_rewards: number[];
  acc_rewards: number[];
  extra_logs: Record<string, number[]>;
}

async function rewards(body: unknown, query = ""): Promise<Rewards> {
  const text = JSON.stringify(body);
  const response = await fetch(`${server.url}/get_reward${query}`, {
    method: "POST",
    body: text,
    headers: { "content-type": "application/json" },
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Rewards;
}

const PROMPT =
  "<|im_start|>system\nThink.<|im_end|>\n<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>1+1?<|im_end|>\n<|im_start|>assistant\n";
const answered = (answer: string) => `<think>I add one and one.</think><answer>${answer}</answer><|im_end|>`;
const QUERY = PROMPT.replace("<|image_pad|>", "<|image_pad|>".repeat(40));

test("OpenRLHF's way: one sample, the whole text with its tokens, a list comes back", async () => {
  const found = await rewards({ query: [QUERY + answered("$2$")], prompts: [PROMPT], labels: ["2"] });
  expect(found).toEqual({
    rewards: [1.5],
    scores: [1],
    extra_logs: { format: [1], accuracy: [1], unjudged: [0] },
    format_rewards: [1],
    acc_rewards: [1],
  });
  expect(await rewards({ query: [], prompts: [], labels: [] })).toMatchObject({ rewards: [], scores: [] });
});

test("LMM-R1's way: raw messages for prompts, padded rows, a whole rollout at once", async () => {
  const message = JSON.stringify([
    {
      role: "user",
      content: [
        { type: "image", image: "/a.png" },
        { type: "text", text: "1+1?" },
      ],
    },
  ]);
  const pad = "<|endoftext|>";
  const samples = [answered("$2$"), answered("$3$"), "<answer>$2$</answer>", "no"];
  const query = Array.from(
    { length: 1024 },
    (_, i) => pad.repeat(300) + QUERY + samples[i % 4]! + pad.repeat(700),
  );
  const found = await rewards({ query, prompts: query.map(() => message), labels: query.map(() => "2") });
  expect(found.rewards).toHaveLength(1024);
  expect(found.rewards.slice(0, 4)).toEqual([1.5, 0.5, 1, 0]);
  expect(found.rewards.slice(-4)).toEqual([1.5, 0.5, 1, 0]);
  expect(found.format_rewards.slice(0, 4)).toEqual([1, 1, 0, 0]);
});

test("a label may say more: other right answers, who verifies, a place on a frame, a level of Sokoban", async () => {
  const { level } = generateLevel("small-v0", 1);
  const solved = solve(level);
  if (solved.status !== "solved") throw new Error("the level has no solution");
  const plan = `<think>I push the boxes.</think><answer>${answerOf(solved.plan)}</answer>`;
  const cases: [answer: string, label: unknown, reward: number][] = [
    [answered("shot"), { gold: "pass", also: ["shot"], verifier: "exact" }, 1.5],
    [answered("1/2"), JSON.stringify({ gold: "0.5", verifier: "exact" }), 0.5],
    [answered("1/2"), JSON.stringify({ gold: "0.5" }), 1.5],
    [answered("11 20"), { gold: "10 20", shown: "frame" }, 1.5],
    [answered("30 20"), { gold: "10 20", shown: "frame" }, 0.5],
    [answered("2"), 2, 1.5],
    [answered("2"), "", 0],
    [answered("2"), null, 0],
    [answered("2"), { gold: [] }, 0],
    [answered("2"), { sokoban: "no level" }, 0],
    [answered("2"), "{2}", 1.5],
  ];
  const found = await rewards({
    query: cases.map(([answer]) => QUERY + answer),
    prompts: cases.map(() => PROMPT),
    labels: cases.map(([, label]) => label),
  });
  expect(found.rewards).toEqual(cases.map(([, , reward]) => reward));
  const played = await rewards({
    query: [QUERY + plan],
    prompts: [PROMPT],
    labels: [{ sokoban: writeXsb(level) }],
  });
  expect(played.rewards[0]).toBeGreaterThan(10);
  expect(played.acc_rewards).toEqual([1]);
});

test("the address chooses the paper's rule and who verifies", async () => {
  const planted = { query: ["<think>\\boxed{2}</think><answer>no</answer>"], prompts: [""], labels: ["2"] };
  expect((await rewards(planted)).acc_rewards).toEqual([0]);
  expect((await rewards(planted, "?profile=lmm-r1")).acc_rewards).toEqual([1]);
  const half = { query: [answered("1/2")], prompts: [""], labels: ["0.5"] };
  expect((await rewards(half)).acc_rewards).toEqual([1]);
  expect((await rewards(half, "?verifier=exact")).acc_rewards).toEqual([0]);
});

test("only what is no request at all is an error", async () => {
  for (const [body, query] of [
    ["{", ""],
    ["", ""],
    ["[]", ""],
    ["{}", ""],
    ['{"query":"x"}', ""],
    ['{"query":["x"],"prompts":[],"labels":[]}', ""],
    ['{"query":[]}', "?profile=best"],
  ]) {
    const response = await fetch(`${server.url}/get_reward${query}`, { method: "POST", body: body! });
    expect([body, response.status]).toEqual([body, 400]);
    expect(await response.json()).toMatchObject({
      error: expect.any(String),
      code: expect.stringMatching(/^serve\//),
    });
  }
});

test.each([
  [
    "a model that begins its turn anew has not",
    `${QUERY}bad<|im_end|>\n<|im_start|>assistant\n${answered("2")}`,
    PROMPT,
    "bad\n<|im_start|>assistant\n<think>I add one and one.</think><answer>2</answer>",
  ],
  [
    "earlier turns are no part of it",
    `${PROMPT}first<|im_end|>\n<|im_start|>user\nagain<|im_end|>\n<|im_start|>assistant\nlast<|im_end|>`,
    undefined,
    "last",
  ],
  [
    "of a response alone all is the response",
    `bad<|assistant|>${answered("2")}`,
    "",
    "bad<|assistant|><think>I add one and one.</think><answer>2</answer>",
  ],
  ["no template at all", "1+1? two", "1+1?", "two"],
  [
    "another template",
    "<start_of_turn>user\nhi<end_of_turn>\n<start_of_turn>model\nyes<end_of_turn>",
    undefined,
    "yes",
  ],
])("the response in a query: %s", (_, query, prompt, response) => {
  expect(responseOf(query, prompt)).toBe(response);
});
