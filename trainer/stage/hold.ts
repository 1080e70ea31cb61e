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
  const path = socketOf(realpathSync(directory));
  const server = (await listening(path)) ?? (await afterItsEnd(path));
  if (server === undefined) {
    throw new TouchlineError(
      "train/running",
      `Another process trains in "${directory}" now; wait for its end, or stop it by Ctrl-C and go on with --resume "${directory}".`,
    );
  }
  // Nobody waits for it.
  server.unref();
  return { close: () => new Promise<void>((closed) => void server.close(() => closed())) };
}

function socketOf(directory: string): string {
  const name = `touchline-run-${createHash("sha256").update(directory).digest("hex").slice(0, 24)}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

/** Undefined where the path is taken. */
function listening(path: string): Promise<Server | undefined> {
  return new Promise((done, failed) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") done(undefined);
      else failed(error);
    });
    server.listen(path, () => done(server));
  });
}

/** A process that was killed leaves its path behind, at which nobody answers. */
async function afterItsEnd(path: string): Promise<Server | undefined> {
  if (await answers(path)) return undefined;
  rmSync(path, { force: true });
  return listening(path);
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
