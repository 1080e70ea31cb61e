/** @file What commands print on standard output. Nothing in it commands the terminal, whoever wrote it. */
import { printable } from "../env/printable.ts";

/** The one JSON document of `--json`. */
export function printJson(document: unknown): void {
  printLine(JSON.stringify(document, null, 2));
}

export function printLine(line = ""): void {
  printText(`${line}\n`);
}

/** Text that goes on. */
export function printText(text: string): void {
  process.stdout.write(printable(text));
}

/**
 * Rows under a head, in columns as wide as their longest cell. Columns of numbers stand right; the last column
 * may be as long as it likes.
 */
export function printTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const lines = [head, ...rows].map((row) => row.map((cell) => printable(String(cell))));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const numeric = head.map((_, column) => rows.every((row) => typeof row[column] === "number"));
  for (const line of lines) {
    const cells = line.map((cell, column) =>
      numeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    );
    printLine(cells.join("  ").trimEnd());
  }
}
