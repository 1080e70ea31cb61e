/** @file Whether a device works here, asked in a process of its own, because the libraries of a GPU may end it. */
import { execFile, type ExecFileException } from "node:child_process";
import type { Availability, Device } from "../agent/graph/index.ts";
import { TouchlineError } from "../env/error.ts";

const MOST_MILLISECONDS = 20_000;

/** What `touchline doctor --probe DEVICE` finds out. */
export function examineDevice(device: Device): Promise<Availability> {
  const args = [process.argv[1] ?? "", "doctor", "--probe", device];
  return new Promise((resolve) => {
    const options = { timeout: MOST_MILLISECONDS, killSignal: "SIGKILL" } as const;
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      try {
        // What has worked has worked, even if the process broke on its way out.
        resolve(JSON.parse(stdout) as Availability);
      } catch {
        resolve({ ok: false, reason: endOf(error, stderr) });
      }
    });
  });
}

/**
 * Refuses a device that does not work before its libraries print into this process's standard error.
 * @throws TouchlineError `graph/device`.
 */
export async function requireDevice(device: Device): Promise<void> {
  if (device === "cpu") return;
  const { ok, reason } = await examineDevice(device);
  if (ok) return;
  throw new TouchlineError("graph/device", `The device ${device} cannot be used: ${reason}.`);
}

function endOf(error: ExecFileException | null, stderr: string): string {
  if (error?.killed) return `a graph of one node has not run on it within ${MOST_MILLISECONDS / 1000} s`;
  const last = stderr.trim().split("\n").at(-1);
  return `the process that tried it ended with ${error?.signal ?? error?.code ?? 0}${last ? `: ${last}` : ""}`;
}
