/** @file The head of the page: the name, what is on, and whether the connection stands. */
import type { Session } from "../state/session.ts";
import { Icon } from "./icon.tsx";

const STATUS = {
  connecting: "Connecting",
  open: "Connected",
  lost: "Connection lost, trying again",
  refused: "",
};

export function Header({ session, onHelp }: { session: Session; onHelp: () => void }) {
  const status = session.feed.status.value;
  const shown = session.shown.value;
  return (
    <header class="head">
      <h1 class="brand">
        <img src="/icon.svg" alt="" width="26" height="26" />
        Touchline
      </h1>
      <p class="on">
        {shown !== undefined && (
          <>
            <strong>{shown.card.title}</strong>
            <span class="faint">
              {shown.card.fed ?? (shown.card.recorded ? "recording" : `episode ${shown.episode}`)}
              {shown.seed !== undefined && ` · seed ${shown.seed}`}
            </span>
          </>
        )}
      </p>
      <p class="status" data-kind={status.kind} role="status">
        <span class="lamp" />
        <span class="status-text">{status.kind === "refused" ? status.reason : STATUS[status.kind]}</span>
      </p>
      <button
        type="button"
        class="round"
        onClick={onHelp}
        aria-label="Help and keys"
        title="Help and keys (?)"
      >
        <Icon name="help" />
      </button>
    </header>
  );
}
