/**
 * @file Who plays himself: takes players over and gives them back, hears of the hands of those who play, and tells
 * everybody. One person a player and one player a person; whoever leaves, looks elsewhere or falls silent loses him.
 */
import { humanPolicy, type HumanPolicy } from "../../agent/policy/index.ts";
import type { Refusal, Taken } from "../protocol/index.ts";
import { mateTowards } from "./mate.ts";
import { asHands, asTake } from "./request.ts";
import type { Room } from "./room.ts";
import type { Viewer } from "./viewer.ts";

/** So long nothing at all may be heard of a person. */
export const SILENCE_MS = 30_000;

export const MAY_ONLY_WATCH =
  "You may only watch here: whoever started the server has another link for those who play.";

interface Holding {
  room: Room;
  /** Place among the match's players under control. */
  place: number;
  policy: HumanPolicy;
  person: number;
}

export class TakeoverDesk {
  readonly #rooms: readonly Room[];
  readonly #silenceMs: number;
  readonly #holdings = new Map<Viewer, Holding>();
  /** What was last told to everybody, and which state of it each has heard. */
  #news = "[]";
  #version = 0;
  readonly #told = new WeakMap<Viewer, number>();

  constructor(rooms: readonly Room[], silenceMs: number = SILENCE_MS) {
    this.#rooms = rooms;
    this.#silenceMs = silenceMs;
  }

  /** Answers a message about playing; false when it is malformed, undefined when it is about something else. */
  receive(viewer: Viewer, event: unknown, args: readonly unknown[]): boolean | undefined {
    const [data, reply] = args;
    switch (event) {
      case "take": {
        const request = asTake(data);
        if (args.length !== 2 || typeof reply !== "function" || request === undefined) return false;
        const error = this.#take(viewer, request.match, request.player);
        if (viewer.takes) reply(error === undefined ? null : ({ error } satisfies Refusal));
        return true;
      }
      case "give":
        if (args.length > 0) return false;
        this.giveBack(viewer);
        return true;
      case "hands": {
        const hands = asHands(data);
        if (args.length !== 1 || hands === undefined) return false;
        const { press, ...held } = hands;
        // Whose player has just gone back may still have sent this.
        const holding = this.#holdings.get(viewer);
        holding?.policy.use(held, press);
        holding?.room.hurry();
        return true;
      }
      default:
        return undefined;
    }
  }

  giveBack(viewer: Viewer): void {
    const holding = this.#holdings.get(viewer);
    if (holding === undefined) return;
    this.#holdings.delete(viewer);
    const { room, place } = holding;
    room.match?.giveBack(place);
    room.attended = [...this.#holdings.values()].some((other) => other.room === room);
  }

  /** Gives back the players of those who are no longer there, and tells the viewers what has changed. */
  beat(viewers: Iterable<Viewer>, now: number): void {
    for (const [viewer, { room }] of this.#holdings) {
      if (viewer.room !== room || now - viewer.heardAt > this.#silenceMs) this.giveBack(viewer);
    }
    const news = JSON.stringify(this.#taken(undefined));
    if (news !== this.#news) this.#version++;
    this.#news = news;
    for (const viewer of viewers) {
      if ((this.#told.get(viewer) ?? 0) === this.#version || !viewer.takes) continue;
      this.#told.set(viewer, this.#version);
      viewer.socket.emit("taken", this.#taken(viewer));
    }
  }

  /** As one viewer hears it. */
  #taken(viewer: Viewer | undefined): Taken[] {
    return [...this.#holdings].map(([holder, { room, place, person }]) => ({
      match: room.card.id,
      player: room.match?.controlled[place] ?? -1,
      person,
      you: holder === viewer,
    }));
  }

  /** Why not, in a sentence, or undefined when he has the player now. */
  #take(viewer: Viewer, id: string, player: number | null): string | undefined {
    const room = this.#rooms.find(({ card }) => card.id === id);
    if (!viewer.mayPlay) return MAY_ONLY_WATCH;
    if (room === undefined) return `There is no match "${id}".`;
    if (viewer.room !== room) return "Watch the match first, then take a player of it over.";
    return this.hold(viewer, room, player);
  }

  /** The same for one who watches the match. */
  hold(viewer: Viewer, room: Room, player: number | null): string | undefined {
    const { match, card } = room;
    if (match === undefined) return "This is a recording: nobody in it can be taken over.";
    if (!room.begun) return "The match has not begun yet.";
    const { controlled } = match;
    if (controlled.length === 0) return "The built-in players have this match to themselves.";
    const heldBy = (place: number): Holding | undefined =>
      [...this.#holdings.values()].find((holding) => holding.room === room && holding.place === place);
    const place =
      player === null ? controlled.findIndex((_, i) => heldBy(i) === undefined) : controlled.indexOf(player);
    if (place < 0 && player === null) return "Every player under control is taken over already.";
    if (place < 0) {
      return "He plays by himself: only players with a ring, whom a policy controls, can be taken over.";
    }
    const holder = heldBy(place);
    if (holder !== undefined && holder !== this.#holdings.get(viewer)) {
      return `Person ${holder.person} plays him already.`;
    }
    if (holder !== undefined) return undefined;
    this.giveBack(viewer);
    const mate = (direction: number): number | undefined =>
      mateTowards(match.env.scene(), card.lineup, match.controlled[place] ?? -1, direction);
    const policy = humanPolicy(mate);
    this.#holdings.set(viewer, { room, place, policy, person: this.#number() });
    match.takeOver(place, policy);
    room.attended = true;
    return undefined;
  }

  /** The lowest number that nobody has who plays. */
  #number(): number {
    const numbers = new Set([...this.#holdings.values()].map(({ person }) => person));
    let number = 1;
    while (numbers.has(number)) number++;
    return number;
  }
}
