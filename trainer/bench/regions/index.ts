/** @file Who plays the regions without words: nobody, the built-in player, one who farms passes, and a search. */
export { passing } from "./passing.ts";
export { idle, playRegion, type RegionPlayer, type RegionScore, scripted } from "./player.ts";
export { searchRegion } from "./search.ts";
