/** @file Questions to the import graph, and the complaint for each broken rule. Pure, so that they can be tested. */
import { dirname } from "node:path/posix";
import { BROWSER_AREAS, ENV_PACKAGES, MAY_IMPORT, NODE_ONLY_FILES, SIDE_DOORS } from "./rules.ts";
import { isTest, type SourceFile } from "./source.ts";

/** The area of a file: the longest key of the rules that it lies under. */
export function areaOf(path: string): string | undefined {
  return Object.keys(MAY_IMPORT)
    .filter((area) => path === area || path.startsWith(`${area}/`))
    .sort((a, b) => b.length - a.length)[0];
}

export function filesWithoutArea(files: readonly SourceFile[]): string[] {
  return files.map((file) => file.path).filter((path) => !isTest(path) && areaOf(path) === undefined);
}

export function forbiddenArrows(files: readonly SourceFile[]): string[] {
  return withTargets(files).flatMap(({ file, target }) => {
    const from = areaOf(file);
    const to = areaOf(target);
    if (from === undefined || from === to || target === "package.json") return [];
    if (to !== undefined && MAY_IMPORT[from]?.includes(to)) return [];
    return [`${file} imports ${target}: ${from} may not import ${to ?? "what has no area"}`];
  });
}

export function sideEntrances(files: readonly SourceFile[]): string[] {
  return withTargets(files).flatMap(({ file, target }) => {
    const folder = dirname(target);
    const inside = folder === "." || file.startsWith(`${folder}/`);
    const within = areaOf(file) === areaOf(target);
    if (inside || target.endsWith("/index.ts") || SIDE_DOORS.some((door) => door.test(target))) return [];
    const hasDoor = files.some((other) => other.path === `${folder}/index.ts`);
    if (within && !hasDoor) return [];
    return [`${file} imports ${target}: enter ${folder}/ through its index.ts`];
  });
}

export function foreignPackages(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const area = areaOf(file.path);
    if (area === undefined || isTest(file.path)) return [];
    return file.imports.flatMap(({ specifier, target, typeOnly }) => {
      if (target !== undefined || typeOnly) return [];
      const isNode = specifier.startsWith("node:");
      if (isNode && BROWSER_AREAS.includes(area) && !NODE_ONLY_FILES.includes(file.path)) {
        return [`${file.path} imports ${specifier}: ${area} also runs in the page`];
      }
      const known = area !== "env" || isNode || ENV_PACKAGES.includes(specifier);
      return known ? [] : [`${file.path} imports ${specifier}: not one of the packages that env may use`];
    });
  });
}

/** Every way around the graph once, as the files on it; imports of types only are no way, for they are gone in use. */
export function cycles(files: readonly SourceFile[]): string[] {
  const arrows = new Map(
    files.map((file) => [
      file.path,
      file.imports.flatMap(({ target, typeOnly }) => (target === undefined || typeOnly ? [] : [target])),
    ]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      found.push([...trail.slice(start), path].join(" -> "));
      return;
    }
    if (done.has(path)) return;
    for (const target of arrows.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of arrows.keys()) visit(path, []);
  return found;
}

function withTargets(files: readonly SourceFile[]): { file: string; target: string }[] {
  return files
    .filter((file) => !isTest(file.path))
    .flatMap((file) =>
      file.imports.flatMap(({ target }) => (target === undefined ? [] : [{ file: file.path, target }])),
    );
}
