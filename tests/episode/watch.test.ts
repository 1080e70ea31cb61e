/** @file Episodes of every set of actions, shown again by the page's server. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parsePolicy } from "../../agent/policy/index.ts";
import { writeLine } from "../../env/episode/index.ts";
import { ACTION_SETS } from "../../env/football/index.ts";
import { loadScenario } from "../../scenarios/load.ts";
import { planReplays } from "../../viewer/server/index.ts";
import { until, Venue } from "../viewer/serve.ts";
import { record, reread } from "./played.ts";

const folder = mkdtempSync(join(tmpdir(), "touchline-watch-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("touchline watch --replay", () => {
  const venue = new Venue();

  test.each(ACTION_SETS)("shows an episode of the actions %s to its end, state by state", async (actions) => {
    const records = await record(
      {
        scenario: { ...loadScenario("5_vs_5"), steps: 25 },
        actions,
        left: parsePolicy("random"),
        right: parsePolicy("random"),
        players: { count: 2 },
        opponentPlayers: "all",
      },
      6,
    );
    const file = join(folder, `${actions}.jsonl`);
    writeFileSync(file, records.map(writeLine).join(""));
    const client = await venue.join(await venue.start([], { matches: planReplays([file]), rate: 400 }));
    await until(() => client.ends.length > 0);
    const { end } = reread(records);
    // The server holds every state against the recorded one, and ends with "error" when one differs.
    expect(client.ends[0]!.ended).toMatchObject({ reason: end!.ended, score: end!.score });
  });
});
