/** @file A team's pass network: players at their mean places, the wider a line the more passes between two. */
import { kitOf } from "../../../env/frame/index.ts";
import type { Lineup } from "../../../env/frame/index.ts";
import type { PassNetwork } from "../../player/analysis/index.ts";
import { css } from "../stage/token.ts";
import { Attack, Field } from "./field.tsx";

interface PassMapProps {
  lineup: Lineup;
  team: 0 | 1;
  network: PassNetwork;
}

export function PassMap({ lineup, team, network }: PassMapProps) {
  const { nodes, links, tried, completed } = network;
  const kit = kitOf({ team, keeper: false });
  const turn = team === 0 ? 1 : -1;
  const at = new Map(
    nodes.map((node) => [node.player, { x: (turn * node.x) / 100, y: (turn * node.y) / 100 }]),
  );
  const most = Math.max(1, ...links.map(({ passes }) => passes));
  const touches = Math.max(1, ...nodes.map((node) => node.touches));
  const { name } = lineup.teams[team];
  const label = `Passes of ${name}: ${completed} of ${tried} arrived; the most between two players were ${links.at(-1)?.passes ?? 0}`;
  return (
    <figure class="map">
      <figcaption>
        <b>Passes</b>{" "}
        <span class="faint">
          {completed} of {tried} arrived
        </span>
      </figcaption>
      <Field pitch={lineup.pitch} label={label}>
        <Attack pitch={lineup.pitch} name={name} />
        <g class="passes">
          {links.map(({ a, b, passes }) => {
            const [from, to] = [at.get(a), at.get(b)];
            if (from === undefined || to === undefined) return null;
            return (
              <line
                key={`${a} ${b}`}
                x1={from.x}
                y1={from.y}
                x2={to.x}
                y2={to.y}
                stroke-width={0.4 + (1.7 * passes) / most}
                opacity={0.4 + (0.6 * passes) / most}
              />
            );
          })}
        </g>
        {nodes.map((node) => {
          const place = at.get(node.player)!;
          const radius = 1.7 + 1.5 * Math.sqrt(node.touches / touches);
          const sign = { fill: css(kit.shirt), stroke: css(kit.rim), "stroke-width": 0.4 };
          return (
            <g key={node.player} transform={`translate(${place.x} ${place.y})`}>
              {team === 0 ? (
                <circle r={radius} {...sign} />
              ) : (
                <rect
                  x={-radius}
                  y={-radius}
                  width={2 * radius}
                  height={2 * radius}
                  rx={radius * 0.35}
                  {...sign}
                />
              )}
              <text class="number" y={radius * 0.42} font-size={radius * 1.25} fill={css(kit.number)}>
                {lineup.players[node.player]?.number}
              </text>
            </g>
          );
        })}
      </Field>
    </figure>
  );
}
