/** @file Sessions: one env of one client each, and the desk that admits them. */
export { Desk, type DeskOptions } from "./desk.ts";
export { type Protocol, type ResetOptions, Session } from "./session.ts";
