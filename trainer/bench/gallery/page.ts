/** @file The gallery of scenarios as Markdown: what each teaches and asks, and how often simple policies win it. */
import type { End, Scenario } from "../../../env/football/index.ts";
import type { Rate } from "../../statistics/index.ts";
import type { Success } from "./success.ts";

export interface Shown {
  scenario: Scenario;
  success: Success;
}

interface Chapter {
  title: string;
  holds: (scenario: Scenario) => boolean;
}

const drills = (prefix: string, title: string): Chapter => ({
  title,
  holds: ({ suite, id }) => suite === "drills" && id.startsWith(`${prefix}_`),
});
const suite = (name: string, title: string): Chapter => ({ title, holds: (one) => one.suite === name });

/** In the order in which one learns. */
export const CHAPTERS: readonly Chapter[] = [
  drills("first_touch", "First touch"),
  drills("passing", "Passing and receiving"),
  drills("overlap", "Overlap"),
  drills("give_and_go", "Give and go"),
  drills("finishing", "Finishing"),
  drills("offside_trap", "Offside trap"),
  drills("counter_attack", "Counter-attack"),
  drills("set_piece", "Set pieces"),
  drills("keeper", "Keeper play"),
  drills("pressing", "Pressing"),
  drills("holding_a_lead", "Holding a lead"),
  drills("small_sided", "Small-sided games"),
  suite("academy", "GRF's academy"),
  suite("match", "Full games"),
];

/** `command` wrote it. */
export function galleryPage(shown: readonly Shown[], command: string): string {
  const chapters = CHAPTERS.map(({ title, holds }) => ({
    title,
    shown: shown.filter(({ scenario }) => holds(scenario)),
  })).filter((chapter) => chapter.shown.length > 0);
  const contents = chapters.map(
    ({ title, shown: { length } }) => `[${title}](#${anchor(title)}) (${length})`,
  );
  return `# Scenarios

Every scenario that ships, ordered by what it teaches: ${contents.join(", ")}.

Play one with \`npx touchline watch --scenario first_touch_ball_at_rest\`, or in numbers with
\`npx touchline play --scenario first_touch_ball_at_rest --policy scripted --episodes 20 --vary\`; \`ID@1\` is the first level of one that
has levels. A recipe trains on all drills as \`drills\`. Write one with \`npx touchline scenario new my/two_on_one.json\` and try it
with \`npx touchline scenario validate my/two_on_one.json --play 40\`: [AUTHORING.md](AUTHORING.md).

Blue shirts are the left team, which attacks to the right and is yours. The pictures show the fixed starts; the figures are
of varied ones. \`scripted\` is the built-in player of difficulty 1 behind the same buttons, who knows the whole state;
\`random\` presses any button. In brackets stands Wilson's 95 % interval; episodes are those of the seeds from 0.

${chapters.map(({ title, shown: list }) => `## ${title}\n\n${listOf(list)}`).join("\n\n")}

Written by \`${command}\`; what was measured is kept in [scenarios/success.json](scenarios/success.json).
`;
}

function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z -]/g, "")
    .replaceAll(" ", "-");
}

function listOf(shown: readonly Shown[]): string {
  return ["| start | scenario |", "|---|---|", ...shown.map(rowOf)].join("\n");
}

function rowOf({ scenario, success: { scripted, random } }: Shown): string {
  const { id, title, teaches, goal, left, right, steps, levels = [] } = scenario;
  const cells = [
    `**${title}** \`${id}\``,
    teaches,
    `*${goal}*`,
    `${left.players.length} v ${right.players.length} players, ${steps} steps; ${endsText(scenario)}`,
    ...(levels.length > 0 ? [`levels: ${levels.map((level) => level.title.toLowerCase()).join(", ")}`] : []),
    `scripted ${rateText(scripted)}, random ${rateText(random)}`,
  ];
  return `| ![${title}](scenarios/${id}.png) | ${cells.join("<br>")} |`;
}

function rateText({ n, mean, low, high }: Rate): string {
  if (n === 0) return "not measured";
  return `${percent(mean)} % (${percent(low)} to ${percent(high)}) of ${n}`;
}

const percent = (share: number): string => (share * 100).toFixed(0);

/** What wins and what loses, or what ends it where goals decide. */
function endsText({ ends }: Scenario): string {
  const by = (result: End["result"]) => ends.filter((end) => end.result === result).map(endText);
  const parts = [
    ["won by", by("success")],
    ["lost by", by("failure")],
    ["ends with", [...by(undefined), ...(ends.some(({ when }) => when === "time") ? [] : ["time"])]],
  ] as const;
  return parts
    .filter(([how, what]) => what.length > 0 && (how !== "ends with" || ends.every(({ result }) => !result)))
    .map(([how, what]) => `${how} ${what.join(", ")}`)
    .join("; ");
}

function endText(end: End): string {
  switch (end.when) {
    case "goal":
      return end.by === undefined ? "a goal" : end.by === "left" ? "your goal" : "their goal";
    case "out-of-play":
      return "the ball out of play";
    case "possession-lost":
      return "losing the ball";
    case "possession":
      return `${sideText(end.by)} having the ball for ${end.steps} steps`;
    case "passes":
      return `${end.count} passes in a row by ${sideText(end.by)}`;
    case "enters":
      return `${whoText(end.who)} in the zone \`${end.zone}\`${end.by === undefined ? "" : ` at a foot of ${sideText(end.by)}`}`;
    case "leaves":
      return `${whoText(end.who)} out of the zone \`${end.zone}\``;
    default:
      return "time";
  }
}

const sideText = (side: "left" | "right"): string => (side === "left" ? "you" : "them");
const whoText = (who: string): string => (who === "ball" ? "the ball" : who);
