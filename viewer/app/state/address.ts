/** @file What the page's address says of what is looked at, so that it can be passed on and loaded again. */
import type { EpisodeRequest } from "../../protocol/index.ts";

export type Place =
  /** With a tick, the match is held there. */
  | { view: "matches"; match: string | null; episode: EpisodeRequest | null; tick?: number }
  | { view: "runs"; run: string | null; step: number | null };

const RUNS_PATH = "/runs";

export function placeOf({ pathname, searchParams }: URL): Place {
  const run = searchParams.get("run");
  const step = numberOf(searchParams.get("step"));
  if (pathname === RUNS_PATH) return { view: "runs", run, step };
  const file = searchParams.get("episode");
  const episode = run === null || step === null || file === null ? null : { run, step, file };
  const tick = numberOf(searchParams.get("tick"));
  return { view: "matches", match: searchParams.get("match"), episode, ...(tick !== null && { tick }) };
}

function numberOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/**
 * The address of a place; of what else `now` says, such as how the page is drawn, it keeps all. A tick stays as long as
 * the match does.
 */
export function addressOf(place: Place, now: URL): URL {
  const url = new URL(now);
  if (place.view === "runs" || place.match !== now.searchParams.get("match")) url.searchParams.delete("tick");
  for (const name of ["match", "run", "step", "episode"]) url.searchParams.delete(name);
  const put = (name: string, value: string | number | null | undefined): void => {
    if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
  };
  url.pathname = place.view === "runs" ? RUNS_PATH : "/";
  if (place.view === "runs") {
    put("run", place.run);
    put("step", place.step);
  } else if (place.episode === null) put("match", place.match);
  else {
    put("run", place.episode.run);
    put("step", place.episode.step);
    put("episode", place.episode.file);
  }
  return url;
}
