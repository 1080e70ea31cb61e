/** @file What the page and the server say to each other. */
export * from "./authoring.ts";
export * from "./message.ts";
export * from "./mind.ts";
export * from "./puzzle.ts";
export * from "./report.ts";
export * from "./run.ts";
export * from "./takeover.ts";
export {
  decodePacket,
  decodeScenes,
  encodeEntries,
  encodePacket,
  encodeScenes,
  type Packet,
  encodeTiles,
  type PacketEntry,
  type PacketTile,
} from "./packet.ts";
export { decodeTile, encodeTile, type Interest, SECONDS_MAX, type Tile } from "./tile.ts";
export { decodeScene, encodeScene, FIGURES_MAX, SCENE_BYTES_MAX, tickOf } from "./scene.ts";
