/** @file VAGEN's RemoteEnv over HTTP. */
export { VAGEN_STATUS, vagenRoutes } from "./routes.ts";
