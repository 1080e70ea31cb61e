/** @file GRF's `builder.config()`: the fields of its ScenarioConfig, with their defaults. */
import { nearestName } from "../../env/error.ts";
import { notImported, type Place } from "./refusal.ts";
import { known, real, typeName, type Value, whole } from "./value.ts";

/** All fields, as GRF's engine sets them before a file does. */
export const DEFAULTS = {
  game_duration: 3000,
  second_half: 999_999_999,
  left_team_difficulty: 1,
  right_team_difficulty: 0.6,
  offsides: true,
  end_episode_on_score: false,
  end_episode_on_possession_change: false,
  end_episode_on_out_of_play: false,
  deterministic: false,
  control_all_players: false,
  use_magnet: true,
  real_time: false,
  reverse_team_processing: false,
  game_engine_random_seed: 42,
  left_agents: 1,
  right_agents: 0,
};

export type Config = typeof DEFAULTS;

const INTEGERS: ReadonlySet<string> = new Set([
  "game_duration",
  "second_half",
  "game_engine_random_seed",
  "left_agents",
  "right_agents",
]);

/** What else GRF's config has. */
const UNREAD: ReadonlySet<string> = new Set([
  "ball_position",
  "left_team",
  "right_team",
  "make",
  "dynamic_player_selection",
  "controllable_left_players",
  "controllable_right_players",
]);

/** What a file has set, and what it set that is no field. */
export interface Settings {
  config: Config;
  ball: Extract<Value, { kind: "list" }>;
  /** Attributes of the file's own, which GRF does not read. */
  others: Map<string, Value>;
  notes: Set<string>;
}

export function makeSettings(): Settings {
  return {
    config: { ...DEFAULTS },
    ball: { kind: "list", items: [0, 0, 0] },
    others: new Map(),
    notes: new Set(),
  };
}

/** The object that the file sees. */
export function configHost(settings: Settings): Value {
  return {
    kind: "host",
    name: "config",
    get: (name, at) => getField(settings, name, at),
    set: (name, value, at) => setField(settings, name, value, at),
    has: (name) => isField(name) || UNREAD.has(name) || settings.others.has(name),
  };
}

function getField({ config, ball, others }: Settings, name: string, at: Place): Value {
  if (name === "ball_position") return ball;
  if (UNREAD.has(name)) throw notImported(at, `${name} of GRF's config is not read here`);
  const other = others.get(name);
  if (other !== undefined) return other;
  if (!isField(name)) throw notImported(at, `GRF's config has no "${name}"${hint(name)}`);
  const value = config[name];
  return INTEGERS.has(name) ? BigInt(value) : value;
}

/** `builder.config().name = value`. */
export function setField(settings: Settings, name: string, value: Value, at: Place): void {
  if (name === "ball_position") throw notImported(at, "ball_position is set as a whole; use SetBallPosition");
  if (UNREAD.has(name)) throw notImported(at, `${name} of GRF's config is set, which is not followed`);
  if (isField(name)) {
    Object.assign(settings.config, { [name]: fieldValue(name, known(value), at) });
    return;
  }
  // In Python this makes an attribute that GRF does not read.
  settings.others.set(name, value);
  settings.notes.add(`${name} is no field of GRF's config${hint(name)}; it is left out`);
}

function fieldValue(name: keyof Config, value: Value, at: Place): boolean | number {
  if (INTEGERS.has(name)) return whole(value, name, at);
  if (typeof DEFAULTS[name] === "number") return real(value, name, at);
  if (typeof value === "boolean") return value;
  if (value === 0n || value === 1n) return value === 1n;
  throw notImported(at, `${name} is of type ${typeName(value)}; expected True or False`);
}

function isField(name: string): name is keyof Config {
  return Object.hasOwn(DEFAULTS, name);
}

function hint(name: string): string {
  const nearest = nearestName(name, Object.keys(DEFAULTS));
  return nearest === undefined ? "" : `; did the file mean "${nearest}"?`;
}
