/** @file The match in numbers, team against team: a line for each, with its bar. */
import type { Lineup } from "../../../env/frame/index.ts";
import type { PassNetwork, Shot } from "../../player/analysis/index.ts";
import { KitSign } from "../panel/kit.tsx";

interface BalanceProps {
  lineup: Lineup;
  possession: readonly [number, number];
  shots: readonly Shot[];
  networks: readonly [PassNetwork, PassNetwork];
}

export function Balance({ lineup, possession, shots, networks }: BalanceProps) {
  const of = (team: 0 | 1): Shot[] => shots.filter((shot) => shot.team === team);
  const chance = (team: 0 | 1): number => of(team).reduce((sum, shot) => sum + shot.chance, 0);
  const rows: readonly [string, number, number, (value: number) => string][] = [
    ["Possession", possession[0], possession[1], (value) => `${Math.round(value * 100)} %`],
    ["Shots", of(0).length, of(1).length, String],
    ["Expected goals", chance(0), chance(1), (value) => value.toFixed(2)],
    ["Passes", networks[0].completed, networks[1].completed, String],
  ];
  return (
    <table class="balance">
      <thead>
        <tr>
          <th scope="col">
            <KitSign team={0} size={14} /> {lineup.teams[0].name}
          </th>
          <td />
          <th scope="col">
            {lineup.teams[1].name} <KitSign team={1} size={14} />
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, left, right, text]) => {
          const all = left + right;
          const share = all === 0 ? 50 : (100 * left) / all;
          return (
            <tr key={name}>
              <td>{text(left)}</td>
              <th scope="row">
                {name}
                <span class="share-bar" aria-hidden="true" data-empty={all === 0}>
                  <i style={{ width: `${share}%` }} />
                </span>
              </th>
              <td>{text(right)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
