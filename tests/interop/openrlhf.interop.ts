/** @file The rewards of `/get_reward` as OpenRLHF's own client asks for them and reads them. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixtureFolder } from "./fixture.ts";
import { runPython } from "./python.ts";
import { servedForFile } from "./serving.ts";
import { freePort } from "../free-port.ts";

const url = servedForFile();
const MODEL = join(fixtureFolder("tied"), "model");
const PROMPT = "<|im_start|>user\n1+1?<|im_end|>\n<|im_start|>assistant\n";

const response = (answer: string) => `<think>I add one and one.</think><answer>${answer}</answer><|im_end|>`;
const SAMPLES = [
  [PROMPT, "2", response("2")],
  [PROMPT, "2", response("3")],
  [PROMPT, "2", "two"],
];
const EXPECTED = [
  { reward: [1.5], scores: [1], extra_logs: { format: [1], accuracy: [1] } },
  { reward: [0.5], scores: [0], extra_logs: { format: [1], accuracy: [0] } },
  { reward: [0], scores: [0], extra_logs: { format: [0], accuracy: [0] } },
];

test("answers have their rewards in the shape that its trainer reads, from one address and from several in turn", async () => {
  const one = `${url()}/get_reward`;
  const servers = [
    [one],
    [one, `${one}?verifier=exact`],
    [`http://127.0.0.1:${await freePort()}/get_reward`],
  ];
  const [alone, turns, gone] = runPython(
    "reward_openrlhf.py",
    MODEL,
    JSON.stringify(servers),
    JSON.stringify(SAMPLES),
  ) as object[][];
  expect(alone).toMatchObject(EXPECTED);
  expect(turns).toMatchObject(EXPECTED);
  // After five tries it goes on without a reward, on which its trainer breaks: docs/SERVE.md warns of it.
  expect(gone).toEqual(SAMPLES.map(() => ({ reward: null, scores: null, extra_logs: {} })));
});
