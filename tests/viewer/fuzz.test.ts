/** @file Some thousand random messages; a hundred thousand are `npm run soak:viewer`. */
import { expect, test } from "vitest";
import { loadScenario } from "../../scenarios/load.ts";
import { planMatches } from "../../viewer/server/index.ts";
import { fuzz, servesStill } from "./fuzz.ts";
import { healthOf, until, Venue } from "./serve.ts";

const MATCH = "academy_empty_goal_close";
const venue = new Venue();

test("2,000 random messages leave the server serving", { timeout: 300_000 }, async () => {
  const scenario = { ...loadScenario(MATCH), steps: 3000 };
  const running = await venue.start([], { matches: planMatches([scenario], { policy: "idle", seed: 0 }) });
  const good = await venue.join(running);
  await good.follow(MATCH);
  const before = good.packets.length;
  const sent = await fuzz({ url: running.url, match: MATCH, seed: 11, messages: 2000, senders: 4 });
  expect(sent.messages).toBe(2000);
  // They are as bad as they should be, and reach what they are for.
  expect(sent.connections).toBeGreaterThan(50);
  const { ok, refused, queued } = await healthOf(running);
  expect({ ok, queued }).toEqual({ ok: true, queued: 0 });
  expect(refused).toBeGreaterThan(300);

  expect(good.socket.connected).toBe(true);
  await until(() => good.packets.length > before + 20);
  const numbers = good.packets.map(({ number }) => number);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  await servesStill(running.url, MATCH);
});
