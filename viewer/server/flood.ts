/**
 * @file What one connection may send at all, whatever it is: counted before anything of it is read. What a viewer may
 * ask is bounded more narrowly where it is understood.
 */
import { performance } from "node:perf_hooks";
import type { Server } from "socket.io";

/** Packets of the engine: so many a second, and so many at once. A page sends some thirty a second at most. */
const PACKETS_PER_SECOND = 300;
const PACKETS_MAX = 3000;
/** A connection that leaves and joins again and again gets the list of all matches each time. */
export const JOINS_MAX = 10;

type Connections = Pick<Server, "engine">;

/** Closes connections that send more packets than anybody needs to. */
export function boundPackets({ engine }: Connections): void {
  engine.on("connection", (connection) => {
    let allowance = PACKETS_MAX;
    let at = performance.now();
    connection.on("packet", () => {
      const now = performance.now();
      allowance = Math.min(PACKETS_MAX, allowance + ((now - at) / 1000) * PACKETS_PER_SECOND) - 1;
      at = now;
      if (allowance < 0) connection.close(true);
    });
  });
}
