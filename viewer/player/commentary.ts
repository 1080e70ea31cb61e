/** @file What happened, in words: for the list of events, the banners and the spoken commentary. */
import type { FootballEvent } from "../../env/football/event.ts";
import type { Lineup } from "../../env/frame/scene.ts";

/** Key moments are always listed; the flow of play only when somebody asks for it. */
export type Weight = "goal" | "key" | "flow";

export type Icon =
  | "goal"
  | "shot"
  | "save"
  | "post"
  | "pass"
  | "tackle"
  | "restart"
  | "corner"
  | "out"
  | "whistle"
  | "yellow-card"
  | "red-card"
  | "flag"
  | "advantage"
  | "penalty"
  | "half";

export interface Telling {
  icon: Icon;
  weight: Weight;
  text: string;
}

const FLOW: ReadonlySet<FootballEvent["kind"]> = new Set([
  "throw-in",
  "out-of-play",
  "advantage",
  "pass",
  "pass-completed",
  "clearance",
  "interception",
  "slide",
]);

/** How much an event matters: cheaper than its words, for those who go through all of a match. */
export function weightOf({ kind }: FootballEvent): Weight {
  return kind === "goal" ? "goal" : FLOW.has(kind) ? "flow" : "key";
}

/** One sentence about an event. */
export function tell(event: FootballEvent, lineup: Lineup): Telling {
  return { ...wordsOf(event, lineup), weight: weightOf(event) };
}

function wordsOf(event: FootballEvent, lineup: Lineup): Omit<Telling, "weight"> {
  const team = lineup.teams[event.team].name;
  const who = nameOf(event.player, lineup) ?? team;
  switch (event.kind) {
    case "goal": {
      const [left, right] = event.score;
      const text = event.ownGoal
        ? `Own goal by ${who}: ${left}–${right}.`
        : `Goal! ${who} scores: ${left}–${right}.`;
      return { icon: "goal", text };
    }
    case "shot":
      return { icon: "shot", text: event.header ? `${who} heads at goal.` : `${who} shoots.` };
    case "save":
      return { icon: "save", text: event.caught ? `${who} catches it.` : `${who} saves.` };
    case "post":
      return { icon: "post", text: `${who} hits the post!` };
    case "bar":
      return { icon: "post", text: `${who} hits the bar!` };
    case "kick-off":
      return { icon: "whistle", text: `${team} kick off.` };
    case "corner":
      return { icon: "corner", text: `Corner for ${team}.` };
    case "throw-in":
      return { icon: "restart", text: `Throw-in for ${team}.` };
    case "goal-kick":
      return { icon: "restart", text: `Goal kick for ${team}.` };
    case "out-of-play":
      return { icon: "out", text: `The ball is out, last touched by ${who}.` };
    case "free-kick":
      return {
        icon: "restart",

        text: `${event.indirect ? "Indirect free kick" : "Free kick"} for ${team}.`,
      };
    case "penalty":
      return { icon: "penalty", text: `${who} takes the penalty.` };
    case "foul": {
      const victim = nameOf(event.victim, lineup);
      const on = victim === undefined ? "" : ` on ${victim}`;
      return {
        icon: "whistle",

        text: `Foul by ${who}${on}${event.penalty ? ": penalty!" : "."}`,
      };
    }
    case "advantage":
      return { icon: "advantage", text: `Foul by ${who}, but play goes on: advantage.` };
    case "yellow-card":
      return {
        icon: "yellow-card",

        text: `${event.second ? "Second yellow" : "Yellow"} card for ${who}.`,
      };
    case "red-card":
      return { icon: "red-card", text: `Red card: ${who} is sent off.` };
    case "offside":
      return { icon: "flag", text: `${who} is offside.` };
    case "half-time":
      return { icon: "half", text: "Half-time: the teams change ends." };
    case "full-time":
      return { icon: "whistle", text: "Full time." };
    case "pass": {
      const receiver = nameOf(event.receiver, lineup);
      const how = event.lofted ? "lofts a pass" : "passes";
      return {
        icon: "pass",

        text: `${who} ${how}${receiver === undefined ? "" : ` to ${receiver}`}.`,
      };
    }
    case "pass-completed": {
      const from = nameOf(event.from, lineup);
      return {
        icon: "pass",

        text: `${who} receives${from === undefined ? "" : ` from ${from}`}.`,
      };
    }
    case "clearance":
      return { icon: "out", text: `${who} clears.` };
    case "interception":
      return { icon: "tackle", text: `${who} intercepts.` };
    case "tackle":
      return { icon: "tackle", text: `${who} wins the ball.` };
    case "slide":
      return { icon: "tackle", text: `${who} slides.` };
    case "block":
      return { icon: "save", text: `${who} blocks.` };
    default:
      return event satisfies never;
  }
}

/** "Navy 9", or undefined for nobody. */
export function nameOf(index: number, lineup: Lineup): string | undefined {
  const sheet = lineup.players[index];
  return sheet === undefined ? undefined : `${lineup.teams[sheet.team].name} ${sheet.number}`;
}
