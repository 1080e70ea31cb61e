/** @file The messages between page and server, for both ends. Frames are volatile, everything else is reliable. */
import type { FootballEvent } from "../../env/football/event.ts";
import type { ENDED } from "../../env/football/scenario.ts";
import type { FrameOptions } from "../../env/frame/frame.ts";
import type { Lineup } from "../../env/frame/scene.ts";
import type { ScenarioList, ScenariosRequest } from "./authoring.ts";
import type { MindNote, Minds, Thought, Thoughts } from "./mind.ts";
import type { Puzzle, PuzzleList, PuzzlesRequest } from "./puzzle.ts";
import type { CurveNews, Curves, EpisodeRequest, Opened, RunList, RunsRequest } from "./run.ts";
import type { Branched, BranchRequest, HandsMessage, EpisodeParent, Taken, TakeRequest } from "./takeover.ts";

/** Changed whenever an old page could misread a new server. */
export const PROTOCOL_VERSION = 6;

/** The namespace of those who watch, and play from the page. */
export const WATCH_NAMESPACE = "/watch";

/** At most so many packets are on their way to one viewer; the rest are left out, never queued. */
export const CREDIT = 12;
/** A viewer says every so many packets which one he has drawn last. */
export const ACK_EVERY = 3;
/**
 * A match of 90 minutes with its dead balls has fewer scenes; of a longer episode the oldest go, here and there. About 12 MB.
 */
export const SCENES_KEPT = 100_000;

/** Binary arrives as a Buffer in Node and as an ArrayBuffer in browsers. */
export type Binary = Uint8Array | ArrayBuffer;

/** What does not change while a match goes through its episodes. */
export interface MatchCard {
  id: string;
  /** Id of its scenario. */
  scenario: string;
  suite: string;
  title: string;
  /** What the agent is told to do. */
  goal: string;
  /** Who plays the left and the right team. */
  policies: readonly [string, string];
  lineup: Lineup;
  /** Physics ticks in a scene's 0.1 s. */
  ticksPerScene: number;
  /** Episode length in env steps. */
  steps: number;
  /** Whether Law 11 is played. */
  offside: boolean;
  /** 2 when the teams change ends at half-time. */
  halves: 1 | 2;
  /** It was played before, or is played elsewhere: nobody in it can be taken over. */
  recorded: boolean;
  /** What plays it elsewhere, such as `play`; without, a recording is one episode that is shown again and again. */
  fed?: string;
  /** It is an episode of a training run that somebody opened. */
  run?: EpisodeRequest;
  /** It is a scenario from the editor, as it was when somebody wanted to see it played. */
  draft?: true;
  /** A person took a player over at a past tick of another match, which may be gone by now; here it is played on. */
  parent?: EpisodeParent;
  /** Somebody plays by words, so that there are decisions to read. */
  thinks: boolean;
  /** How the frames of each side's policy are painted, where it is not the usual way. */
  frames?: { left?: Partial<FrameOptions>; right?: Partial<FrameOptions> };
}

export interface EpisodeStart {
  match: string;
  /** Counts the match's episodes from 1. */
  episode: number;
  seed: number;
}

export interface EpisodeEnd {
  match: string;
  episode: number;
  /** How many scenes and events it had. */
  scenes: number;
  events: number;
  /** How many notes of its decisions. */
  minds: number;
  ended: Ended;
}

/** As the env's `info.ended`; `error` when a policy failed, with its reason in words. */
export interface Ended {
  reason: (typeof ENDED)[number] | "error";
  /** Whether the left side won it, by the scenario's own measure. */
  result?: "success" | "failure";
  score: readonly [number, number];
  message?: string;
}

/** The matches there are, in the order in which packets count them. */
export interface MatchList {
  matches: readonly MatchCard[];
  running: readonly EpisodeStart[];
  /** How the last episodes of each match ended, oldest first. */
  results: readonly (readonly Ended[])[];
}

/** Sent first on every connection. */
export interface Welcome extends MatchList {
  /** Differs whenever the server was started anew: what a page knew of its matches no longer holds. */
  server: string;
  /** Whether this page may take players over; otherwise it may only watch. */
  mayPlay: boolean;
}

/** So many results of a match are kept. */
export const RESULTS_MAX = 40;

export interface Events {
  match: string;
  episode: number;
  /** Place of the first of them among the episode's events. */
  from: number;
  events: readonly FootballEvent[];
}

/** A stretch of one episode. */
export interface History extends Events {
  seed: number;
  /** Place of the first scene; `encodeScenes` made the rest. */
  scenesFrom: number;
  scenes: Binary;
  /** Number of the first note; as many as fit follow it. */
  mindsFrom: number;
  minds: readonly MindNote[];
  /** How many notes there have been. */
  mindsKnown: number;
  /** Thoughts that go on. */
  thoughts: readonly Thought[];
  ended?: Ended;
}

export interface WatchRequest {
  /** The match to see in full; null for none. */
  match: string | null;
  /** Whether to get the other matches' scenes too, at half the rate; "wall": as tiles, at the full rate. */
  others: boolean | "wall";
  /** What a viewer who comes back has already: he gets only what is missing when it is still that episode. */
  have?: { episode: number; scenes: number; events: number; minds?: number | undefined } | undefined;
}

export interface RangeRequest {
  match: string;
  episode: number;
  /** Scenes from `from` up to, not including, `to`. */
  from: number;
  to: number;
  /** Events from this one on. */
  events: number;
  /** Notes of decisions from this one on; 0 without. */
  minds?: number | undefined;
}

/** Why a request was not met, in words. */
export interface Refusal {
  error: string;
}

export interface ServerToClient {
  welcome(welcome: Welcome): void;
  /** Matches have come or gone; one that stays keeps its id, and no id is given twice. */
  matches(list: MatchList): void;
  frames(packet: Binary): void;
  episode(start: EpisodeStart): void;
  events(events: Events): void;
  minds(minds: Minds): void;
  thoughts(thoughts: Thoughts): void;
  ended(end: EpisodeEnd): void;
  /** All players whom persons play, whenever that changes. */
  taken(all: readonly Taken[]): void;
  /** The training runs there are, whenever that changes; this and what follows only to those who look. */
  runs(list: RunList): void;
  curves(curves: Curves): void;
  points(news: CurveNews): void;
  /** The scenarios there are, whenever that changes, to those who look. */
  scenarios(list: ScenarioList): void;
  /** A level of Sokoban that is new or has gone on, to those who look. */
  puzzle(puzzle: Puzzle): void;
}

export interface ClientToServer {
  watch(request: WatchRequest, reply: (history: History | Refusal | null) => void): void;
  range(request: RangeRequest, reply: (history: History | Refusal) => void): void;
  /** The number of the last packet drawn. */
  drawn(packet: number): void;
  /** Takes a player over; null when he is the viewer's now. */
  take(request: TakeRequest, reply: (refusal: Refusal | null) => void): void;
  /** Takes a player over at a past tick. */
  branch(request: BranchRequest, reply: (branched: Branched | Refusal) => void): void;
  /** Gives him back. */
  give(): void;
  /** What the viewer holds down and presses; the latest counts. */
  hands(hands: HandsMessage): void;
  /** Looks at training runs, or no longer: then null. */
  runs(request: RunsRequest, reply: (list: RunList | null) => void): void;
  /** Looks at scenarios, or no longer: then null. */
  scenarios(request: ScenariosRequest, reply: (list: ScenarioList | Refusal | null) => void): void;
  /** Looks at levels of Sokoban, or no longer: then null. */
  puzzles(request: PuzzlesRequest, reply: (list: PuzzleList | null) => void): void;
  /** Shows a recorded episode of a run as a match. */
  open(request: EpisodeRequest, reply: (opened: Opened | Refusal) => void): void;
}
