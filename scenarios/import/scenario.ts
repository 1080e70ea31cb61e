/** @file What a GRF file says of its episodes -> one scenario of ours, and notes on what has no place in it. */
import type { End, Placement, PlayerSetup, Point, Rules } from "../../env/football/scenario.ts";
import type { Setup, Spawn } from "./builder.ts";
import { type Config, DEFAULTS } from "./config.ts";
import type { Episodes } from "./episodes.ts";
import { placed, standIn } from "./place.ts";

type Side = "left" | "right";
type KickOff = Rules["kickOff"];

const NAMES: Readonly<Record<Side, string>> = { left: "Navy", right: "Amber" };

/** A formation's y counts this much more than its x where GRF looks for who is nearest to the ball. */
const ACROSS = 2.36;
/** Who is to kick off stands no farther from the ball than this. */
const KICKING = 0.06;
/** Longer sentences of a file are cut. */
const LONGEST_SENTENCE = 300;

/** The data of a scenario file, still to be checked. */
export function scenarioOf(
  episodes: Episodes,
  { id, suite }: { id: string; suite: string },
): { scenario: Record<string, unknown>; notes: string[] } {
  const notes = new Set<string>(episodes.notes);
  const note = (text: string) => void notes.add(text);
  const [first] = episodes.setups;
  if (episodes.random)
    note("The file draws at random: this is one draw, where GRF draws anew for every episode.");
  const { config } = first!;
  for (const text of first!.notes) note(`${text}.`);
  configNotes(config, note);
  const filled = episodes.setups.map((setup) => withKeepers(setup, note));
  const base = filled[0]!;
  const turns = taking(filled, episodes.turns);
  const kickOff = turns ? "by-seed" : kickOffOf(base);
  // Each team as it stands when it kicks off, and when the other does.
  const leftFirst = turns && kickOffOf(base) === "right" ? filled[1]! : base;
  const rightFirst = turns ? filled.find((setup) => setup !== leftFirst)! : base;
  const title = titleOf(id);
  const team = (side: Side) => ({
    name: NAMES[side],
    difficulty: side === "left" ? config.left_team_difficulty : config.right_team_difficulty,
    players: teamOf(
      side,
      side === "left" ? leftFirst.left : rightFirst.right,
      side === "left" ? rightFirst.left : leftFirst.right,
      note,
    ),
  });
  const scenario = {
    version: 2,
    id,
    suite,
    title,
    teaches: sentenceOf(episodes.says) ?? `To play ${title}, a scenario of GRF.`,
    goal: config.end_episode_on_score
      ? "Score; your team attacks to the right."
      : "Score more goals than the other team; your team attacks to the right.",
    steps: config.game_duration,
    ball: placed(base.ball, "ball", note),
    left: team("left"),
    right: team("right"),
    control: { left: controlOf(base, config, note), right: "none" },
    rules: rulesOf(config, kickOff, note),
    ends: endsOf(config),
    ...variationOf(filled, turns, note),
  };
  return { scenario, notes: [...notes] };
}

function rulesOf(config: Config, kickOff: KickOff, note: (text: string) => void): Partial<Rules> {
  const never = config.second_half >= config.game_duration;
  if (never && config.second_half !== DEFAULTS.second_half) {
    note(
      `second_half = ${config.second_half} is after the end, at ${config.game_duration}; there is one half.`,
    );
  }
  return {
    offside: config.offsides,
    ...(never ? {} : { secondHalf: config.second_half }),
    kickOff,
  };
}

function endsOf(config: Config): End[] {
  return [
    ...(config.end_episode_on_score ? [{ when: "goal" } as const] : []),
    ...(config.end_episode_on_out_of_play ? [{ when: "out-of-play" } as const] : []),
    ...(config.end_episode_on_possession_change ? [{ when: "possession-lost" } as const] : []),
  ];
}

/** Fields that a scenario does not have: whoever plays it chooses. */
function configNotes(config: Config, note: (text: string) => void): void {
  if (config.deterministic)
    note("deterministic = True: GRF plays it with the seed 42; here every seed is played to the bit.");
  if (!config.use_magnet) note("use_magnet = False has no place: nobody is drawn to the ball here.");
  if (config.control_all_players)
    note('control_all_players = True: the left team is under control as a whole ("all").');
  for (const name of [
    "real_time",
    "reverse_team_processing",
    "game_engine_random_seed",
    "left_agents",
    "right_agents",
  ] as const) {
    if (config[name] !== DEFAULTS[name])
      note(`${name} = ${config[name]} has no place: it is chosen when the scenario is played.`);
  }
}

function controlOf({ left }: Setup, config: Config, note: (text: string) => void): string {
  if (!left.some((spawn) => spawn.controllable)) {
    note("Nobody of the left team may be controlled, so that nobody is.");
    return "none";
  }
  return config.control_all_players ? "all" : "ball";
}

/** GRF gives an empty team a lazy keeper in the corner; so does a team get one that has none. */
function withKeepers(setup: Setup, note: (text: string) => void): Setup {
  const team = (side: Side) => {
    if (setup[side].some((spawn) => spawn.role === "GK") || setup[side].length === 11) return setup[side];
    note(
      setup[side].length === 0
        ? `The ${side} team is empty: as in GRF, a lazy keeper stands in its corner.`
        : `The ${side} team has no keeper: a lazy one was added in its corner, as GRF does for an empty team.`,
    );
    return [...setup[side], standIn()];
  };
  return { ...setup, left: team("left"), right: team("right") };
}

/** @param waits where they stand when the other team kicks off. */
function teamOf(
  side: Side,
  spawns: readonly Spawn[],
  waits: readonly Spawn[],
  note: (text: string) => void,
): PlayerSetup[] {
  return spawns.map((spawn, place) => playerOf(spawn, waits[place]!, side, `${side}.${place}`, note));
}

function playerOf(
  spawn: Spawn,
  receives: Spawn,
  side: Side,
  who: string,
  note: (text: string) => void,
): PlayerSetup {
  const { position, parked } = onPitch(spawn, side, who, note);
  const moves = spawn.x !== receives.x || spawn.y !== receives.y;
  return {
    role: spawn.role,
    position,
    ...(moves ? { receiving: onPitch(receives, side, who, note).position } : {}),
    ...(spawn.lazy || parked ? { lazy: true } : {}),
    ...(spawn.controllable ? {} : { controllable: false }),
  };
}

/** In the one frame of the pitch: GRF's right team is given turned by half a circle. */
function onPitch(
  { x, y, role }: Spawn,
  side: Side,
  who: string,
  note: (text: string) => void,
): { position: Point; parked: boolean } {
  const own = role === "GK" && (Math.abs(x) > 1.2 || Math.abs(y) > 0.6) ? standIn() : { x, y };
  const parked = own.x !== x || own.y !== y;
  if (parked) note(`${who} is a keeper far off the pitch, at (${x}, ${y}): he stands in his corner, lazy.`);
  const sign = side === "left" ? 1 : -1;
  return { position: placed([sign * own.x, sign * own.y], who, note), parked };
}

/**
 * Whether the two teams take turns at the kick-off: every other episode each stands as the other did, or the other one
 * kicks off, the ball is at the centre, and the players of one place have one role.
 */
function taking(setups: readonly Setup[], turns: readonly number[]): boolean {
  const [even, odd] = setups;
  if (even === undefined || odd === undefined || !turns.every((turn, episode) => turn === episode % 2))
    return false;
  if (JSON.stringify(even.config) !== JSON.stringify(odd.config)) return false;
  if (![even, odd].every(isKickOff)) return false;
  if (!samePlayers(even.left, odd.left) || !samePlayers(even.right, odd.right)) return false;
  const sides = new Set([kickOffOf(even), kickOffOf(odd)]);
  return (
    (sides.has("left") && sides.has("right")) ||
    (sameTeam(even.left, odd.right) && sameTeam(even.right, odd.left))
  );
}

/** The ball is on the centre spot, everybody in his own half, and somebody at the ball, or there are keepers only. */
function isKickOff({ ball: [x, y], left, right }: Setup): boolean {
  const all = [...left, ...right];
  if (x !== 0 || y !== 0 || !all.every((spawn) => spawn.x <= 0)) return false;
  return nearest(all) <= KICKING ** 2 || all.every(({ role }) => role === "GK");
}

function sameTeam(a: readonly Spawn[], b: readonly Spawn[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The same but for where they stand. */
function samePlayers(a: readonly Spawn[], b: readonly Spawn[]): boolean {
  return JSON.stringify(a.map(withoutPlace)) === JSON.stringify(b.map(withoutPlace));
}

function withoutPlace({ role, lazy, controllable }: Spawn) {
  return { role, lazy, controllable };
}

/** Who kicks off; from a start that is no kick-off play goes on as placed, as GRF lets it. */
function kickOffOf(setup: Setup): KickOff {
  if (!isKickOff(setup)) return null;
  const [left, right] = [nearest(setup.left), nearest(setup.right)];
  return left === right ? "by-seed" : left < right ? "left" : "right";
}

/** The square of how near a team stands to the centre spot, as GRF measures it. */
function nearest(team: readonly Spawn[]): number {
  return Math.min(...team.map(({ x, y }) => x * x + (ACROSS * y) ** 2));
}

/**
 * Starts that change from episode to episode are the choices of a variation, where only places change: who kicks off
 * is a rule, which no choice can change.
 */
function variationOf(
  setups: readonly Setup[],
  turns: boolean,
  note: (text: string) => void,
): { variation?: { choices: Placement[][] } } {
  const [base, ...others] = setups;
  if (turns || base === undefined || others.length === 0) return {};
  const alike = others.every(
    (other) =>
      JSON.stringify(other.config) === JSON.stringify(base.config) &&
      kickOffOf(other) === kickOffOf(base) &&
      samePlayers(other.left, base.left) &&
      samePlayers(other.right, base.right),
  );
  if (!alike) {
    note(
      `The file has ${setups.length} different episodes, which no one scenario can hold: this is the first.`,
    );
    return {};
  }
  note(
    `The file changes its start from episode to episode: --vary draws one of the ${setups.length}, without it the first is played.`,
  );
  return { variation: { choices: [[], ...others.map((other) => placements(base, other, note))] } };
}

function placements(base: Setup, other: Setup, note: (text: string) => void): Placement[] {
  const moved: Placement[] = [];
  if (base.ball[0] !== other.ball[0] || base.ball[1] !== other.ball[1]) {
    moved.push({ member: "ball", position: placed(other.ball, "ball", note) });
  }
  for (const side of ["left", "right"] as const) {
    for (const [place, spawn] of other[side].entries()) {
      const before = base[side][place]!;
      if (before.x === spawn.x && before.y === spawn.y) continue;
      const member = `${side}.${place}`;
      moved.push({ member, position: onPitch(spawn, side, member, note).position });
    }
  }
  return moved;
}

/** "academy_3_vs_1" -> "Academy 3 vs 1". */
function titleOf(id: string): string {
  const words = id.replaceAll(/[_-]+/g, " ").trim();
  return words === "" ? id : words[0]!.toUpperCase() + words.slice(1);
}

/** The first paragraph of a docstring, on one line. */
function sentenceOf(says: string | undefined): string | undefined {
  const text =
    says
      ?.trim()
      .split(/\n\s*\n/)[0]
      ?.replaceAll(/\s+/g, " ") ?? "";
  return text === "" ? undefined : text.slice(0, LONGEST_SENTENCE);
}
