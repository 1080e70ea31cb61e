/**
 * @file The door of scenarios/ for code that runs anywhere, the browser included. Code that runs in Node finds
 * scenarios by id through load.ts, the only file here that touches the disk.
 */
export { importScenario, type Imported, type ImportOptions, scenarioText } from "./import/index.ts";
export { scenarioJsonSchema, scenarioJsonSchemaText } from "./json-schema.ts";
export { splitLevel } from "./level.ts";
export { levelOf, parseScenario, scenarioProblems, validateScenario } from "./parse.ts";
export { newScenario, type Template, TEMPLATES } from "./template.ts";
export { type Formation, formationOf, FORMATIONS } from "./formation.ts";
export { scenarioSchema } from "./schema/index.ts";
