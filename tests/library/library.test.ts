/** @file The package as others have it: packed, installed into an empty project, compiled against and run. */
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installPackage, type Project, ROOT, watch } from "./project.ts";

const README = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, "README.md"), "utf8"))?.[1] ?? "";

const MODEL = join(ROOT, "tests/reference/fixtures/tied/model");

/** Every door, and episodes on worker threads. */
const DOORS = `
import { encodePng, openModel, parsePolicy } from "touchline/agent";
import { checkEnv, makeEnv, type Scenario, TouchlineError } from "touchline/env";
import { listScenarios, loadScenario, validateScenario } from "touchline/scenarios";
import { Actors, drawQuestions, leaveOneOut, makeVectorEnv, rollout, ruleReward, wilson } from "touchline/trainer";

const scenario: Scenario = loadScenario("academy_empty_goal_close");
const env = await makeEnv(validateScenario(scenario), { observation: "frame" });
const frames = env.reset({ seed: 1 }).observation;
const task = { scenario, policy: parsePolicy("scripted") && "scripted", opponent: undefined, vary: true };
const { episodes } = await rollout({ ...task, players: undefined, record: undefined }, { seeds: [1, 2, 3, 4], workers: 2 });
const vector = await makeVectorEnv(scenario, { numEnvs: 3, workers: 2 });
vector.reset({ seed: 5 });
const { rewards } = vector.step([5, 5, 5]);
vector.close();
const checks = await checkEnv(() => makeEnv(scenario), { steps: 5 });
const model = await openModel(${JSON.stringify(MODEL)});
const messages = [{ role: "user", content: "Who has it?" }];
const [answers] = await model.generate([{ messages, seeds: [1, 2], temperature: 1, maxTokens: 3 }]);
await model.close();
const [question] = drawQuestions(undefined, { arithmetic: 1 }, 1, 1);
const response = "<think>Let me add them up.</think><answer>" + question!.gold + "</answer>";
const { reward } = await ruleReward({ response, gold: question!.gold });
const sampler = { threads: 1, batchSize: 2, maxTokens: 3, temperature: 1, topP: 1, stop: [] };
const actors = new Actors({ sampler, profile: "guarded" }, 1);
const chat = { messages };
const job = { kind: "rows", rows: [{ chat, golds: ["Seven."] }], samples: 2, chance: 1 } as const;
const [acted] = await actors.act({ directory: ${JSON.stringify(MODEL)}, step: 0 }, [job]);
await actors.close();
let code = "none";
try {
  loadScenario("academy_empty_gaol");
} catch (error) {
  if (error instanceof TouchlineError) code = error.code;
}
console.log(JSON.stringify({
  scenarios: listScenarios().length,
  png: Array.isArray(frames) && "data" in frames[0]! ? [...(await encodePng(frames[0])).slice(1, 4)] : [],
  episodes: episodes.length,
  rewards: rewards.length,
  unsound: checks.filter(({ ok }) => !ok).length,
  rate: wilson(3, 4).mean,
  parameters: model.info.parameters,
  tokens: answers!.map(({ tokens }) => tokens.length),
  reward,
  advantages: leaveOneOut([1, 0]),
  sampled: acted!.groups[0]!.map(({ tokens }) => tokens.length),
  code,
}));
`;

let project: Project;
beforeAll(async () => {
  project = await installPackage();
  await project.compile({ "readme.ts": README, "doors.ts": DOORS });
}, 240_000);
afterAll(() => project?.remove());

test("the TypeScript of README.md compiles strictly against the package's types and plays an episode", async () => {
  const printed = await project.node("readme.js");
  expect(printed).toMatch(/width: 448/);
  expect(printed).toMatch(/[0-9a-f]{16}\n$/);
});

test("every door opens, with scenario files, images and worker threads behind it", async () => {
  const printed: unknown = JSON.parse(await project.node("doors.js"));
  expect(printed).toEqual({
    scenarios: expect.toSatisfy((count: number) => count >= 18),
    // "PNG"
    png: [0x50, 0x4e, 0x47],
    episodes: 4,
    rewards: 3,
    unsound: 0,
    rate: 0.75,
    parameters: 142_696,
    tokens: [3, 3],
    reward: 1.5,
    advantages: [1, -1],
    sampled: [3, 3],
    code: "scenario/unknown",
  });
});

test("what is no door stays shut", async () => {
  await expect(project.compile({ "past.ts": 'import "touchline/env/football/env.ts";' })).rejects.toThrow(
    /past\.ts.*Cannot find/,
  );
});

test("npx touchline doctor runs from the package and tells its version", async () => {
  const { versions } = JSON.parse(await project.touchline("doctor", "--json"));
  expect(versions.touchline).toBe(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).version);
});

test("touchline model runs from the package, its thread included", async () => {
  const input = join(project.folder, "chat.json");
  writeFileSync(input, JSON.stringify({ messages: [{ role: "user", content: "Who has it?" }] }));
  const info = JSON.parse(await project.touchline("model", "info", MODEL, "--json"));
  expect(info.parameters).toBe(142_696);
  const { shape, logits } = JSON.parse(
    await project.touchline("model", "logits", MODEL, "--input", input, "--json"),
  );
  expect(shape).toEqual([1, 480]);
  expect(logits[0]).toHaveLength(480);
});

test("touchline train runs from the package, with the recipe and the thread that it brings", async () => {
  const printed = await project.touchline("train", "--recipe", "sft-example", "--model", MODEL, "--json");
  const { directory, checkpoint, stepsDone } = JSON.parse(printed);
  expect(stepsDone).toBe(20);
  expect(directory).toBe(join(project.folder, "runs/sft-example"));
  expect(existsSync(join(checkpoint, "model.safetensors"))).toBe(true);
});

test("touchline watch serves the page that the package brings, without a bundler", async () => {
  expect(existsSync(join(project.folder, "node_modules", "vite"))).toBe(false);
  const { url, command } = await watch(project);
  try {
    const page = await (await fetch(url)).text();
    const script = /src="([^"]+\.js)"/.exec(page)?.[1] ?? "no script";
    expect((await fetch(new URL(script, url))).status).toBe(200);
  } finally {
    command.kill();
    await once(command, "exit");
  }
});
