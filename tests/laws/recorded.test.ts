/** @file The recordings of docs/laws: each plays as it was recorded, and what it is there for happens in it. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readEpisode, verifyEpisode } from "../../env/episode/index.ts";
import { makeEnv } from "../../env/football/index.ts";
import { CASES } from "./cases.ts";

const FOLDER = new URL("../../docs/laws/", import.meta.url);
const PAGE = readFileSync(new URL("../../docs/LAWS.md", import.meta.url), "utf8");

test("there is one recording of each case, and no other", () => {
  expect(readdirSync(FOLDER).sort()).toEqual(CASES.map(({ id }) => `${id}.jsonl`).sort());
});

describe.each(CASES)("the recording of $id", ({ id, shows, doneAt }) => {
  const file = new URL(`${id}.jsonl`, FOLDER);

  test("verifies, is whole, and shows the case (after a change of play: npm run record:laws)", async () => {
    const episode = readEpisode(readFileSync(file));
    expect(episode.damage).toBeUndefined();
    expect(await verifyEpisode(episode, makeEnv)).toMatchObject({ ok: true });
    const events = [...episode.reset!.events, ...episode.steps.flatMap((step) => step.events)];
    expect(doneAt(events)).toBeGreaterThan(0);
  });

  test("is small, and docs/LAWS.md says what it shows and how to open it", () => {
    expect(statSync(file).size).toBeLessThan(60_000);
    expect(PAGE).toContain(shows);
    expect(PAGE).toContain(`npx touchline watch --replay docs/laws/${id}.jsonl`);
  });
});
