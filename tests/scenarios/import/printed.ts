/** @file What the importer makes of a piece of Python, as Python prints it. */
import { Interpreter } from "../../../scenarios/import/interpret.ts";
import { parseExpression, parsePython } from "../../../scenarios/import/statement.ts";
import { reprOf } from "../../../scenarios/import/text.ts";

const TOP = { line: 1, column: 1 };
const UNSEEDED = { twister: null, chosen: false, used: false };

export function interpreter(text: string): Interpreter {
  const made = new Interpreter({ python: { ...UNSEEDED }, numpy: { ...UNSEEDED } });
  made.runFile(parsePython(text));
  return made;
}

/** The value of an expression after a file has run, as Python prints it. */
export function printed(expression: string, file = "import math\nimport random\n"): string {
  const made = interpreter(file);
  return reprOf(made.evaluate(parseExpression(expression), made.file), made, TOP);
}
