/**
 * @file Who gets what and when: on every beat one volatile packet of frames for each viewer, then the reliable
 * messages. The order matters: socket.io drops a volatile message that follows another in the same turn.
 */
import { performance } from "node:perf_hooks";
import type { Namespace } from "socket.io";
import { printable } from "../../env/printable.ts";
import { encodePacket, PROTOCOL_VERSION } from "../protocol/index.ts";
import type { ClientToServer, History, MatchList, Refusal, ServerToClient } from "../protocol/index.ts";
import { JOINS_MAX } from "./flood.ts";
import { sizeOf } from "./note-list.ts";
import { Packing } from "./packing.ts";
import type { Beat, Room } from "./room.ts";
import { asDrawn, asRange, asWatch } from "./request.ts";
import type { Gate, Right } from "./rights.ts";
import { NO_TOKEN } from "./serve.ts";
import { TakeoverDesk } from "./takeover.ts";
import { Viewer } from "./viewer.ts";
import type { WatchSocket } from "./viewer.ts";

export const VIEWERS_MAX = 500;
const REPEAT_BEATS = 10;

/** Who answers messages about something of his own. */
export interface Desk {
  /** False when the message is malformed, undefined when it is about something else. */
  receive(viewer: Viewer, event: unknown, args: readonly unknown[]): boolean | undefined;
  /** A viewer has gone. */
  leave(viewer: Viewer): void;
}

export interface HubHealth {
  viewers: number;
  /** Packets of frames sent, and left out for viewers who had no credit. */
  packets: number;
  withheld: number;
  /** Messages that were none, or came too fast. */
  refused: number;
  /** The longest list of packets that waits for one viewer. */
  queued: number;
}

export class Hub {
  readonly #count = { packets: 0, withheld: 0, refused: 0 };
  readonly #rooms: Room[];
  readonly #viewers = new Set<Viewer>();
  readonly #desk: TakeoverDesk;
  readonly #desks: Desk[] = [];
  /** How often each connection has joined. */
  readonly #joins = new WeakMap<object, number>();
  /** Tells this start of the server from an earlier one. */
  readonly #server = crypto.randomUUID();
  #beats = 0;
  /** Counts the lists of matches. */
  #list = 0;

  constructor(
    namespace: Namespace<ClientToServer, ServerToClient>,
    rooms: readonly Room[],
    gate: Gate,
    silenceMs?: number,
  ) {
    this.#rooms = [...rooms];
    this.#desk = new TakeoverDesk(this.#rooms, silenceMs);
    const rightsOf = (socket: WatchSocket): ReadonlySet<Right> =>
      gate.rightsOf(socket.request, socket.handshake.auth["token"]);
    namespace.use((socket, next) => {
      if (socket.handshake.auth["version"] !== PROTOCOL_VERSION) {
        next(new Error("This page is of another version than the server: load it again."));
      } else if (!this.#mayJoin(socket)) next(new Error("This connection has joined too often."));
      else if (!rightsOf(socket).has("watch")) next(new Error(NO_TOKEN));
      else if (this.#viewers.size >= VIEWERS_MAX) {
        next(new Error(`The server is full: ${VIEWERS_MAX} viewers are watching.`));
      } else next();
    });
    namespace.on("connection", (socket) => this.#join(socket, rightsOf(socket).has("play")));
  }

  /** Lets every match go on by one scene and tells everybody. */
  beat(): void {
    const beats = this.#rooms.map((room) => room.beat());
    this.#beats++;
    this.#sendFrames(beats);
    this.#rooms.forEach((room, i) => this.#sendEvents(room, beats[i]!));
    this.#desk.beat(this.#viewers, performance.now());
    this.#tellList();
  }

  /** One match more. */
  add(room: Room): void {
    this.#rooms.push(room);
    this.#list++;
    this.#tellList();
  }

  /** One match less; its viewers look at none until they choose. */
  remove(room: Room): void {
    const at = this.#rooms.indexOf(room);
    if (at === -1) return;
    this.#rooms.splice(at, 1);
    for (const viewer of this.#viewers) if (viewer.room === room) viewer.room = undefined;
    this.#list++;
    this.#tellList();
  }

  /** Messages about something else go there too. */
  addDesk(desk: Desk): void {
    this.#desks.push(desk);
  }

  find(match: string): Room | undefined {
    return this.#rooms.find(({ card }) => card.id === match);
  }

  /** Lets a viewer watch a match and play in it; why not, in a sentence, if he cannot. */
  seat(viewer: Viewer, room: Room, player: number | null): string | undefined {
    // He may have gone while the match was made ready.
    if (!this.#viewers.has(viewer)) return "The viewer has left.";
    viewer.room = room;
    return this.#desk.hold(viewer, room, player);
  }

  isWatched(room: Room): boolean {
    return [...this.#viewers].some((viewer) => viewer.room === room);
  }

  health(): HubHealth {
    const queued = [...this.#viewers].reduce((most, viewer) => Math.max(most, viewer.queued), 0);
    return { viewers: this.#viewers.size, ...this.#count, queued };
  }

  #sendFrames(beats: readonly Beat[]): void {
    // Once a second the newest of every match is sent again: for what was lost, and for who has just come.
    const again = this.#beats % REPEAT_BEATS === 0;
    const shown = this.#rooms.map((_, i) => again || beats[i]!.scene === true);
    // Where others are small pictures, half the rate is enough.
    const packing = new Packing(this.#rooms, shown, this.#beats % 2 === 0);
    const now = performance.now();
    for (const viewer of this.#viewers) {
      // He would take the matches of a newer list for others.
      if (viewer.list !== this.#list) continue;
      const packed = packing.of(viewer);
      if (packed.length === 0) continue;
      const number = viewer.takeCredit(now);
      if (number === undefined) {
        this.#count.withheld++;
        continue;
      }
      this.#count.packets++;
      viewer.socket.volatile.emit("frames", bufferOf(encodePacket(number, packed)));
    }
  }

  /** To all who have not heard of the newest. */
  #tellList(): void {
    for (const viewer of this.#viewers) {
      if (viewer.list === this.#list || !viewer.takes) continue;
      viewer.list = this.#list;
      viewer.socket.emit("matches", this.#matches());
    }
  }

  #matches(): MatchList {
    return {
      matches: this.#rooms.map((room) => room.card),
      running: this.#rooms.map((room) => room.current.start),
      results: this.#rooms.map((room) => room.results),
    };
  }

  #sendEvents(room: Room, { started, events, minds, thoughts, ended }: Beat): void {
    const { match, episode } = room.current.start;
    for (const viewer of this.#viewers) {
      if (!viewer.takes) continue;
      if (started !== undefined) viewer.socket.emit("episode", started);
      if (events !== undefined && viewer.room === room) {
        viewer.socket.emit("events", { match, episode, ...events });
      }
      if (minds !== undefined && viewer.room === room) {
        viewer.socket.emit("minds", { match, episode, ...minds });
      }
      if (thoughts !== undefined && viewer.room === room) {
        viewer.socket.emit("thoughts", { match, episode, thoughts });
      }
      if (ended !== undefined) viewer.socket.emit("ended", ended);
    }
  }

  #mayJoin({ conn }: WatchSocket): boolean {
    const joins = (this.#joins.get(conn) ?? 0) + 1;
    this.#joins.set(conn, joins);
    return joins <= JOINS_MAX;
  }

  #join(socket: WatchSocket, mayPlay: boolean): void {
    const viewer = new Viewer(socket, mayPlay, performance.now());
    this.#viewers.add(viewer);
    socket.on("disconnect", () => {
      this.#viewers.delete(viewer);
      this.#desk.giveBack(viewer);
      for (const desk of this.#desks) desk.leave(viewer);
    });
    viewer.list = this.#list;
    socket.emit("welcome", { server: this.#server, mayPlay, ...this.#matches() });
    // One listener for everything, so that nothing a stranger sends goes by unchecked.
    socket.onAny((event: unknown, ...args: unknown[]) => {
      // What came together with the end of the connection is still on its way here: he would hold a player for ever.
      if (!this.#viewers.has(viewer)) return;
      if (!viewer.mayAsk(performance.now())) this.#count.refused++;
      else if (!this.#hears(viewer, event, args)) {
        this.#count.refused++;
        viewer.blame();
      }
    });
  }

  /** The same for messages that nobody has foreseen: one of them must not end the matches of all. */
  #hears(viewer: Viewer, event: unknown, args: readonly unknown[]): boolean {
    try {
      return this.#receive(viewer, event, args);
    } catch (error) {
      console.error(`a message of a viewer: ${printable(String(error))}`);
      return false;
    }
  }

  /** Answers one message; false when it was none. */
  #receive(viewer: Viewer, event: unknown, args: readonly unknown[]): boolean {
    if (event === "drawn" && args.length === 1) {
      const packet = asDrawn(args[0]);
      return packet !== undefined && viewer.drawn(packet);
    }
    const played = this.#desk.receive(viewer, event, args);
    if (played !== undefined) return played;
    for (const desk of this.#desks) {
      const answered = desk.receive(viewer, event, args);
      if (answered !== undefined) return answered;
    }
    const [data, reply] = args;
    if (args.length !== 2 || typeof reply !== "function") return false;
    const answer = (read: () => History | Refusal | null): void => {
      // Whoever does not read what he asked for, or has had his share for now, gets no more of it.
      if (!viewer.takes || !viewer.mayRead(performance.now())) {
        this.#count.refused++;
        return;
      }
      const history = read();
      if (history !== null && "scenes" in history) {
        const { scenes, minds } = history;
        viewer.charge(minds.reduce((sum, note) => sum + sizeOf(note), scenes.byteLength));
      }
      reply(history);
    };
    if (event === "watch") {
      const request = asWatch(data);
      if (request === undefined) return false;
      const room = this.#rooms.find(({ card }) => card.id === request.match);
      viewer.room = room;
      viewer.others = request.others;
      if (room !== undefined) {
        const { current } = room;
        const same = request.have?.episode === current.start.episode ? request.have : undefined;
        answer(() => {
          const history = current.history(same?.scenes ?? 0, Infinity, same?.events ?? 0, same?.minds);
          return { ...history, thoughts: room.thoughts };
        });
      } else
        answer(() => (request.match === null ? null : { error: `There is no match "${request.match}".` }));
      return true;
    }
    if (event === "range") {
      const request = asRange(data);
      if (request === undefined) return false;
      const room = this.#rooms.find(({ card }) => card.id === request.match);
      const episode = room?.episode(request.episode);
      const gone = { error: `Episode ${request.episode} of match "${request.match}" is not kept.` };
      answer(() => episode?.history(request.from, request.to, request.events, request.minds) ?? gone);
      return true;
    }
    return false;
  }
}

/** A Buffer of just these bytes: of a bare Uint8Array the parser would send all that lies under it. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
