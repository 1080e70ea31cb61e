/** @file Learning by trying. */
export { trainRl } from "./rl.ts";
