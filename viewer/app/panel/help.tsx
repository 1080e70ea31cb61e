/** @file The keys, from the one table that the page listens by. */
import type { RefObject } from "preact";
import { KEYS } from "../../player/index.ts";

export function Help({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title">
      <h2 id="help-title">Keys</h2>
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
      <p>
        Everybody who watches has controls of his own: pausing or going back does not stop the match, nor
        anybody else. A ring marks a player whom a policy controls, yellow on the left team and blue on the
        right; a small card one who is booked. The teams change ends at half-time here, but never in the
        agent's frame.
      </p>
      <form method="dialog">
        <button type="submit" class="plain">
          Close
        </button>
      </form>
    </dialog>
  );
}
