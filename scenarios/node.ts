/** @file The door of scenarios/ for other packages in Node, `touchline/scenarios`; bundlers for pages take index.ts. */
export * from "./index.ts";
export { listScenarios, loadScenario, readScenarioFile, type ScenarioSources } from "./load.ts";
export { captureScenario, isCapturable } from "./capture.ts";
