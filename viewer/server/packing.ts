/** @file What one beat has to show, packed once for all who look at the same. */
import { decodeScene, encodeEntries, encodeTile, encodeTiles } from "../protocol/index.ts";
import type { PacketEntry, PacketTile, WatchRequest } from "../protocol/index.ts";
import { interestOf } from "./interest.ts";
import type { Room } from "./room.ts";

/** What somebody looks at. */
interface Look {
  room: Room | undefined;
  others: WatchRequest["others"];
}

export class Packing {
  readonly #rooms: readonly Room[];
  readonly #shown: readonly boolean[];
  readonly #half: boolean;
  #tiles: (PacketTile | undefined)[] | undefined;
  readonly #packed = new Map<string, Uint8Array>();

  /** `shown`: which matches have something to show; `half`: whether it is the turn of those with half the rate. */
  constructor(rooms: readonly Room[], shown: readonly boolean[], half: boolean) {
    this.#rooms = rooms;
    this.#shown = shown;
    this.#half = half;
  }

  /** The bytes of a packet without its number; none where there is nothing to show. */
  of({ room, others }: Look): Uint8Array {
    const key = `${room?.card.id ?? ""} ${others}`;
    let packed = this.#packed.get(key);
    if (packed === undefined) {
      packed = this.#pack(room, others);
      this.#packed.set(key, packed);
    }
    return packed;
  }

  #pack(room: Room | undefined, others: WatchRequest["others"]): Uint8Array {
    const all = others === true && this.#half;
    const entries = encodeEntries(
      this.#rooms.flatMap((one, i) =>
        this.#shown[i] && (all || one === room) ? (entryOf(one, i) ?? []) : [],
      ),
    );
    if (others !== "wall") return entries;
    // Tiles cost more than scenes, which are there already: they are made only for those who look.
    this.#tiles ??= this.#rooms.map((one, i) => (this.#shown[i] ? tileOf(one, i) : undefined));
    const beside = this.#tiles.filter((tile, i) => tile !== undefined && this.#rooms[i] !== room);
    return Buffer.concat([entries, encodeTiles(beside.filter((tile) => tile !== undefined))]);
  }
}

function entryOf({ current }: Room, match: number): PacketEntry | undefined {
  const scene = current.newest;
  if (scene === undefined) return undefined;
  const { episode } = current.start;
  return { match, episode, seq: current.scenes - 1, events: current.events.length, scene };
}

function tileOf({ current, card }: Room, match: number): PacketTile | undefined {
  if (current.newest === undefined) return undefined;
  const scene = decodeScene(current.newest);
  const interest = interestOf(current, scene, card.lineup, card.ticksPerScene);
  return { match, tile: encodeTile(scene, interest, current.ended !== undefined) };
}
