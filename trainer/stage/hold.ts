/** @file One process in the folder of a run at a time: two would write over each other. */
import { createHash } from "node:crypto";
import { realpathSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TouchlineError } from "../../env/error.ts";

/**
 * Holds the folder until it is closed, or the process has ended in whatever way: what holds it is a socket, which ends with
 * its process as no file does. Of another machine that shares the folder it knows nothing.
 * @throws TouchlineError `train/running` while somebody else holds it.
 */
export async function holdFolder(directory: string): Promise<{ close(): Promise<void> }> {
  const server = await listening(socketOf(realpathSync(directory)));
  if (server === "held") {
    throw new TouchlineError(
      "train/running",
      `Another process trains in "${directory}" now; wait for its end, or stop it by Ctrl-C and go on with --resume "${directory}".`,
    );
  }
  // Nobody waits for it.
  server?.unref();
  return { close: () => new Promise<void>((closed) => (server ? server.close(() => closed()) : closed())) };
}

function socketOf(directory: string): string {
  const name = `touchline-run-${createHash("sha256").update(directory).digest("hex").slice(0, 24)}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

/** Undefined where there can be no socket: nobody is to be kept from training by that. */
async function listening(path: string): Promise<Server | "held" | undefined> {
  const server = await listen(path);
  if (server !== "taken") return server;
  if (await answers(path)) return "held";
  // A process that was killed leaves its path behind, at which nobody answers.
  try {
    rmSync(path, { force: true });
  } catch {
    return undefined;
  }
  const second = await listen(path);
  return second === "taken" ? undefined : second;
}

function listen(path: string): Promise<Server | "taken" | undefined> {
  return new Promise((done) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) =>
      done(error.code === "EADDRINUSE" ? "taken" : undefined),
    );
    server.listen(path, () => done(server));
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path, () => {
      socket.destroy();
      done(true);
    });
    socket.once("error", () => done(false));
  });
}
