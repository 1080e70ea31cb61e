/** @file The source files of the repository and what each of them imports, read with a real parser (oxc, in vite). */
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOREIGN = new Set(["node_modules", "dist", "runs", "shared"]);

export interface SourceFile {
  /** From the root of the repository, with forward slashes. */
  path: string;
  text: string;
  imports: Import[];
  nodes: Node[];
}

export interface Import {
  /** What the file says: `./a.ts`, `node:fs`, `pixi.js`. */
  specifier: string;
  /** The file it means, from the root; undefined for packages. */
  target: string | undefined;
  /** Gone when compiled. */
  typeOnly: boolean;
}

/** A node of the syntax tree; only `type` is sure. */
export interface Node {
  type: string;
  [key: string]: unknown;
}

/** A test beside the code, or a bench: they may reach everywhere, as tests/ may. */
export function isTest(path: string): boolean {
  return path.startsWith("tests/") || /\.(test|bench)\.tsx?$/.test(path);
}

export function readSourceFiles(): SourceFile[] {
  return pathsBelow("")
    .filter((path) => /\.(ts|tsx|js|mjs)$/.test(path))
    .sort()
    .map((path) => readSource(path, readFileSync(join(ROOT, path), "utf8")));
}

export function readSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path} cannot be parsed: ${errors[0].message}`);
  const nodes = nodesOf(program);
  const imports = nodes.flatMap((node) => importOf(node, path) ?? []);
  return { path, text, imports, nodes };
}

function pathsBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith(".") || FOREIGN.has(entry.name)) return [];
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? pathsBelow(path) : [path];
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** All nodes below and including this one. */
function nodesOf(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (!isNode(value)) return [];
  return [value, ...Object.values(value).flatMap(nodesOf)];
}

function importOf(node: Node, path: string): Import | undefined {
  const specifier = specifierOf(node);
  if (specifier === undefined) return undefined;
  const own = specifier.startsWith(".");
  return {
    specifier,
    target: own ? normalize(join(dirname(path), specifier)).replaceAll("\\", "/") : undefined,
    typeOnly: node.type === "TSImportType" || node.importKind === "type" || node.exportKind === "type",
  };
}

/** `import`, `export ... from`, `import()`, `typeof import()`, and `new URL("./worker.ts", import.meta.url)`. */
function specifierOf(node: Node): string | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ImportExpression":
    case "TSImportType":
      return stringOf(node.source);
    case "NewExpression": {
      if (!isNode(node.callee) || node.callee.name !== "URL" || !Array.isArray(node.arguments))
        return undefined;
      const file = stringOf(node.arguments[0]);
      return file !== undefined && /^\.{1,2}\/.*\.(ts|tsx|js)$/.test(file) ? file : undefined;
    }
    default:
      return undefined;
  }
}

/** The text of a string literal, or of a template without holes. */
function stringOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === "Literal" && typeof value.value === "string") return value.value;
  return undefined;
}
