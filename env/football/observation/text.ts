/**
 * @file The state as short sentences for language agents. Every team attacks to the right; directions have the names
 * of the actions, so "top right" is up the picture and to the right; places are those of the scenario.
 */
import { length, turnOf } from "../../math.ts";
import { ACTIONS } from "../action/index.ts";
import { attackSign, toScenario } from "../pitch.ts";
import type { Scenario } from "../scenario.ts";
import { type Match, ownerOf, type Player, type RestartKind, type Slot, type Team } from "../state/match.ts";
import { clockOf } from "../state/scene.ts";
import type { Sight } from "./sight.ts";

/** In the order of 256 parts of a turn: y goes down the picture. */
const COMPASS = ["right", "bottom right", "bottom", "bottom left", "left", "top left", "top", "top right"];
const RESTARTS: Record<RestartKind, string> = {
  "kick-off": "Kick-off",
  "goal-kick": "Goal kick",
  "free-kick": "Free kick",
  corner: "Corner",
  "throw-in": "Throw-in",
  penalty: "Penalty",
};
/** Faster than this in metres a second something moves. */
const MOVES = 0.5;
const IN_THE_AIR = 0.5;

/** One player's view of a match, turned so that his team attacks to the right. */
interface View {
  match: Match;
  scenario: Scenario;
  slot: Slot;
  sight: Sight;
  sign: 1 | -1;
  me: Player;
}

/** What a player is told: at most some 80 words when `short`; everybody whom he sees, and the cards, when `full`. */
export function observeText(
  match: Match,
  scenario: Scenario,
  slot: Slot,
  sight: Sight,
  detail: "short" | "full",
): string {
  const me = match.players[slot.player]!;
  const view: View = { match, scenario, slot, sight, sign: attackSign(slot.team), me };
  if (me.sentOff) return `${tellClock(view)} You were sent off: nothing that you do matters any more.`;
  const sentences =
    detail === "short"
      ? [tellClock(view), tellRestart(view), tellMe(view), tellBall(view), tellGoal(view), tellNearest(view)]
      : [
          tellClock(view),
          tellRestart(view),
          tellMe(view),
          tellState(view),
          tellBall(view),
          tellBallWay(view),
          tellGoal(view),
          tellAll(view, "Teammates", slot.team),
          tellAll(view, "Opponents", other(slot.team)),
          tellCards(view),
        ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

function tellClock({ match, scenario, slot }: View): string {
  const minute = Math.floor(clockOf(match) / 60);
  const score = `${match.score[slot.team]}-${match.score[other(slot.team)]}`;
  return `Minute ${minute}, score ${score} (yours first), ${Math.max(0, scenario.steps + match.addedSteps - match.step)} steps left.`;
}

function tellRestart({ match: { restart }, slot, me }: View): string {
  if (!restart) return "";
  const name = RESTARTS[restart.kind];
  if (restart.team !== slot.team) return `${name} for the opponents.`;
  return restart.taker === me.id ? `${name} for your team: you take it.` : `${name} for your team.`;
}

function tellMe(view: View): string {
  const { me, slot } = view;
  const held =
    slot.direction > 0
      ? [`you run ${ACTIONS[slot.direction]!.replace("_", " ")}`]
      : ["you hold no direction"];
  if (slot.sprint) held.push("sprint");
  if (slot.dribble) held.push("dribble");
  return `You are ${me.number} (${me.role}) at ${place(view, me.x, me.y)}; ${held.join(", ")}.`;
}

function tellState({ me, match }: View): string {
  const facts = [`Your tiredness is ${Math.round(me.tired * 100)} %`];
  if (me.booked) facts.push("you are booked");
  if (match.rules.offside && me.offside) facts.push("you are offside");
  return `${facts.join(", ")}.`;
}

function tellBall(view: View): string {
  const { match, sight, me, slot } = view;
  const { ball } = match;
  const owner = ownerOf(match);
  if (owner === me) return "You have the ball.";
  if (!sight.ball) return "You do not see the ball.";
  const where = `${from(view, ball.x, ball.y)} of you at ${place(view, ball.x, ball.y)}`;
  if (owner && sight.players[owner.id]) {
    return `${owner.team === slot.team ? "Teammate" : "Opponent"} ${owner.number} has the ball, ${where}.`;
  }
  return `The ball is free${ball.z > IN_THE_AIR ? " in the air" : ""}, ${where}.`;
}

function tellBallWay({ match: { ball }, sight, sign }: View): string {
  const speed = length(ball.vx, ball.vy);
  if (!sight.ball) return "";
  const high = ball.z > IN_THE_AIR ? `, ${ball.z.toFixed(1)} m high` : "";
  if (speed < MOVES) return high ? `The ball is${high.slice(1)}.` : "";
  return `The ball moves ${compass(sign * ball.vx, sign * ball.vy)} at ${Math.round(speed)} m/s${high}.`;
}

function tellGoal(view: View): string {
  return `The goal is ${from(view, view.sign * view.match.pitch.halfLength, 0)} of you.`;
}

function tellNearest(view: View): string {
  const { slot } = view;
  const mate = nearest(view, slot.team)[0];
  const opponent = nearest(view, other(slot.team))[0];
  const told = [
    mate ? `Nearest teammate: ${mate.number}, ${from(view, mate.x, mate.y)}.` : "You see no teammate.",
    opponent
      ? `Nearest opponent: ${opponent.number}, ${from(view, opponent.x, opponent.y)}.`
      : "You see no opponent.",
  ];
  return told.join(" ");
}

function tellAll(view: View, name: string, team: Team): string {
  const told = nearest(view, team).map(
    (player) =>
      `${player.number} (${player.role}) ${from(view, player.x, player.y)} at ${place(view, player.x, player.y)}`,
  );
  return `${name}: ${told.length > 0 ? told.join("; ") : "nobody whom you see"}.`;
}

function tellCards({ match, slot }: View): string {
  const whose = (player: Player): string =>
    `${player.team === slot.team ? "your" : "their"} ${player.number}`;
  const booked = match.players.filter((player) => player.booked && !player.sentOff).map(whose);
  const gone = match.players.filter((player) => player.sentOff).map(whose);
  const told = [];
  if (booked.length > 0) told.push(`Booked: ${booked.join(", ")}.`);
  if (gone.length > 0) told.push(`Sent off: ${gone.join(", ")}.`);
  return told.join(" ");
}

/** Players of a team whom I see, myself left out, the nearest first. */
function nearest({ match, sight, me }: View, team: Team): Player[] {
  const away = (player: Player): number => length(player.x - me.x, player.y - me.y);
  return match.players
    .filter((player) => player.team === team && player !== me && sight.players[player.id])
    .sort((a, b) => away(a) - away(b) || a.id - b.id);
}

/** "12 m top right", as seen from me. */
function from({ me, sign }: View, x: number, y: number): string {
  const dx = sign * (x - me.x);
  const dy = sign * (y - me.y);
  return `${Math.round(length(dx, dy))} m ${compass(dx, dy)}`;
}

function compass(dx: number, dy: number): string {
  return COMPASS[((turnOf(dx, dy) + 16) >> 5) & 7]!;
}

/** "(0.62, -0.10)", turned. */
function place({ match, sign }: View, x: number, y: number): string {
  const [sx, sy] = toScenario(match.pitch, sign * x, sign * y);
  return `(${fixed(sx)}, ${fixed(sy)})`;
}

/** Two decimals, without a minus before nothing. */
function fixed(value: number): string {
  return (Math.round(value * 100) / 100 + 0).toFixed(2);
}

function other(team: Team): Team {
  return team === 0 ? 1 : 0;
}
