/** @file The page's end of the wire. Knows the messages, not what they are for. */
import { io } from "socket.io-client";
import type { Socket } from "socket.io-client";
import * as parser from "socket.io-msgpack-parser";
import { ACK_EVERY, decodePacket, PROTOCOL_VERSION, WATCH_NAMESPACE } from "../../protocol/index.ts";
import type {
  BranchRequest,
  Branched,
  ClientToServer,
  CurveNews,
  Curves,
  EpisodeEnd,
  EpisodeRequest,
  EpisodeStart,
  Events,
  HandsMessage,
  History,
  MatchList,
  Minds,
  Opened,
  Packet,
  Puzzle,
  RangeRequest,
  Refusal,
  RunList,
  RunsRequest,
  ScenarioList,
  ScenariosRequest,
  ServerToClient,
  TakeRequest,
  Taken,
  Thoughts,
  WatchRequest,
  Welcome,
} from "../../protocol/index.ts";

export interface Listener {
  welcome(welcome: Welcome): void;
  matches(list: MatchList): void;
  frames(packet: Packet): void;
  episode(start: EpisodeStart): void;
  events(events: Events): void;
  minds(minds: Minds): void;
  thoughts(thoughts: Thoughts): void;
  ended(end: EpisodeEnd): void;
  taken(all: readonly Taken[]): void;
  /** The connection was lost; it is tried again until it stands. */
  lost(): void;
  /** The server does not want this page, with its reason. */
  refused(reason: string): void;
}

/** Who hears of training runs. */
export interface RunsListener {
  /** The connection stands, maybe for another time: nothing is looked at yet. */
  welcome(): void;
  runs(list: RunList): void;
  curves(curves: Curves): void;
  points(news: CurveNews): void;
}

/** Who hears of scenarios. */
export interface ScenariosListener {
  /** The connection stands, maybe for another time: nothing is looked at yet. */
  welcome(): void;
  scenarios(list: ScenarioList): void;
}

/** Who hears of levels of Sokoban. */
export interface PuzzlesListener {
  list: (all: readonly Puzzle[]) => void;
  puzzle: (one: Puzzle) => void;
}

/** Without an answer after this long a request is taken as lost. */
const ANSWER_MS = 15_000;
/** At the latest so long after a packet the server hears that it was drawn. */
const ACK_MS = 500;

export class Connection {
  readonly #socket: Socket<ServerToClient, ClientToServer>;
  #received = 0;
  #drawn = 0;
  #drawnAt = 0;

  constructor(url: string, listener: Listener) {
    this.#socket = io(`${url}${WATCH_NAMESPACE}`, {
      parser,
      transports: ["websocket"],
      auth: { version: PROTOCOL_VERSION },
      reconnectionDelay: 500,
      reconnectionDelayMax: 3000,
    });
    this.#socket.on("welcome", (welcome) => {
      this.#received = this.#drawn = 0;
      listener.welcome(welcome);
    });
    this.#socket.on("matches", (list) => listener.matches(list));
    this.#socket.on("frames", (data) => {
      const packet = decodePacket(data);
      this.#received = packet.number;
      listener.frames(packet);
    });
    this.#socket.on("episode", (start) => listener.episode(start));
    this.#socket.on("events", (events) => listener.events(events));
    this.#socket.on("minds", (minds) => listener.minds(minds));
    this.#socket.on("thoughts", (thoughts) => listener.thoughts(thoughts));
    this.#socket.on("ended", (end) => listener.ended(end));
    this.#socket.on("taken", (all) => listener.taken(all));
    this.#socket.on("disconnect", () => listener.lost());
    this.#socket.on("connect_error", (error) => {
      // Only an answer of the server itself is final: a connection that failed is tried again.
      if (this.#socket.active) listener.lost();
      else listener.refused(error.message);
    });
  }

  /** Tells the server what has been drawn, now and then: that is the credit for more. */
  drawn(now: number): void {
    const news = this.#received - this.#drawn;
    if (news < ACK_EVERY && (news === 0 || now - this.#drawnAt < ACK_MS)) return;
    this.#drawn = this.#received;
    this.#drawnAt = now;
    this.#socket.volatile.emit("drawn", this.#received);
  }

  /** Undefined when no answer came. */
  watch(request: WatchRequest): Promise<History | Refusal | null | undefined> {
    return this.#socket
      .timeout(ANSWER_MS)
      .emitWithAck("watch", request)
      .catch(() => undefined);
  }

  range(request: RangeRequest): Promise<History | Refusal | undefined> {
    return this.#socket
      .timeout(ANSWER_MS)
      .emitWithAck("range", request)
      .catch(() => undefined);
  }

  /** Null when the player is ours; undefined when no answer came. */
  take(request: TakeRequest): Promise<Refusal | null | undefined> {
    return this.#socket
      .timeout(ANSWER_MS)
      .emitWithAck("take", request)
      .catch(() => undefined);
  }

  /** Undefined when no answer came: the match is played again up to there, which may take a while. */
  branch(request: BranchRequest): Promise<Branched | Refusal | undefined> {
    return this.#socket
      .timeout(ANSWER_MS)
      .emitWithAck("branch", request)
      .catch(() => undefined);
  }

  give(): void {
    this.#socket.emit("give");
  }

  /** Hands that nobody hears are not kept for later. */
  hands(hands: HandsMessage): void {
    if (this.#socket.connected) this.#socket.emit("hands", hands);
  }

  hearRuns(listener: RunsListener): void {
    this.#socket.on("welcome", () => listener.welcome());
    this.#socket.on("runs", (list) => listener.runs(list));
    this.#socket.on("curves", (curves) => listener.curves(curves));
    this.#socket.on("points", (news) => listener.points(news));
  }

  /** Undefined when no answer came. */
  runs(request: RunsRequest): Promise<RunList | null | undefined> {
    return this.#socket
      .timeout(ANSWER_MS)
      .emitWithAck("runs", request)
      .catch(() => undefined);
  }

  hearScenarios(listener: ScenariosListener): void {
    this.#socket.on("welcome", () => listener.welcome());
    this.#socket.on("scenarios", (list) => listener.scenarios(list));
  }

  /** Undefined when no answer came. */
  scenarios(request: ScenariosRequest): Promise<ScenarioList | Refusal | null | undefined> {
    return this.#socket
      .timeout(ANSWER_MS)
      .emitWithAck("scenarios", request)
      .catch(() => undefined);
  }

  /** Hears of levels of Sokoban, after a lost connection too, until what it returns is called. */
  lookAtPuzzles(listener: PuzzlesListener): () => void {
    const ask = () =>
      void this.#socket
        .timeout(ANSWER_MS)
        .emitWithAck("puzzles", { look: true })
        .then(
          (list) => list !== null && listener.list(list.puzzles),
          () => undefined,
        );
    this.#socket.on("welcome", ask);
    this.#socket.on("puzzle", listener.puzzle);
    ask();
    return () => {
      this.#socket.off("welcome", ask);
      this.#socket.off("puzzle", listener.puzzle);
      this.#socket.emit("puzzles", { look: false }, () => undefined);
    };
  }

  open(request: EpisodeRequest): Promise<Opened | Refusal | undefined> {
    return this.#socket
      .timeout(ANSWER_MS)
      .emitWithAck("open", request)
      .catch(() => undefined);
  }

  close(): void {
    this.#socket.close();
  }
}
