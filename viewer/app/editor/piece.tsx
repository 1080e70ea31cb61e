/** @file A player or the ball on the pitch of the editor. */
import { type Pitch, type Scenario, toMetres } from "../../../env/football/index.ts";
import { kitOf } from "../../../env/frame/index.ts";
import { css } from "../stage/token.ts";
import { BALL, kindOf, nameOf, placeOf, positionOf, type Thing } from "./thing.ts";

export interface SignProps {
  scenario: Scenario;
  pitch: Pitch;
  /** Pixels in a metre, and metres that a piece is wide. */
  scale: number;
  radius: number;
  thing: Thing;
  chosen: boolean;
}

export function Piece({ scenario, pitch, radius, thing, chosen }: SignProps) {
  const position = positionOf(scenario, thing);
  if (position === undefined) return null;
  const [x, y] = toMetres(pitch, position);
  const [along, across] = position;
  return (
    <g
      class="piece"
      tabindex={0}
      role="button"
      aria-pressed={chosen}
      aria-label={`${nameOf(scenario, thing)}, at ${along}, ${across}`}
      data-thing={thing}
      transform={`translate(${x} ${y})`}
    >
      {/* Whoever has the ball at his feet is reached beside it. */}
      <circle class="reach" r={radius * (thing === BALL ? 0.55 : 1.2)} />
      {chosen && <circle class="halo" r={(thing === BALL ? 0.75 : 1.35) * radius} />}
      {thing === BALL ? (
        <circle class="ball" r={radius * 0.42} stroke-width={radius * 0.13} />
      ) : (
        <Shirt {...{ scenario, radius, thing }} />
      )}
    </g>
  );
}

function Shirt({ scenario, radius, thing }: Pick<SignProps, "scenario" | "radius" | "thing">) {
  const side = kindOf(thing) === "left" ? "left" : "right";
  const player = scenario[side].players[placeOf(thing)];
  const kit = kitOf({ team: side === "left" ? 0 : 1, keeper: player?.role === "GK" });
  const [vx, vy] = player?.velocity ?? [0, 0];
  const rim = { fill: css(kit.shirt), stroke: css(kit.rim), "stroke-width": radius * 0.16 };
  return (
    <>
      {(vx !== 0 || vy !== 0) && <path class="run" d={`M0 0L${vx} ${vy}`} stroke-width={radius * 0.25} />}
      {side === "left" ? (
        <circle r={radius} {...rim} />
      ) : (
        <rect x={-radius} y={-radius} width={2 * radius} height={2 * radius} rx={radius * 0.4} {...rim} />
      )}
      <text y={radius * 0.42} font-size={radius * 1.2} fill={css(kit.number)}>
        {placeOf(thing) + 1}
      </text>
    </>
  );
}
