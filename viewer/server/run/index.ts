/** @file Training runs, read as the files that they write: a list, curves that grow, and the episodes of each step. */
export { runAnswerer } from "./answer.ts";
export { RunDesk } from "./desk.ts";
export { EpisodeStage, type Venue } from "./stage.ts";
export { readInside } from "./inside.ts";
export { walkFolders } from "./walk.ts";
