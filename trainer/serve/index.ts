/** @file Envs and rewards served to trainers elsewhere: OpenEnv, VAGEN's RemoteEnv, OpenRLHF's remote reward. */
export { isLoopback } from "./access.ts";
export { type RunningServer, SERVE_DEFAULTS, type ServeOptions, startServer } from "./server.ts";
