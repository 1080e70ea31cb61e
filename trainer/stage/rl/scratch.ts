/** @file Where the weights lie that actors act by: in the folder for temporary files, and no longer than their run. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NAME = /^touchline-policy-(\d+)-/;

/** A new folder. Those of processes that were killed, which could not clean up, are taken away. */
export function makeScratch(): string {
  for (const name of readdirSync(tmpdir())) {
    const [, owner] = NAME.exec(name) ?? [];
    if (owner !== undefined && !isAlive(Number(owner)))
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
  return mkdtempSync(join(tmpdir(), `touchline-policy-${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's is alive, too.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
