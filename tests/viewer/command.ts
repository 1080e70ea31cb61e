/** @file `touchline watch` as one types it, in a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { LAUNCHER } from "../cli/run.ts";
import type { Venue } from "./serve.ts";

export interface WatchCommand {
  /** The address that it prints. */
  url: string;
  /** All that it has printed, as it comes. */
  readonly lines: readonly string[];
  /** Presses Ctrl-C; the exit status, or the signal that ended it. */
  readonly stop: () => Promise<number | string>;
}

/** Starts it with these words on any port; it is stopped after the test. */
export async function watchByCommand(venue: Venue, words: readonly string[]): Promise<WatchCommand> {
  const child = spawn(process.execPath, [LAUNCHER, "watch", "--port", "0", ...words], { stdio: "pipe" });
  const exited = once(child, "exit");
  const stop = async (): Promise<number | string> => {
    child.kill("SIGINT");
    const [status, signal] = await exited;
    return status ?? signal;
  };
  venue.keep({ close: stop });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    reader.on("line", (line) => {
      lines.push(line);
      const url = /http:[^\s"]+/.exec(line)?.[0];
      if (url !== undefined) resolve({ url, lines, stop });
    });
    reader.on("close", () => reject(new Error("touchline watch printed no address")));
  });
}
