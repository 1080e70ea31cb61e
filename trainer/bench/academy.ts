/** @file How often each simple policy succeeds in each drill of the academy, as a table with its requirements. */
import type { Scenario } from "../../env/football/index.ts";
import type { PlaySummary } from "../rollout/index.ts";
import type { Rate } from "../statistics/index.ts";
import { apart } from "../statistics/index.ts";

export const TABLE_POLICIES = ["random", "idle", "scripted"] as const;
export type TablePolicy = (typeof TABLE_POLICIES)[number];

/** One drill from fixed or from varied starts. */
export interface Row {
  scenario: string;
  vary: boolean;
  summaries: Readonly<Record<TablePolicy, PlaySummary>>;
}

/** What `scripted` must reach with its mean; in every other drill it must be above `random`, intervals apart. */
const AT_LEAST: Readonly<Record<string, number>> = {
  academy_empty_goal_close: 0.95,
  academy_empty_goal: 0.9,
};

/** One sentence for a requirement of this row and whether it holds. */
export function requirement({ scenario, summaries }: Row): { holds: boolean; sentence: string } {
  const { success: scripted } = summaries.scripted;
  const { success: random } = summaries.random;
  const least = AT_LEAST[scenario];
  if (least !== undefined) {
    return { holds: scripted.mean >= least, sentence: `scripted at least ${(least * 100).toFixed(0)} %` };
  }
  return {
    holds: scripted.mean > random.mean && apart(scripted, random),
    sentence: "scripted above random",
  };
}

export function rateText({ mean, low, high }: Rate): string {
  return `${percent(mean)} % (${percent(low)} to ${percent(high)})`;
}

function percent(share: number): string {
  return (share * 100).toFixed(1);
}

export interface Conditions {
  episodes: number;
  seed: number;
  physics: string;
  command: string;
  /** XXH64 over the hashes of all summaries. */
  hash: string;
}

/** The whole page as Markdown. */
export function academyPage(
  rows: readonly Row[],
  scenarios: readonly Scenario[],
  conditions: Conditions,
): string {
  const { episodes, seed, physics, command, hash } = conditions;
  const titles = new Map(scenarios.map(({ id, title }) => [id, title]));
  const table = (vary: boolean) =>
    [
      `| drill | ${TABLE_POLICIES.join(" | ")} | must hold | |`,
      `|---|${TABLE_POLICIES.map(() => "---:|").join("")}---|---|`,
      ...rows.filter((row) => row.vary === vary).map((row) => tableRow(row, titles.get(row.scenario) ?? "")),
    ].join("\n");
  return `# The academy, played by simple policies

How often the left side scores before it concedes, over ${episodes} episodes (seeds ${seed} to ${seed + episodes - 1}),
with Wilson's 95 % interval. \`random\` presses one of the 19 buttons at every step, \`idle\` none, and \`scripted\` is the
built-in player of difficulty 1 behind the same buttons; unlike an agent it knows the whole state. The other side, and
whoever is not under control, are the built-in players of the scenario's own difficulty.

## Fixed starts, as in GRF

${table(false)}

## Varied starts (\`--vary\`)

${table(true)}

Written by \`${command}\` on ${physics}; hash over every state of every episode: \`${hash}\`.
`;
}

function tableRow(row: Row, title: string): string {
  const rates = TABLE_POLICIES.map((policy) => rateText(row.summaries[policy].success));
  const { holds, sentence } = requirement(row);
  return `| ${title} (\`${row.scenario}\`) | ${rates.join(" | ")} | ${sentence} | ${holds ? "yes" : "**no**"} |`;
}
