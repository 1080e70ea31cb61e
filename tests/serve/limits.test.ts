/** @file Who may come in, how many, and what becomes of those who go: tokens, limits, deaths on either side. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { touchline } from "../cli/run.ts";
import { OpenEnv } from "./open-env.ts";
import { metric, type Serving, serving, startServing, until } from "./serving.ts";
import { call, post } from "./vagen.ts";

const WS = fileURLToPath(new URL("../../node_modules/ws/wrapper.mjs", import.meta.url));

// Each of several servers takes long to start on a machine that has much else to do.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** For those tests that leave it as it was. */
let shared: Serving;
beforeAll(async () => {
  shared = await startServing(["--workers", "1", "--reward-megabytes", "20"]);
});
afterAll(() => shared.stop("SIGKILL"));

describe("who may come in", () => {
  test("beyond loopback nobody without a token, and the server says so before it listens", async () => {
    const { status, stderr } = await touchline(["serve", "--host", "0.0.0.0", "--port", "0"]);
    expect([status, stderr]).toEqual([1, expect.stringContaining("serve/token")]);
  });

  test("with a token only who has it, by whichever way clients have", async () => {
    const server = await serving(["--workers", "1"], { TOUCHLINE_SERVE_TOKEN: "a-secret" });
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${server.url}/schema`, { headers })).status;
    expect(await ask({})).toBe(401);
    expect(await ask({ "x-api-key": "wrong" })).toBe(401);
    expect(await ask({ "x-api-key": "a-secret" })).toBe(200);
    expect(await ask({ authorization: "Bearer a-secret" })).toBe(200);
    expect(await ask({ authorization: `Basic ${btoa("any:a-secret")}` })).toBe(200);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
    await expect(OpenEnv.open(server.url)).rejects.toThrow("401");
    const client = await OpenEnv.open(server.url, "/ws", { authorization: "Bearer a-secret" });
    expect(await client.observe("reset", { seed: 1, see: [] })).toMatchObject({ done: false });
  });

  test("no web page, and nobody under a foreign name", async () => {
    const server = shared;
    const origin = await fetch(`${server.url}/schema`, { headers: { origin: "http://evil.example" } });
    expect(origin.status).toBe(401);
    await expect(OpenEnv.open(server.url, "/ws", { origin: "http://evil.example" })).rejects.toThrow("401");
    await expect(OpenEnv.open(server.url, "/ws", { host: "evil.example" })).rejects.toThrow("401");
    await expect(OpenEnv.open(server.url, "/fly")).rejects.toThrow("404");
  });
});

test("a client has no more sessions than are meant for one, and a silent one loses its own", async () => {
  const server = await serving(["--client-capacity", "1", "--idle", "1", "--workers", "1"]);
  const client = await OpenEnv.join(server.url);
  const second = await OpenEnv.join(server.url);
  expect(await second.hear()).toMatchObject({
    data: { code: "CAPACITY_REACHED", message: "Client at capacity: 1/1 sessions active" },
  });
  await client.observe("reset", { seed: 1, see: [] });
  expect(await client.hear()).toMatchObject({ type: "error", data: { code: "SESSION_ERROR" } });
  await client.closed;
  await post(server.url, "/connect", { env_config: { see: [] } });
  await until(async () => (await metric(server.url, "sessions")) === 0, "it is freed");
});

test("bodies that are too long are refused by the server's word for it, and leave no memory behind", async () => {
  const server = shared;
  const long = new Uint8Array(100_000_000).fill(120);
  const before = await metric(server.url, "resident_bytes");
  for (const path of ["/reset", "/step", "/mcp", "/connect", "/call", "/get_reward"]) {
    const response = await fetch(`${server.url}${path}`, { method: "POST", body: long });
    expect([path, response.status]).toEqual([path, path === "/mcp" ? 200 : 413]);
    expect(JSON.stringify(await response.json())).toContain("longer than");
    // Without a length, piece by piece.
    const pieces = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 100; i++) controller.enqueue(long.subarray(0, 1_000_000));
        controller.close();
      },
    });
    const streamed = await fetch(`${server.url}${path}`, {
      method: "POST",
      body: pieces,
      duplex: "half",
    } as RequestInit);
    expect([path, streamed.status]).toEqual([path, path === "/mcp" ? 200 : 413]);
    await streamed.text();
  }
  const client = await OpenEnv.join(server.url);
  client.socket.send(long);
  expect(await client.closed).toBe(1009);
  expect(await metric(server.url, "body_bytes")).toBe(0);
  await until(async () => (await metric(server.url, "sessions")) === 0, "its session is freed");
  expect((await metric(server.url, "resident_bytes")) - before).toBeLessThan(150_000_000);
});

test("a client that is killed in the middle of a step frees its session", async () => {
  const server = shared;
  const script = `
    import { WebSocket } from ${JSON.stringify(`file://${WS}`)};
    const socket = new WebSocket("${server.url.replace("http", "ws")}/ws");
    const reset = { type: "reset", data: { scenario: "11_vs_11_stochastic", decisionSteps: 100, see: [] } };
    const step = { type: "step", data: { action: 0 } };
    socket.on("open", () => socket.send(JSON.stringify(reset)));
    socket.on("message", () => { console.log("step"); socket.send(JSON.stringify(step)); });`;
  const closed = (): Promise<number> => metric(server.url, "sessions_closed_total");
  const before = await closed();
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  const steps = await metric(server.url, "steps_total");
  await until(async () => (await metric(server.url, "steps_total")) > steps + 1, "it plays");
  expect(await metric(server.url, "sessions")).toBe(1);
  child.kill("SIGKILL");
  await once(child, "exit");
  await until(async () => (await metric(server.url, "sessions")) === 0, "its session is freed");
  expect(await closed()).toBe(before + 1);
});

test("a server that is killed and started again is an error for its clients, and no wait", async () => {
  const first = await serving(["--workers", "1"]);
  const client = await OpenEnv.join(first.url);
  await client.observe("reset", { scenario: "11_vs_11_stochastic", decisionSteps: 100, see: [] });
  const { session_id } = (await post(first.url, "/connect", { env_config: { see: [] }, seed: 1 })).data;
  const due = client.ask("step", { action: 0 });
  await first.stop("SIGKILL");
  expect((await due).type).toMatch(/^(?:closed|observation)$/);
  expect(await client.closed).toBe(1006);
  await expect(call(first.url, session_id, "system_prompt")).rejects.toThrow("fetch failed");
  const second = await serving(["--workers", "1", "--port", String(first.port)]);
  const gone = await call(second.url, session_id, "step", { action_str: "x" });
  expect(gone).toMatchObject({ status: 404, data: { code: "serve/session-gone" } });
  const again = await OpenEnv.join(second.url);
  expect(await again.observe("reset", { seed: 1, see: [] })).toMatchObject({ done: false });
});

test("Ctrl-C tells clients that their sessions end, and ends with status 0", async () => {
  const server = shared;
  const client = await OpenEnv.join(server.url);
  await client.observe("reset", { seed: 1, see: [] });
  const status = server.stop();
  expect(await client.hear()).toMatchObject({ data: { code: "SESSION_ERROR" } });
  expect(await status).toBe(0);
});
