/** @file Who may import whom, and the other bounds that the source keeps, as data. ARCHITECTURE.md draws them. */

/**
 * An area is a folder, or a part of one that has rules of its own; the longest match counts. An area may import
 * itself and what stands here. Tests may import everything.
 */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  env: [],
  scenarios: ["env"],
  agent: ["env"],
  trainer: ["env", "agent", "scenarios"],
  "viewer/protocol": ["env"],
  "viewer/player": ["env", "viewer/protocol"],
  "viewer/app": ["env", "scenarios", "viewer/protocol", "viewer/player"],
  "viewer/server": ["env", "scenarios", "agent", "viewer/protocol", "viewer/player"],
  // The one command brings everything together, and nothing imports it.
  cli: ["env", "scenarios", "agent", "trainer", "viewer/server", "viewer/protocol"],
  "touchline.ts": ["cli"],
  bin: ["touchline.ts"],
  package: ["viewer/server"],
  "vitest.config.ts": [],
};

/** Packages that the game may use: all of them pure, with the same results in Node and in browsers. */
export const ENV_PACKAGES = [
  "@dimforge/rapier2d-deterministic-compat",
  "xxhash-wasm",
  "fastest-levenshtein",
  "zod",
];

/** Areas whose code also runs in the page: no `node:` import, except in the files named. */
export const BROWSER_AREAS = ["env", "scenarios", "viewer/protocol", "viewer/player", "viewer/app"];
export const NODE_ONLY_FILES = ["scenarios/load.ts"];

/**
 * Files that other folders may import past the `index.ts` of their folder: the contract types, and a second door
 * for Node.
 */
export const SIDE_DOORS = [
  /^env\/[a-z-]+\.ts$/,
  /^env\/football\/(scenario|migrate|pitch|types|action|event)\.ts$/,
  /^env\/frame\/(scene|frame)\.ts$/,
  /^scenarios\/(load|capture)\.ts$/,
  // One file a command; only touchline.ts may import them at all.
  /^cli\/[a-z-]+\.ts$/,
];

/** No file is longer, but the tables named. */
export const MOST_LINES = 400;
export const LONG_TABLES: readonly string[] = [];

/** The members of Math whose results every engine must give bit for bit. */
export const EXACT_MATH = [
  "abs",
  "min",
  "max",
  "floor",
  "ceil",
  "round",
  "trunc",
  "sign",
  "sqrt",
  "imul",
  "fround",
  "clz32",
  "PI",
  "SQRT1_2",
];

/** Names of clocks, chance and surroundings that the game must not know. */
export const IMPURE_NAMES = [
  "globalThis",
  "Date",
  "performance",
  "crypto",
  "Intl",
  "process",
  "window",
  "document",
  "navigator",
  "fetch",
  "setTimeout",
  "setInterval",
  "queueMicrotask",
];

/** Methods whose result depends on the engine's own tables of languages. */
export const LOCAL_METHODS = ["localeCompare", "toLocaleString", "toLocaleLowerCase", "toLocaleUpperCase"];
