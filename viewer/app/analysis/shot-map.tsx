/** @file All shots on one pitch: the larger the mark the better the chance, filled red a goal. */
import type { Lineup } from "../../../env/frame/index.ts";
import { nameOf } from "../../player/index.ts";
import type { Shot } from "../../player/analysis/index.ts";
import type { Session } from "../state/session.ts";
import { clockText } from "../panel/text.ts";
import { Field } from "./field.tsx";

interface ShotMapProps {
  session: Session;
  lineup: Lineup;
  shots: readonly Shot[];
}

export function ShotMap({ session, lineup, shots }: ShotMapProps) {
  const goals = shots.filter(({ result }) => result === "goal").length;
  const label = `${shots.length} shots, ${goals} of them goals, by where they were taken`;
  return (
    <figure class="map">
      <figcaption>
        <b>Shots</b> <span class="faint">area: chance of a goal (xG)</span>
      </figcaption>
      <Field pitch={lineup.pitch} label={label}>
        {shots.map((shot) => (
          <Mark key={shot.tick} shot={shot} lineup={lineup} />
        ))}
      </Field>
      <p class="key" aria-hidden="true">
        <i data-result="goal" /> goal <i data-result="saved" /> on target <i data-result="off" /> off target,
        blocked
      </p>
      {shots.length > 0 && <ShotTable session={session} lineup={lineup} shots={shots} />}
    </figure>
  );
}

function Mark({ shot, lineup }: { shot: Shot; lineup: Lineup }) {
  const { x, y, chance, result, team } = shot;
  const radius = 0.9 + 3.2 * Math.sqrt(chance);
  const title = <title>{`${nameOf(shot.player, lineup)}: ${result}, xG ${chance.toFixed(2)}`}</title>;
  const place = { class: "shot", "data-result": result };
  // The teams' signs differ in shape here, too.
  if (team === 0) {
    return (
      <circle {...place} cx={x / 100} cy={y / 100} r={radius}>
        {title}
      </circle>
    );
  }
  const side = radius * 1.76;
  return (
    <rect
      {...place}
      x={x / 100 - side / 2}
      y={y / 100 - side / 2}
      width={side}
      height={side}
      rx={radius * 0.3}
    >
      {title}
    </rect>
  );
}

function ShotTable({ session, lineup, shots }: ShotMapProps) {
  return (
    <details>
      <summary>{shots.length === 1 ? "The shot" : `All ${shots.length} shots`}</summary>
      <div class="players-box" role="region" aria-label="Shots" tabIndex={0}>
        <table class="players">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">xG</th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>
            {shots.map(({ tick, player, chance, result, header }) => (
              <tr key={tick}>
                <th scope="row">
                  <button type="button" onClick={() => session.seek(tick - 40)}>
                    {clockText(session.clockAt(tick))}
                  </button>
                </th>
                <td>
                  {nameOf(player, lineup)}
                  {header && ", header"}
                </td>
                <td>{chance.toFixed(2)}</td>
                <td>{result}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
