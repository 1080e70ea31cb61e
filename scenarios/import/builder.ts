/** @file GRF's scenario builder: what `build_scenario(builder)` says of one episode, as data. */
import { nearestName } from "../../env/error.ts";
import type { Role } from "../../env/football/scenario.ts";
import { bind } from "./argument.ts";
import { builtin } from "./builtin.ts";
import { type Config, configHost, makeSettings, setField } from "./config.ts";
import { notImported, type Place } from "./refusal.ts";
import { isThing, known, real, truth, typeName, type Value } from "./value.ts";

/** One player as the file gives him: in the frame of his own team, its goal at x = -1. */
export interface Spawn {
  x: number;
  y: number;
  role: Role;
  lazy: boolean;
  controllable: boolean;
}

/** What a file says of one episode. */
export interface Setup {
  config: Config;
  ball: readonly [x: number, y: number];
  left: readonly Spawn[];
  right: readonly Spawn[];
  notes: readonly string[];
}

export interface Builder {
  host: Value;
  /** The teams in the order in which the file turned to them. */
  readonly order: readonly string[];
  /** What has been built, once `build_scenario` has returned. */
  finish(at: Place): Setup;
}

const METHODS = ["config", "ScenarioConfig", "SetBallPosition", "SetTeam", "AddPlayer", "EpisodeNumber"];

/** What GRF's builder has for itself. */
const OWN: ReadonlySet<string> = new Set([
  "_config",
  "_scenario_cfg",
  "_active_team",
  "_FakePlayersForEmptyTeam",
  "_BuildScenarioConfig",
]);

/** As many as a team may have. */
const MOST_PLAYERS = 11;

/** @param episodeNumber is asked for each time that the file asks for it. */
export function makeBuilder(episodeNumber: () => bigint): Builder {
  const settings = makeSettings();
  const config = configHost(settings);
  const teams = { e_Left: [] as Spawn[], e_Right: [] as Spawn[] };
  let team: keyof typeof teams = "e_Left";
  const order: string[] = [];

  const methods = new Map<string, Value>([
    ["_scenario_cfg", config],
    ["config", builtin("config", (args, _run, at) => (bind("config", [], args, at), config))],
    [
      "ScenarioConfig",
      builtin("ScenarioConfig", (args, _run, at) => (bind("ScenarioConfig", [], args, at), config)),
    ],
    [
      "EpisodeNumber",
      builtin("EpisodeNumber", (args, _run, at) => (bind("EpisodeNumber", [], args, at), episodeNumber())),
    ],
    [
      "SetBallPosition",
      builtin("SetBallPosition", (args, _run, at) => {
        const [x, y] = bind("SetBallPosition", ["ball_x", "ball_y"], args, at);
        settings.ball.items.splice(0, 2, real(x!, "the ball's x", at), real(y!, "the ball's y", at));
        return null;
      }),
    ],
    [
      "SetFlag",
      builtin("SetFlag", (args, _run, at) => {
        const [name, value] = bind("SetFlag", ["name", "value"], args, at);
        if (typeof name !== "string") throw notImported(at, "SetFlag() takes the name of a setting");
        settings.notes.add("SetFlag() is of an older GRF, and is read as a setting of builder.config()");
        setField(settings, name, value!, at);
        return null;
      }),
    ],
    [
      "SetTeam",
      builtin("SetTeam", (args, _run, at) => {
        const value = known(bind("SetTeam", ["team"], args, at)[0]!);
        if (!isThing(value) || value.kind !== "enum" || value.type !== "e_Team") {
          throw notImported(
            at,
            `SetTeam() is given a ${typeName(value)}; expected Team.e_Left or Team.e_Right`,
          );
        }
        team = value.name === "e_Left" ? "e_Left" : "e_Right";
        order.push(team);
        return null;
      }),
    ],
    [
      "AddPlayer",
      builtin("AddPlayer", (args, _run, at) => {
        const [x, y, role, lazy = false, controllable = true] = bind(
          "AddPlayer",
          ["x", "y", "role", "lazy?", "controllable?"],
          args,
          at,
        );
        if (teams[team].length === MOST_PLAYERS) {
          throw notImported(
            at,
            `the ${team === "e_Left" ? "left" : "right"} team gets more than ${MOST_PLAYERS} players`,
          );
        }
        teams[team].push({
          x: real(x!, "a player's x", at),
          y: real(y!, "a player's y", at),
          role: roleOf(role!, at),
          lazy: truth(lazy, at),
          controllable: truth(controllable, at),
        });
        return null;
      }),
    ],
  ]);

  return {
    host: {
      kind: "host",
      name: "builder",
      get: (name, at) => methods.get(name) ?? missing(name, at),
      set: (name, _value, at) => void missing(name, at),
      has: (name) => METHODS.includes(name) || OWN.has(name),
    },
    order,
    finish: (at) => ({
      config: settings.config,
      ball: [
        real(settings.ball.items[0]!, "the ball's x", at),
        real(settings.ball.items[1]!, "the ball's y", at),
      ],
      left: teams.e_Left,
      right: teams.e_Right,
      notes: [...settings.notes],
    }),
  };
}

function roleOf(value: Value, at: Place): Role {
  known(value);
  if (isThing(value) && value.kind === "enum" && value.type === "e_PlayerRole") {
    return value.name.replace("e_PlayerRole_", "") as Role;
  }
  throw notImported(at, `a player's role is a ${typeName(value)}; expected one such as e_PlayerRole_GK`);
}

function missing(name: string, at: Place): Value {
  if (name === "_config") {
    return {
      kind: "unknown",
      at,
      says: "builder._config holds what is chosen when GRF starts, which no file says",
    };
  }
  if (OWN.has(name)) throw notImported(at, `${name} of GRF's builder is its own, and is not read here`);
  const nearest = nearestName(name, METHODS);
  const hint = nearest === undefined ? "" : `; did the file mean "${nearest}"?`;
  throw notImported(at, `GRF's builder has no "${name}"${hint}`);
}
