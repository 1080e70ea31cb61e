/** @file OpenEnv over WebSocket and HTTP, and MCP as it has it. */
export { openEnvRoutes } from "./routes.ts";
export { PAYLOAD_BYTES, sayGoodbye, serveSocket, type SocketRoom } from "./socket.ts";
