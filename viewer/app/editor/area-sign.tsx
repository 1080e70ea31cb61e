/** @file Zones, obstacles and ranges on the pitch of the editor, with corners to pull at. */
import { type Point, toMetres } from "../../../env/football/index.ts";
import { type Area, areasOf, CORNERS } from "./area.ts";
import type { SignProps } from "./piece.tsx";
import { kindOf, nameOf, placeOf, positionOf } from "./thing.ts";

const HANDLE_PIXELS = 5;
const CORNER_NAMES = ["top left", "top right", "bottom right", "bottom left"];

/** In metres. */
function boxOf({ pitch }: Pick<SignProps, "pitch">, { x, y }: Area) {
  const [left, top] = toMetres(pitch, [x[0], y[0]]);
  const [right, bottom] = toMetres(pitch, [x[1], y[1]]);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** A zone is a field; the range of a shift is a frame around each of its members. */
export function AreaSign(props: SignProps) {
  const { scenario, thing, chosen, scale } = props;
  const kind = kindOf(thing);
  const zone = kind === "zone" ? scenario.zones?.[placeOf(thing)] : undefined;
  return (
    <g
      class={kind}
      tabindex={0}
      role="button"
      aria-pressed={chosen}
      aria-label={nameOf(scenario, thing)}
      data-thing={thing}
      data-colour={zone?.colour ?? "none"}
    >
      {areasOf(scenario, thing).map((area) => {
        const box = boxOf(props, area);
        return (
          <g key={area.member ?? ""}>
            <rect class="reach" {...box} />
            <rect class="frame" {...box} />
            {zone !== undefined && (
              <text x={box.x + 0.5} y={box.y + 14 / scale} font-size={12 / scale}>
                {zone.name}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

export function ObstacleSign(props: SignProps) {
  const { scenario, pitch, thing, chosen, scale } = props;
  const obstacle = scenario.obstacles?.[placeOf(thing)];
  if (obstacle === undefined) return null;
  const [x, y] = toMetres(pitch, obstacle.at);
  const [area] = areasOf(scenario, thing);
  return (
    <g
      class="obstacle"
      tabindex={0}
      role="button"
      aria-pressed={chosen}
      aria-label={`${nameOf(scenario, thing)}, at ${obstacle.at.join(", ")}`}
      data-thing={thing}
    >
      <circle class="reach" cx={x} cy={y} r={10 / scale} />
      {area === undefined ? (
        <circle class="frame" cx={x} cy={y} r={Math.max(obstacle.radius ?? 0.4, 4 / scale)} />
      ) : (
        <rect class="frame" {...boxOf(props, area)} />
      )}
    </g>
  );
}

export function Corners({ area, ...props }: Omit<SignProps, "thing" | "chosen"> & { area: Area }) {
  const { scenario, pitch, scale } = props;
  const size = HANDLE_PIXELS / scale;
  return (
    <>
      {CORNERS.map((corner, i) => {
        const [x, y] = toMetres(pitch, [area.x[corner[0]], area.y[corner[1]]]);
        return (
          <g
            key={i}
            class="corner"
            tabindex={0}
            role="button"
            aria-label={`Corner of ${nameOf(scenario, area.thing)}, ${CORNER_NAMES[i]}`}
            data-thing={area.thing}
            data-member={area.member}
            data-corner={i}
            transform={`translate(${x} ${y})`}
          >
            <rect class="reach" x={-2 * size} y={-2 * size} width={4 * size} height={4 * size} />
            <rect class="handle" x={-size} y={-size} width={2 * size} height={2 * size} />
          </g>
        );
      })}
    </>
  );
}

/** From everybody who is put somewhere in a zone to that zone. */
export function ScatterLines({ scenario, pitch }: Pick<SignProps, "scenario" | "pitch">) {
  const lines = (scenario.variation?.scatters ?? []).flatMap(({ members, zone: name }) => {
    const zone = scenario.zones?.find((one) => one.name === name);
    if (zone === undefined) return [];
    const middle: Point = [(zone.from[0] + zone.to[0]) / 2, (zone.from[1] + zone.to[1]) / 2];
    return members.flatMap((member) => {
      const at = positionOf(scenario, member);
      return at === undefined
        ? []
        : [`M${toMetres(pitch, at).join(" ")}L${toMetres(pitch, middle).join(" ")}`];
    });
  });
  return (
    <g class="scatter" aria-hidden="true">
      {lines.map((line) => (
        <path key={line} d={line} />
      ))}
    </g>
  );
}
