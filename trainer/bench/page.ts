/** @file A page of docs of which each bench writes its own section, between two comments, and leaves the others. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Puts `text` between the comments `<!-- name -->` and `<!-- /name -->` of the file, a new one if need be. Throws when it has none. */
export function writeSection(file: string, name: string, text: string): void {
  const page = existsSync(file) ? readFileSync(file, "utf8") : `<!-- ${name} -->\n\n<!-- /${name} -->\n`;
  writeFileSync(file, withSection(page, name, text));
}

export function withSection(page: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = page.indexOf(open);
  const end = page.indexOf(close);
  if (start < 0 || end < start)
    throw new Error(`The page has no section ${name}: expected ${open} and ${close} in it.`);
  return `${page.slice(0, start + open.length)}\n\n${text.trim()}\n\n${page.slice(end)}`;
}

/** How figures came about: stands below each table. */
export interface Conditions {
  command: string;
  seeds: string;
  physics: string;
  /** Of the game's code. */
  game: string;
  /** The day, as 2026-11-25. */
  date: string;
}

export function conditionsLine({ command, seeds, physics, game, date }: Conditions): string {
  return `Written by \`${command}\` on ${date}; ${seeds}; ${physics}; code of the game \`${game}\`.`;
}

/** The command that was given, as one types it. */
export function commandLine(script: string, given: readonly string[] = process.argv.slice(2)): string {
  const words = given.map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  );
  return ["npm run", script, ...(words.length === 0 ? [] : ["--", ...words])].join(" ");
}
