/** @file Everybody on the pitch as a table, for those who cannot see it and for those who look for somebody. */
import type { Lineup, Scene } from "../../../env/frame/index.ts";
import { zoneOf } from "../../player/index.ts";
import type { Session } from "../state/session.ts";
import { KitSign } from "./kit.tsx";
import { roleText } from "./text.ts";

export function Players({ session }: { session: Session }) {
  const shown = session.shown.value;
  if (shown === undefined) return <p class="faint none">Nobody is on the pitch yet.</p>;
  const { scene } = shown;
  const { lineup } = shown.card;
  return (
    <div class="players-box" role="region" aria-label="Players" tabIndex={0}>
      <table class="players">
        <thead>
          <tr>
            <th scope="col">Player</th>
            <th scope="col">Plays as</th>
            <th scope="col">Where</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          {lineup.players.map((sheet, player) => (
            <tr key={player} data-followed={session.looks.followed.value === player}>
              <th scope="row">
                <button
                  type="button"
                  aria-pressed={session.looks.followed.value === player}
                  title="Let the camera follow him"
                  onClick={() => session.looks.follow(player)}
                >
                  <KitSign team={sheet.team} size={15} /> {lineup.teams[sheet.team].name} {sheet.number}
                </button>
              </th>
              <td>{roleText(sheet.role)}</td>
              <td>{whereText(player, scene, lineup)}</td>
              <td>{stateText(player, scene)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function whereText(player: number, { figures }: Scene, { players, pitch }: Lineup): string {
  const figure = figures[player];
  const sheet = players[player];
  if (figure === undefined || sheet === undefined || figure.sentOff) return "off the pitch";
  return zoneOf(figure, pitch, sheet.team);
}

function stateText(player: number, { figures, owner }: Scene): string {
  const figure = figures[player];
  if (figure === undefined) return "";
  if (figure.sentOff) return "sent off";
  const told = [
    owner === player && "has the ball",
    figure.controlled && "under control",
    figure.booked && "booked",
    figure.pose !== "upright" && figure.pose !== "hold" && "on the ground",
  ];
  return told.filter(Boolean).join(", ");
}
