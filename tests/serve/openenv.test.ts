/** @file OpenEnv: a recorded conversation, the same play as without a server, its errors, HTTP and MCP. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { decodeImage } from "../../agent/frame/index.ts";
import { makeEnv, seenBy } from "../../env/football/index.ts";
import { makePainter } from "../../env/frame/index.ts";
import { makeRandom } from "../../env/random.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { OpenEnv } from "./open-env.ts";
import { type Serving, startServing } from "./serving.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

// oxlint-disable-next-line typescript/no-explicit-any
type Told = any;

let server: Serving;
beforeAll(async () => {
  server = await startServing(["--capacity", "6"]);
});
afterAll(() => server.stop());

test("an episode has the frames, rewards and end that it has without a server", async () => {
  const client = await OpenEnv.join(server.url);
  const env = await makeEnv(loadScenario("academy_empty_goal_close"), {
    control: { left: "ball", right: "none" },
  });
  const painter = makePainter(env.lineup);
  const setup = { scenario: "academy_empty_goal_close", seed: 11, decisionSteps: 1, info: true };
  let seen = await client.observe("reset", { ...setup, episode_id: "ep-11" });
  const random = makeRandom(11);
  let info = env.reset({ seed: 11 }).info;
  let [reward, done, steps] = [null as number | null, false, 0];
  for (; !done && steps < 400; steps++) {
    const frame = await decodeImage(Buffer.from(seen.observation.image, "base64"));
    if (steps % 10 === 0) expect(frame.data).toEqual(painter.paint(seenBy(env.scene(), 0)).data);
    expect([seen.reward, seen.done, seen.observation.info.step]).toEqual([reward, done, info.step]);
    const action = env.advise(0, 1, random);
    const step = env.step(action);
    ({ reward, info } = step);
    done = step.terminated || step.truncated;
    seen = await client.observe("step", { action });
  }
  expect(seen).toMatchObject({
    reward,
    done: true,
    observation: { info: { score: info.score, success: true } },
  });
  const state = await client.ask("state");
  expect(state).toEqual({
    type: "state",
    data: {
      episode_id: "ep-11",
      step_count: steps,
      seed: 11,
      scenario: "academy_empty_goal_close",
      done: true,
    },
  });
  expect(await client.ask("step", { action: 0 })).toMatchObject({
    type: "error",
    data: { code: "EXECUTION_ERROR" },
  });
});

test("words are answers: an action that is named is played, and for others one hears why nothing was", async () => {
  const client = await OpenEnv.join(server.url);
  const first = await client.observe("reset", { seed: 1, formatPenalty: 0.25, info: true });
  expect(first.observation.system).toContain("You play football.");
  const good = await client.observe("step", {
    text: "<think>The goal is right.</think><answer>right</answer>",
  });
  expect(good.observation.text).toContain("Choose your action");
  expect(good.observation.info.unparsed).toBeUndefined();
  const bad = await client.observe("step", { text: "<answer>fly</answer>" });
  expect(bad.observation.text).toContain('There is no action "fly"');
  expect(bad.reward).toBeCloseTo(-0.25 + 0.1 * bad.observation.info.terms.checkpoints, 5);
});

test("each error has its code, and the connection goes on", async () => {
  const client = await OpenEnv.join(server.url);
  const codes: [text: string, code: string][] = [
    ["{", "INVALID_JSON"],
    ['{"type":"fly"}', "UNKNOWN_TYPE"],
    ["[]", "UNKNOWN_TYPE"],
    ['{"type":"step","data":{"text":"x"}}', "EXECUTION_ERROR"],
    ['{"type":"step","data":{"bad":1}}', "VALIDATION_ERROR"],
    ['{"type":"step","data":7}', "VALIDATION_ERROR"],
    ['{"type":"reset","data":{"seed":-1}}', "VALIDATION_ERROR"],
    ['{"type":"reset","data":{"seed":1.5}}', "VALIDATION_ERROR"],
    ['{"type":"reset","data":{"scenario":"../../etc/passwd"}}', "VALIDATION_ERROR"],
    ['{"type":"reset","data":{"prompt":"/etc/passwd.json"}}', "VALIDATION_ERROR"],
    ['{"type":"reset","data":{"frame":{"width":4096,"height":64}}}', "VALIDATION_ERROR"],
    [`{"type":"step","data":{"text":"${"x".repeat(1_100_000)}"}}`, "VALIDATION_ERROR"],
  ];
  for (const [text, code] of codes) {
    const { type, data } = await client.send(text);
    expect([text.slice(0, 60), type, data.code]).toEqual([text.slice(0, 60), "error", code]);
  }
  const { data } = await client.send('{"type":"step","data":{}}');
  expect(data.errors).toEqual([{ type: "missing", loc: ["text"], msg: "Field required", input: {} }]);
  expect(await client.observe("reset", { seed: 1 })).toMatchObject({ done: false });
  expect(await client.ask("step", { action: 99 })).toMatchObject({ data: { code: "VALIDATION_ERROR" } });
  expect(await client.observe("step", { action: "shot" })).toMatchObject({ done: false });
});

test("a step that comes again is not played again", async () => {
  const client = await OpenEnv.join(server.url);
  await client.observe("reset", { seed: 5, info: true, decisionSteps: 1 });
  const step = { action: "right", request_id: "a" };
  const first = await client.observe("step", step);
  expect(await client.observe("step", step)).toEqual(first);
  const next = await client.observe("step", { ...step, request_id: "b" });
  expect(next.observation.info.step).toBe(first.observation.info.step + 1);
});

test("who is beyond the capacity is told so unasked, and the connection closes", async () => {
  const small = await startServing(["--capacity", "2", "--client-capacity", "2"]);
  try {
    const clients = await Promise.all([OpenEnv.open(small.url), OpenEnv.open(small.url)]);
    await Promise.all(clients.map((client) => client.observe("reset", { seed: 1 })));
    const third = await OpenEnv.open(small.url);
    expect(await third.hear()).toEqual({
      type: "error",
      data: {
        message: "Server at capacity: 2/2 sessions active",
        code: "CAPACITY_REACHED",
        active_sessions: 2,
        max_sessions: 2,
        reason: "serve/capacity",
      },
    });
    await third.closed;
    clients[0].socket.close();
    await clients[0].closed;
    const fourth = await OpenEnv.open(small.url);
    expect(await fourth.observe("reset", { seed: 1 })).toMatchObject({ done: false });
  } finally {
    await small.stop();
  }
});

test("the address says what is played: Sokoban, questions, and several players at once", async () => {
  const sokoban = await OpenEnv.join(server.url, "/env/sokoban/ws");
  const room = await sokoban.observe("reset", { seed: 3, see: ["text"] });
  expect(room.observation.text).toMatch(/^#/);
  expect((await sokoban.observe("step", { action: "up" })).reward).toBeLessThan(0);
  const again = await sokoban.observe("reset", { seed: 3 });
  expect(again.observation.text).toBe(room.observation.text);

  const questions = await OpenEnv.join(server.url, "/env/questions/ws");
  const kinds = { arithmetic: 1 };
  await questions.observe("reset", { seed: 3, kinds, shown: "words" });
  const judged = await questions.observe("step", {
    text: "<think>I add the numbers up.</think><answer>no</answer>",
  });
  expect(judged).toMatchObject({ reward: 0.5, done: true });

  const team = await OpenEnv.join(server.url, "/env/5_vs_5/ws");
  const all = { players: "all", opponentPlayers: "all", see: ["simple115v2"], info: true };
  const { observation } = await team.observe("reset", { seed: 2, ...all });
  const count = observation.players.length;
  expect(count).toBeGreaterThan(7);
  expect(observation.players[0].simple115v2).toHaveLength(115);
  const played = await team.observe("step", { action: Array.from({ length: count }, () => 0) });
  expect(played.observation.info.rewards).toHaveLength(count);
  expect(await team.ask("step", { action: [0] })).toMatchObject({ data: { code: "VALIDATION_ERROR" } });
});

async function get(path: string): Promise<Told> {
  return (await fetch(`${server.url}${path}`)).json() as Told;
}

async function post(path: string, body: unknown): Promise<{ status: number; body: Told }> {
  const response = await fetch(`${server.url}${path}`, { method: "POST", body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

describe("HTTP", () => {
  test("what openenv validate asks for is there", async () => {
    expect(await get("/health")).toMatchObject({ status: "healthy", ok: true });
    expect(await get("/metadata")).toMatchObject({ name: "touchline", description: expect.any(String) });
    expect(Object.keys(await get("/schema"))).toEqual(["action", "observation", "state"]);
    const { info, paths } = await get("/openapi.json");
    expect(info.version).toMatch(/^1\./);
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(["/reset", "/step", "/state"]));
    expect(await post("/mcp", {})).toMatchObject({ status: 200, body: { jsonrpc: "2.0" } });
  });

  test("spaces are told before anything is played", async () => {
    const { body } = await post("/env/academy_3_vs_1_with_keeper/spaces", {
      see: ["frame", "simple115v2"],
      players: [1, 2],
    });
    expect(body.players).toHaveLength(2);
    const { action, observation } = body.players[0];
    expect(action).toMatchObject({ kind: "discrete", n: 19 });
    expect(observation.spaces).toMatchObject({
      frame: { shape: [288, 448, 3] },
      simple115v2: { shape: [115], low: null },
    });
    expect((await post("/env/nobody/spaces", {})).status).toBe(422);
    const sokoban = await post("/env/sokoban/spaces", { size: "7x8x2" });
    expect(sokoban.body.players[0].observation.spaces.frame.shape).toEqual([128, 112, 3]);
  });

  test("an episode over requests goes on by the name of its session, and a retry is not played", async () => {
    const { body: first } = await post("/reset", { seed: 4, info: true });
    const { session_id } = first;
    const step = { session_id, action: { action: "right" }, request_id: "1" };
    const played = await post("/step", step);
    expect(await post("/step", step)).toEqual(played);
    const state = await (await fetch(`${server.url}/state?session_id=${session_id}`)).json();
    expect(state).toMatchObject({ step_count: 1, seed: 4 });
    expect((await post("/step", { action: { action: 1 } })).status).toBe(422);
    await fetch(`${server.url}/session/${session_id}`, { method: "DELETE" });
    expect((await post("/step", { ...step, request_id: "2" })).status).toBe(404);
  });
});

test("MCP lists its tools and plays by them, over HTTP in a session and over a WebSocket", async () => {
  const rpc = async (method: string, params: object) => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    return await (await fetch(`${server.url}/mcp`, { method: "POST", body })).json();
  };
  const { result } = await rpc("openenv/session/create", {});
  const { session_id } = result;
  await rpc("tools/call", { session_id, name: "new_episode", arguments: { seed: 1 } });
  const text = "<think>The goal is right.</think><answer>right</answer>";
  const acted = await rpc("tools/call", { session_id, name: "act", arguments: { text } });
  expect(acted.result.content.map(({ type }: { type: string }) => type)).toEqual(["text", "image"]);
  expect(acted.result.structuredContent).toMatchObject({ done: false });
  expect(await rpc("openenv/session/close", { session_id })).toMatchObject({ result: { closed: true } });
  expect(await rpc("openenv/session/close", { session_id })).toMatchObject({ error: { code: -32602 } });
  expect(await rpc("fly", {})).toMatchObject({ error: { code: -32601 } });

  const client = await OpenEnv.join(server.url, "/mcp");
  const listed = (await client.send('{"jsonrpc":"2.0","id":7,"method":"tools/list"}')) as Told;
  expect(listed.result.tools.map(({ name }: { name: string }) => name)).toEqual(["act", "new_episode"]);
});
