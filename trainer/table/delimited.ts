/**
 * @file TSV and CSV as pandas writes them: every field may stand in quotes, with doubled quotes, tabs and lines inside.
 * Read piece by piece; papaparse's own parser says where the last whole record of a piece ends.
 */
import { createReadStream } from "node:fs";
import Papa, { type ParseError } from "papaparse";
import { badRow, type TableRow } from "./row.ts";

/** Characters that are parsed at a time: fewer, and a picture takes several tries. */
const PIECE = 1 << 20;
/** Characters of one record: more of them are a quote that is never closed. */
const LONGEST = 1 << 28;

interface Parsed {
  data: string[][];
  errors: ParseError[];
  meta: { cursor: number };
}

/** The rows of a file, by the names in its first line. */
export async function* readDelimited(file: string, delimiter: "\t" | ","): AsyncGenerator<TableRow> {
  let columns: string[] | undefined;
  let number = 0;
  for await (const { fields, wrong } of records(file, delimiter)) {
    if (columns === undefined) {
      columns = fields.map((name) => name.trim());
      continue;
    }
    // Blank lines at the end are nobody's rows.
    if (fields.length === 1 && fields[0] === "" && columns.length > 1) continue;
    number++;
    if (wrong !== undefined) yield badRow(file, number, wrong);
    else if (fields.length !== columns.length) {
      yield badRow(
        file,
        number,
        `has ${fields.length} fields; expected ${columns.length}, as the header has.`,
      );
    } else {
      yield { file, number, values: Object.fromEntries(columns.map((name, i) => [name, fields[i] || null])) };
    }
  }
}

/** The header's names, to look before one reads. */
export async function headerOf(file: string, delimiter: "\t" | ","): Promise<string[]> {
  for await (const { fields } of records(file, delimiter)) return fields.map((name) => name.trim());
  return [];
}

interface Fields {
  fields: string[];
  wrong?: string;
}

async function* records(file: string, delimiter: string): AsyncGenerator<Fields> {
  let text = "";
  let parser: Papa.Parser | undefined;
  // An unfinished record is looked at again only when there is twice as much of it.
  let enough = PIECE;
  const stream = createReadStream(file, { encoding: "utf8", highWaterMark: PIECE });
  for await (const piece of stream as AsyncIterable<string>) {
    text += text === "" && parser === undefined ? piece.replace(/^\uFEFF/, "") : piece;
    if (text.length < enough) continue;
    parser ??= parserOf(text, delimiter);
    const { data, errors, meta } = parser.parse(text, 0, true) as Parsed;
    yield* withErrors(data, errors);
    text = text.slice(meta.cursor);
    enough = Math.max(PIECE, 2 * text.length);
    if (text.length > LONGEST) break;
  }
  if (text === "") return;
  const { data, errors } = (parser ?? parserOf(text, delimiter)).parse(text, 0, false) as Parsed;
  yield* withErrors(data, errors);
}

function parserOf(text: string, delimiter: string): Papa.Parser {
  const line = text.indexOf("\n");
  return new Papa.Parser({ delimiter, newline: text[line - 1] === "\r" ? "\r\n" : "\n" });
}

/** Where the parser's own words do not say what a reader of the file sees. */
const HINTS: Readonly<Record<string, string>> = {
  MissingQuotes: "a quote does not end, so the file may be cut short",
};

function* withErrors(data: readonly string[][], errors: readonly ParseError[]): Generator<Fields> {
  const wrong = new Map(
    errors.map(({ row, code, message }) => [row ?? data.length - 1, HINTS[code] ?? message]),
  );
  for (const [row, fields] of data.entries()) {
    const error = wrong.get(row);
    yield error === undefined ? { fields } : { fields, wrong: `cannot be read: ${error}.` };
  }
}
