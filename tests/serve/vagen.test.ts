/** @file VAGEN's RemoteEnv: an episode as its client plays it, calls that come again, sessions that are gone. */
import { request } from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { decodeImage } from "../../agent/frame/index.ts";
import { metric, type Serving, startServing, until } from "./serving.ts";
import { bodyOf, call, post } from "./vagen.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let server: Serving;
beforeAll(async () => {
  server = await startServing(["--capacity", "4", "--lost", "1"]);
});
afterAll(() => server.stop());

const SETUP = { scenario: "academy_empty_goal_close", decisionSteps: 1 };
const RIGHT = "<think>The goal is right.</think><answer>right</answer>";

/** A session; it is closed by its test. */
async function connect(seed?: number, config: object = SETUP): Promise<string> {
  const { status, data } = await post(server.url, "/connect", {
    env_config: config,
    ...(seed !== undefined && { seed }),
  });
  expect(status).toBe(200);
  return data.session_id;
}

test("an episode: connect with a seed, the system's words, steps until the end, close", async () => {
  const begun = await post(server.url, "/connect", { env_config: SETUP, seed: 7 });
  expect(begun.data).toMatchObject({ obs: expect.stringMatching(/^<image>\n/), info: {} });
  expect(begun.images).toHaveLength(1);
  const frame = await decodeImage(begun.images[0]!);
  expect([frame.width, frame.height]).toEqual([448, 288]);
  const { session_id } = begun.data;
  expect((await call(server.url, session_id, "system_prompt")).data.obs).toContain("You play football.");

  let answer = begun;
  for (let step = 0; step < 100 && answer.data.done !== true; step++) {
    const word = step % 3 === 2 ? "shot" : "right";
    answer = await call(server.url, session_id, "step", {
      action_str: RIGHT.replace(">right<", `>${word}<`),
    });
    const { obs } = answer.data;
    expect(obs.split("<image>").length - 1).toBe(answer.images.length);
    expect(answer.data.reward).toEqual(expect.any(Number));
  }
  expect(answer.data).toMatchObject({ done: true, info: { success: true } });
  const again = await call(server.url, session_id, "reset", { seed: 7 });
  expect(again.images).toEqual(begun.images);
  expect((await call(server.url, session_id, "close")).data).toEqual({ closed: true });
  const gone = await call(server.url, session_id, "step", { action_str: RIGHT });
  expect(gone).toMatchObject({
    status: 404,
    data: { code: "serve/session-gone", detail: expect.any(String) },
  });
});

test("without a seed there is no observation before the reset", async () => {
  const { data, images } = await post(server.url, "/connect", { env_config: SETUP });
  expect(Object.keys(data)).toEqual(["session_id", "info"]);
  expect(images).toEqual([]);
  await call(server.url, data.session_id, "close");
});

test("a step that comes again while it runs, or whose answer was lost, is played once", async () => {
  const id = await connect(3);
  const step = { action_str: RIGHT };
  const [one, two] = await Promise.all([
    call(server.url, id, "step", step),
    call(server.url, id, "step", step),
  ]);
  expect(one.status).toBe(200);
  // Either both were one step, or the answer to the first had gone out before the second came.
  if (two.data.info.step === one.data.info.step) expect(two).toEqual(one);

  // The connection breaks as soon as the request has gone out.
  const before = Math.max(one.data.info.step, two.data.info.step);
  const { body, type } = bodyOf({ session_id: id, method: "step", params: step });
  await new Promise<void>((resolve) => {
    const sent = request(`${server.url}/call`, { method: "POST", headers: { "content-type": type } });
    sent.on("error", () => resolve());
    sent.on("close", () => resolve());
    sent.end(body, () => setTimeout(() => sent.destroy(), 0));
  });
  const retried = await call(server.url, id, "step", step);
  expect(retried.data.info.step).toBeLessThanOrEqual(before + 2);

  const numbered = { ...step, step_id: "n" };
  const first = await call(server.url, id, "step", numbered);
  const second = await call(server.url, id, "step", numbered);
  expect(second.data.info.step).toBe(first.data.info.step);
  const next = await call(server.url, id, "step", step);
  const same = await call(server.url, id, "step", step);
  expect(same.data.info.step).toBe(next.data.info.step + 1);
  await call(server.url, id, "close");
});

test("a session whose client breaks off in the middle of a call is freed, unless it comes back in time", async () => {
  // A reset of questions takes long enough to be broken off.
  const setup = { scenario: "questions", kinds: { lane: 1 } };
  const breakOff = async (id: string): Promise<void> => {
    const { body, type } = bodyOf({
      session_id: id,
      method: "reset",
      params: { seed: Math.floor(performance.now()) },
    });
    await new Promise<void>((resolve) => {
      const sent = request(`${server.url}/call`, { method: "POST", headers: { "content-type": type } });
      sent.on("error", () => undefined);
      sent.on("close", () => resolve());
      sent.end(body, () => setTimeout(() => sent.destroy(), 5));
    });
  };
  const [leaves, returns] = [await connect(1, setup), await connect(2, setup)];
  await Promise.all([breakOff(leaves), breakOff(returns)]);
  await until(async () => (await call(server.url, returns, "system_prompt")).status === 200, "it comes back");
  // On a quick machine an answer may be out before the client is gone: then it breaks off again.
  for (let tries = 0; tries < 5 && (await metric(server.url, "sessions")) !== 1; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 1600));
    if ((await metric(server.url, "sessions")) !== 1) await breakOff(leaves);
  }
  await until(async () => (await metric(server.url, "sessions")) === 1, "the other is freed");
  expect((await call(server.url, leaves, "system_prompt")).status).toBe(404);
  expect((await call(server.url, returns, "close")).data).toEqual({ closed: true });
});

test("who is beyond the capacity is told to come again", async () => {
  const ids = await Promise.all([1, 2, 3, 4].map((seed) => connect(seed)));
  const refused = await post(server.url, "/connect", { env_config: SETUP, seed: 5 });
  expect(refused).toMatchObject({ status: 503, data: { code: "serve/capacity" } });
  await Promise.all(ids.map((id) => call(server.url, id, "close")));
  await call(server.url, await connect(5), "close");
});

test("what is no such request is told so, and nothing of it opens a session", async () => {
  const send = async (path: string, body: string, type: string) => {
    const response = await fetch(`${server.url}${path}`, {
      method: "POST",
      body,
      headers: { "content-type": type },
    });
    const { detail, code } = (await response.json()) as { detail: unknown; code: string };
    expect(detail).toBeDefined();
    return [response.status, code];
  };
  const form = "multipart/form-data; boundary=b";
  expect(await send("/connect", "{}", "application/json")).toEqual([400, "serve/multipart"]);
  expect(await send("/connect", "", form)).toEqual([400, "serve/multipart"]);
  expect(await send("/connect", "--b\r\n\r\n{}\r\n--b--", form)).toEqual([400, "serve/multipart"]);
  expect(await send("/connect", '--b\r\nx; name="data"\r\n\r\n{', form)).toEqual([400, "serve/multipart"]);
  for (const config of [{ scenario: "/etc/passwd" }, { see: ["all"] }, { players: "all" }, { fly: 1 }]) {
    expect((await post(server.url, "/connect", { env_config: config, seed: 1 })).status).toBe(400);
  }
  expect((await post(server.url, "/call", { session_id: "x", method: "fly" })).status).toBe(400);
  expect((await post(server.url, "/call", { session_id: "x", method: "reset" })).status).toBe(404);
  const id = await connect(1);
  const marked = await call(server.url, id, "step", { action_str: "<answer><image></answer>" });
  expect(marked.data.obs.split("<image>").length - 1).toBe(marked.images.length);
  await call(server.url, id, "close");
  expect(await metric(server.url, "sessions")).toBe(0);
});
