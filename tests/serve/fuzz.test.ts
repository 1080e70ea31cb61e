/** @file The short form of the soak: whatever is sent, the protocol's own error comes back, and others play on undisturbed. */
import { expect, test, vi } from "vitest";
import { fuzz } from "./fuzz.ts";
import { OpenEnv } from "./open-env.ts";
import { metric, serving, until } from "./serving.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** The same each time, if nobody disturbs it. */
async function episode(client: OpenEnv): Promise<unknown[]> {
  const seen = [await client.observe("reset", { scenario: "5_vs_5", seed: 9, see: ["text"], info: true })];
  for (let i = 0; i < 20; i++) seen.push(await client.observe("step", { action: i % 19 }));
  return seen;
}

test("500 requests that nobody would send", { timeout: 240_000 }, async () => {
  const server = await serving(["--capacity", "32"]);
  const client = await OpenEnv.join(server.url);
  const alone = await episode(client);
  const over = { is: false };
  const fuzzing = fuzz(server.url, 1, 500).finally(() => (over.is = true));
  do expect(await episode(client)).toEqual(alone);
  while (!over.is);
  const { answers, violations } = await fuzzing;
  expect(violations).toEqual([]);
  expect(Object.keys(answers)).toEqual(
    expect.arrayContaining(["200", "400", "404", "422", "VALIDATION_ERROR", "INVALID_JSON"]),
  );
  await until(async () => (await metric(server.url, "sessions")) === 1, "only the good session is left");
  expect(await metric(server.url, "body_bytes")).toBe(0);
});
