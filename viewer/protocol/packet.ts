/**
 * @file What goes out ten times a second: one packet for each viewer with the newest scene of every match he
 * sees. One, because socket.io drops a second volatile message of the same turn of the event loop.
 */
/** The newest scene of one match. */
export interface PacketEntry {
  /** The match's place in the list of matches. */
  match: number;
  /** The low 16 bits of the episode's number. */
  episode: number;
  /** The scene's place in its episode, from 0. */
  seq: number;
  /** The low 8 bits of how many events the episode has had, so that a lost one is missed at once. */
  events: number;
  /** As `encodeScene` made it. */
  scene: Uint8Array;
}

/** A match of the wall. */
export interface PacketTile {
  /** The match's place in the list of matches. */
  match: number;
  /** As `encodeTile` made it. */
  tile: Uint8Array;
}

export interface Packet {
  /** Counts this viewer's packets from 1; he says which he has drawn. */
  number: number;
  entries: PacketEntry[];
  /** For those who look at the wall; matches that are not told of have not changed. */
  tiles: PacketTile[];
}

const HEADER = 4;
const ENTRY_HEADER = 8;
const TILE_HEADER = 2;
/** In front of a tile, with the match: there are never as many as 128 matches, those that come and go included. */
const TILE_MARK = 0x80;

/** The bytes that are the same for all viewers of the same matches. */
export function encodeEntries(entries: readonly PacketEntry[]): Uint8Array {
  const length = entries.reduce((sum, entry) => sum + ENTRY_HEADER + entry.scene.length, 0);
  const bytes = new Uint8Array(length);
  const view = viewOf(bytes);
  let at = 0;
  for (const { match, episode, seq, events, scene } of entries) {
    view.setUint8(at, match);
    view.setUint16(at + 1, episode & 0xffff);
    view.setUint8(at + 3, (seq >>> 16) & 255);
    view.setUint16(at + 4, seq & 0xffff);
    view.setUint8(at + 6, events & 255);
    view.setUint8(at + 7, scene.length);
    bytes.set(scene, at + ENTRY_HEADER);
    at += ENTRY_HEADER + scene.length;
  }
  return bytes;
}

/** The same for the wall. */
export function encodeTiles(tiles: readonly PacketTile[]): Uint8Array {
  const bytes = new Uint8Array(tiles.reduce((sum, { tile }) => sum + TILE_HEADER + tile.length, 0));
  let at = 0;
  for (const { match, tile } of tiles) {
    bytes[at] = match | TILE_MARK;
    bytes[at + 1] = tile.length;
    bytes.set(tile, at + TILE_HEADER);
    at += TILE_HEADER + tile.length;
  }
  return bytes;
}

/** One viewer's packet: the number in front of the common bytes, which are entries and then tiles. */
export function encodePacket(number: number, common: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEADER + common.length);
  viewOf(bytes).setUint32(0, number);
  bytes.set(common, HEADER);
  return bytes;
}

/** Reads a packet at any offset of a larger buffer; its scenes are views into it. Throws RangeError when cut. */
export function decodePacket(data: ArrayBuffer | Uint8Array): Packet {
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  const view = viewOf(bytes);
  const packet: Packet = { number: view.getUint32(0), entries: [], tiles: [] };
  let at = HEADER;
  while (at < bytes.length) {
    if ((bytes[at]! & TILE_MARK) !== 0) {
      const end = at + TILE_HEADER + view.getUint8(at + 1);
      if (end > bytes.length) throw new RangeError("the packet ends in the middle of a tile");
      packet.tiles.push({ match: bytes[at]! & ~TILE_MARK, tile: bytes.subarray(at + TILE_HEADER, end) });
      at = end;
      continue;
    }
    const length = view.getUint8(at + 7);
    const end = at + ENTRY_HEADER + length;
    if (end > bytes.length) throw new RangeError("the packet ends in the middle of a scene");
    packet.entries.push({
      match: view.getUint8(at),
      episode: view.getUint16(at + 1),
      seq: (view.getUint8(at + 3) << 16) | view.getUint16(at + 4),
      events: view.getUint8(at + 6),
      scene: bytes.subarray(at + ENTRY_HEADER, end),
    });
    at = end;
  }
  return packet;
}

/** Many scenes in a row, each with its length in front: a stretch of history. */
export function encodeScenes(scenes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(scenes.reduce((sum, scene) => sum + 1 + scene.length, 0));
  let at = 0;
  for (const scene of scenes) {
    bytes[at] = scene.length;
    bytes.set(scene, at + 1);
    at += 1 + scene.length;
  }
  return bytes;
}

/** The scenes of `encodeScenes`, as views into it. */
export function decodeScenes(data: ArrayBuffer | Uint8Array): Uint8Array[] {
  const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
  const scenes: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const end = at + 1 + bytes[at]!;
    if (end > bytes.length) throw new RangeError("the history ends in the middle of a scene");
    scenes.push(bytes.subarray(at + 1, end));
    at = end;
  }
  return scenes;
}

/** Correct for a Node Buffer, which is a window at any offset of a larger one. */
function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
