/** @file A soak in figures, and what must hold. */
import { grows, growthOf } from "./memory.ts";
import type { SoakOutcome } from "./play.ts";
import type { Soak } from "./run.ts";

/** Shorter soaks say nothing of memory: the first matches are all warm-up. */
const FEWEST_FOR_MEMORY = 100;

const MEMORY = ["rss", "external", "heap"] as const;
/** The heap is given back when the engine likes to: it is shown, and `rss` bounds it. */
const JUDGED = ["rss", "external"] as const;
const MEANING = {
  rss: "memory of the process",
  external: "memory outside of JavaScript's heap",
  heap: "JavaScript's heap",
};

/** One sentence for each thing that went wrong. */
export function soakFailures(soak: Soak): string[] {
  const failed = soak.outcomes.filter(({ failure }) => failure !== undefined).map(failureSentence);
  if (soak.outcomes.length < FEWEST_FOR_MEMORY) return failed;
  const grown = JUDGED.filter((part) => grows(growthOf(soak[part]))).map(
    (part) => `${MEANING[part]} grew by ${growthOf(soak[part]).growth.toFixed(1)} MB`,
  );
  return [...failed, ...grown];
}

export function failureSentence({ match, failure }: SoakOutcome): string {
  return `match ${match.place} (${match.scenario}, ${match.actions}, seed ${match.seed}), ${failure}`;
}

/** Events and what several of them are called: enough to see that football was played at all. */
const SHOWN = {
  goal: "goals",
  shot: "shots",
  pass: "passes",
  foul: "fouls",
  "red-card": "red cards",
  penalty: "penalties",
  offside: "offsides",
  corner: "corners",
  "throw-in": "throw-ins",
  "goal-kick": "goal kicks",
} as const;

/** The tables as Markdown. */
export function soakTable(soak: Soak): string {
  const scenarios = [...new Set(soak.outcomes.map(({ match }) => match.scenario))].sort();
  const steps = soak.outcomes.reduce((sum, outcome) => sum + outcome.steps, 0);
  return [
    `${soak.outcomes.length} matches, ${steps.toLocaleString("en")} steps, ${Math.round(steps / soak.seconds).toLocaleString("en")} steps/s.`,
    "",
    `| scenario | matches | steps | failures | ${Object.values(SHOWN).join(" | ")} |`,
    `|---|---:|---:|---:|${"---:|".repeat(Object.keys(SHOWN).length)}`,
    ...scenarios.map((scenario) => scenarioRow(scenario, soak.outcomes)),
    "",
    "| memory, after a warm-up of a fifth | mean | growth over the rest | in 100 matches | must hold | |",
    "|---|---:|---:|---:|---|---|",
    ...MEMORY.map((part) => memoryRow(part, soak)),
  ].join("\n");
}

function scenarioRow(scenario: string, all: readonly SoakOutcome[]): string {
  const outcomes = all.filter(({ match }) => match.scenario === scenario);
  const sum = (value: (outcome: SoakOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + value(outcome), 0).toLocaleString("en");
  const cells = [
    String(outcomes.length),
    sum(({ steps }) => steps),
    sum(({ failure }) => (failure === undefined ? 0 : 1)),
    ...Object.keys(SHOWN).map((kind) => sum(({ events }) => events[kind] ?? 0)),
  ];
  return `| \`${scenario}\` | ${cells.join(" | ")} |`;
}

function memoryRow(part: (typeof MEMORY)[number], soak: Soak): string {
  const growth = growthOf(soak[part]);
  const figures = [growth.mean, growth.growth, growth.slope].map((value) => `${value.toFixed(1)} MB`);
  const judged = part !== "heap" && soak.outcomes.length >= FEWEST_FOR_MEMORY;
  const verdict = grows(growth) ? "**no**" : "yes";
  return `| ${MEANING[part]} | ${figures.join(" | ")} | ${judged ? `growth below 10 % | ${verdict}` : " | "} |`;
}
