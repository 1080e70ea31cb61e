/** @file The keys, from the one table that the page listens by. */
import type { RefObject } from "preact";
import { HAND_KEYS, KEYS } from "../../player/index.ts";
import type { Session } from "../state/session.ts";

export interface HelpProps {
  dialog: RefObject<HTMLDialogElement | null>;
  session: Session;
}

export function Help({ dialog, session }: HelpProps) {
  const { looks } = session;
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title">
      {/* Where the focus begins: on the button at its end a small screen would show only the end. */}
      <h2 id="help-title" tabIndex={-1} autoFocus>
        Keys
      </h2>
      <div class="help-parts">
        <section>
          <table>
            <tbody>
              {KEYS.map(({ command, shown, does }) => (
                <tr key={command}>
                  <th scope="row">
                    <kbd>{shown}</kbd>
                  </th>
                  <td>{does}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <label class="tick">
            <input
              type="checkbox"
              checked={looks.characters.value}
              onChange={(event) => looks.setCharacters(event.currentTarget.checked)}
            />
            Letters and digits are keys
          </label>
        </section>
        <section aria-labelledby="playing-title">
          <h3 id="playing-title">Playing yourself</h3>
          <p>
            Click a player with a ring, or “Take over”: he is yours until you give him back, leave the match
            or the connection is silent for 30 seconds. Only players with a ring can be taken over. While you
            play, these keys are his.
          </p>
          <table>
            <thead>
              <tr>
                <th scope="col">Keys</th>
                <th scope="col">Gamepad</th>
                <th scope="col">What he does</th>
              </tr>
            </thead>
            <tbody>
              {HAND_KEYS.map(({ shown, gamepad, does }) => (
                <tr key={shown}>
                  <th scope="row">
                    <kbd>{shown}</kbd>
                  </th>
                  <td>{gamepad}</td>
                  <td>{does}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p>Start on a gamepad takes a player over.</p>
          <h3>What you see</h3>
          <p>
            Everybody who watches has controls of his own: pausing or going back does not stop the match, nor
            anybody else. A ring marks a player whom a policy controls, yellow on the left team and blue on
            the right; a small card one who is booked. The teams change ends at half-time here, but never in
            the agent's frame.
          </p>
        </section>
      </div>
      <form method="dialog">
        <button type="submit" class="plain">
          Close
        </button>
      </form>
    </dialog>
  );
}
