/** @file What the page's address says of what is looked at, so that it can be passed on and loaded again. */
import type { EpisodeRequest } from "../../protocol/index.ts";
import { type PanelName, PANELS } from "./looks.ts";

export type Place =
  | { view: "matches"; match: string | null; episode: EpisodeRequest | null; moment?: SharedMoment }
  | { view: "runs"; run: string | null; step: number | null }
  | { view: "sokoban" }
  /** All matches at once. */
  | { view: "wall" }
  /** The report of a benchmark: its run's folder. */
  | { view: "reports"; report: string | null }
  /** The editor, with this scenario open. */
  | { view: "edit"; scenario: string | null };

/** A moment to be held at, and how it is looked at. */
export interface SharedMoment {
  tick: number;
  /** Which of the match's episodes; without, the one that is on. */
  showing?: number;
  /** The camera follows this one: an index of the lineup. */
  player?: number;
  panel?: PanelName;
  /** The agent's frame instead of the pitch. */
  eyes?: boolean;
}

const RUNS_PATH = "/runs";
const EDIT_PATH = "/edit";
const SOKOBAN_PATH = "/sokoban";
const WALL_PATH = "/wall";
const REPORTS_PATH = "/reports";
/** Parameters of a moment. */
const MOMENT = ["tick", "showing", "player", "panel", "eyes"] as const;

export function placeOf({ pathname, searchParams }: URL): Place {
  const run = searchParams.get("run");
  const step = numberOf(searchParams.get("step"));
  if (pathname === RUNS_PATH) return { view: "runs", run, step };
  if (pathname === REPORTS_PATH) return { view: "reports", report: searchParams.get("report") };
  if (pathname === WALL_PATH) return { view: "wall" };
  if (pathname === SOKOBAN_PATH) return { view: "sokoban" };
  if (pathname === EDIT_PATH) return { view: "edit", scenario: searchParams.get("scenario") };
  const file = searchParams.get("episode");
  const episode = run === null || step === null || file === null ? null : { run, step, file };
  const moment = momentOf(searchParams);
  return { view: "matches", match: searchParams.get("match"), episode, ...(moment && { moment }) };
}

function momentOf(params: URLSearchParams): SharedMoment | undefined {
  const [tick, showing, player] = (["tick", "showing", "player"] as const).map((name) =>
    numberOf(params.get(name)),
  );
  if (tick === null || tick === undefined) return undefined;
  const panel = PANELS.find((name) => name === params.get("panel"));
  return {
    tick,
    ...(typeof showing === "number" && { showing }),
    ...(typeof player === "number" && { player }),
    ...(panel !== undefined && { panel }),
    ...(params.get("eyes") === "1" && { eyes: true }),
  };
}

/** The address that holds a place at a moment, for others. */
export function linkOf(place: Place, moment: SharedMoment, now: URL): URL {
  const url = addressOf(place, now);
  for (const name of MOMENT) {
    const value = moment[name];
    url.searchParams.delete(name);
    if (value !== undefined) url.searchParams.set(name, value === true ? "1" : String(value));
  }
  return url;
}

function numberOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/**
 * The address of a place; of what else `now` says, such as how the page is drawn, it keeps all. A moment stays as long
 * as the match does.
 */
export function addressOf(place: Place, now: URL): URL {
  const url = new URL(now);
  const same = place.view === "matches" && place.match === now.searchParams.get("match");
  if (!same) for (const name of MOMENT) url.searchParams.delete(name);
  for (const name of ["match", "run", "step", "episode", "scenario", "report"]) url.searchParams.delete(name);
  const put = (name: string, value: string | number | null | undefined): void => {
    if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
  };
  url.pathname = {
    matches: "/",
    runs: RUNS_PATH,
    edit: EDIT_PATH,
    sokoban: SOKOBAN_PATH,
    wall: WALL_PATH,
    reports: REPORTS_PATH,
  }[place.view];
  if (place.view === "sokoban" || place.view === "wall") return url;
  if (place.view === "reports") {
    put("report", place.report);
    return url;
  }
  if (place.view === "runs") {
    put("run", place.run);
    put("step", place.step);
  } else if (place.view === "edit") put("scenario", place.scenario);
  else if (place.episode === null) put("match", place.match);
  else {
    put("run", place.episode.run);
    put("step", place.episode.step);
    put("episode", place.episode.file);
  }
  return url;
}
