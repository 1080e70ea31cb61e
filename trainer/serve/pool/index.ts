/** @file Worker threads that play the games of the server. */
export type { Started } from "./messages.ts";
export { Pool } from "./pool.ts";
