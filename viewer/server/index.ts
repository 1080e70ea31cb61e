/** @file The viewer's server: matches that run in real time, and the page that shows them. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Server } from "socket.io";
import type { ClientToServer, ServerToClient } from "../protocol/index.ts";
import { WATCH_NAMESPACE } from "../protocol/index.ts";
import { type PolicyOptions, whileLoading } from "../../agent/policy/index.ts";
import { isAllowed, isLoopback } from "./access.ts";
import { answerScenarios, AuthoringDesk, DraftStage } from "./authoring/index.ts";
import { startBeat } from "./beat.ts";
import { type BranchSink, BranchStage } from "./branch.ts";
import { answerFeed, FeedDesk } from "./feed/index.ts";
import { boundPackets } from "./flood.ts";
import { Hub, VIEWERS_MAX } from "./hub.ts";
import type { HubHealth } from "./hub.ts";
import { ensurePage } from "./page.ts";
import { parser } from "./parser.ts";
import { Gate, makeTokens, type Tokens } from "./rights.ts";
import type { MatchPlan } from "./plan.ts";
import { Room } from "./room.ts";
import { answerPuzzles, PuzzleDesk } from "./puzzle/index.ts";
import { reportAnswerer } from "./report/index.ts";
import { EpisodeStage, runAnswerer, RunDesk } from "./run/index.ts";
import { listen, makeHttpServer, trackConnections } from "./serve.ts";

export { isLoopback } from "./access.ts";
export { buildPage } from "./page.ts";
export { DEFAULT_SCENARIOS, planMatches, planReplays, type Programme } from "./programme.ts";
export type { Right, Tokens } from "./rights.ts";
export type { MatchPlan } from "./plan.ts";

export interface ViewerOptions {
  matches: readonly MatchPlan[];
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** What opens the rights to watch, play and feed; on loopback none are wanted, and elsewhere they are made without. */
  tokens?: Tokens;
  /** Scenes a second; 10 is real time. */
  rate?: number;
  /** So long nothing may be heard of a person who plays; then his player goes back. 30,000 by default. */
  silenceMs?: number;
  /** Where the episode of a branch goes. */
  branchSink?: () => BranchSink;
  /** The folder of training runs that pages can look at; "runs" by default. */
  runs?: string;
  /** Folders with scenarios of the user's own; the editor saves in the first. */
  scenarios?: readonly string[];
  /** Who can play a scenario from the editor besides those that ship, and what those that play by words are told. */
  policies?: readonly string[];
  words?: PolicyOptions;
  /** Serve the page, built when it has to be (true by default). */
  page?: boolean;
  /** Gets lines about what takes long. */
  tell?: (line: string) => void;
}

export interface RunningViewer {
  url: string;
  port: number;
  /** What opens each right; undefined where everybody on the machine has all of them. */
  tokens: Tokens | undefined;
  health(): Health;
  /** Stops the matches and disconnects everybody. */
  close(): Promise<void>;
}

export interface Health extends HubHealth {
  ok: true;
  matches: number;
  /** Matches that are played elsewhere. */
  fed: number;
  /** Matches that somebody has played on from a moment of another. */
  branches: number;
  /** Episodes of training runs that somebody opened. */
  opened: number;
  /** Scenarios from the editor that are played. */
  drafts: number;
  /** Levels of Sokoban that are kept. */
  puzzles: number;
}

/** A message from a viewer is a few words; whoever sends more than this is disconnected. */
const MESSAGE_BYTES_MAX = 4096;
/** Who plays a scenario from the editor, where nobody names others. */
const POLICIES = ["nano", "scripted", "scripted:0.5", "scripted:0.2", "random", "idle"];
/** Viewers, those who load the page or read runs, and those who feed. */
const CONNECTIONS_MAX = 2 * VIEWERS_MAX;
/** How long viewers have to say goodbye when the server closes. */
const GOODBYE_MS = 500;

/**
 * A server whose matches have begun; while their models are being loaded, pages that are open already say so.
 * Throws `server/port-in-use`, `server/port-refused`, `server/host`, `server/page` or what a match throws.
 */
export async function startViewer(options: ViewerOptions): Promise<RunningViewer> {
  const { host, port, rate = 10, tell = () => undefined } = options;
  const page = options.page === false ? undefined : await ensurePage(tell);
  const runs = new RunDesk(options.runs ?? "runs");
  const tokens = options.tokens ?? (isLoopback(host) ? undefined : makeTokens());
  const gate = new Gate(tokens);
  const policies = [...new Set([...POLICIES, ...(options.policies ?? [])])];
  const desk = new AuthoringDesk(options.scenarios ?? [], policies);
  const http = makeHttpServer(
    {
      page,
      health,
      feed,
      runs: runAnswerer(runs),
      reports: reportAnswerer(runs.root),
      puzzles,
      scenarios,
      gate,
    },
    host,
  );
  const cutConnections = trackConnections(http);
  const io = new Server<ClientToServer, ServerToClient>(http, {
    transports: ["websocket"],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MESSAGE_BYTES_MAX,
    connectTimeout: 5000,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    parser,
    allowRequest: (request, decide) => decide(null, isAllowed(request.headers, host)),
  });
  boundPackets(io);
  http.maxConnections = CONNECTIONS_MAX;
  const rooms: Room[] = [];
  const levels = new PuzzleDesk();
  let hub: Hub | undefined;
  let feeds: FeedDesk | undefined;
  let episodes: EpisodeStage | undefined;
  let drafts: DraftStage | undefined;
  let branches: BranchStage | undefined;
  let stopBeat: (() => void) | undefined;

  function health(): Health {
    const none = { viewers: 0, packets: 0, withheld: 0, refused: 0, queued: 0 };
    return {
      ok: true,
      matches: rooms.length,
      fed: feeds?.size ?? 0,
      branches: branches?.size ?? 0,
      opened: episodes?.size ?? 0,
      drafts: drafts?.size ?? 0,
      puzzles: levels.size,
      ...(hub === undefined ? none : hub.health()),
    };
  }

  function feed(request: IncomingMessage, response: ServerResponse): void {
    if (feeds === undefined) request.destroy();
    else void answerFeed(request, response, feeds, gate);
  }

  function scenarios(request: IncomingMessage, response: ServerResponse): void {
    if (drafts === undefined) request.destroy();
    else void answerScenarios(request, response, { desk, stage: drafts, gate });
  }

  function puzzles(request: IncomingMessage, response: ServerResponse): void {
    void answerPuzzles(request, response, { desk: levels, gate });
  }

  async function close(): Promise<void> {
    stopBeat?.();
    if (http.listening) {
      io.disconnectSockets(true);
      // A viewer who does not answer is not waited for.
      const cut = setTimeout(cutConnections, GOODBYE_MS);
      await io.close();
      clearTimeout(cut);
    }
    await Promise.all(rooms.map((room) => room.close()));
    await feeds?.close();
    runs.close();
    desk.close();
    await Promise.all([episodes?.close(), drafts?.close(), branches?.close()]);
  }

  try {
    for (const plan of options.matches) rooms.push(await Room.make(plan));
    // Whoever comes is welcome from the first moment on: a page may still be open from an earlier server.
    const running = new Hub(io.of(WATCH_NAMESPACE), rooms, gate, options.silenceMs);
    const fed = new FeedDesk(running);
    const stage = new EpisodeStage(running, runs);
    const tried = new DraftStage(running, policies, options.words);
    branches = new BranchStage(running, options.branchSink);
    [hub, feeds, episodes, drafts] = [running, fed, stage, tried];
    for (const one of [runs, stage, desk, branches, levels]) running.addDesk(one);
    const bound = await listen(http, port, host);
    const url = `http://${host.includes(":") ? `[${host}]` : host}:${bound}`;
    stopBeat = startBeat(rate, () => {
      running.beat();
      fed.beat();
      stage.beat();
      tried.beat();
      branches?.beat();
    });
    await whileLoading(beginAll(rooms), () => tell(`Loading ${modelsOf(options.matches)} for ${url} ...`));
    return { url, port: bound, tokens, health, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function beginAll(rooms: readonly Room[]): Promise<void> {
  for (const room of rooms) await room.begin();
}

/** The names of those who may take long to load. */
function modelsOf(plans: readonly MatchPlan[]): string {
  const players = plans.flatMap(({ left, right }) => [left, right]);
  const names = players.flatMap((player) => (player?.waits ? [player.name] : []));
  return [...new Set(names)].join(" and ") || "the matches";
}
