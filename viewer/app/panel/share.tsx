/** @file Sharing the moment under the cursor: its link, its picture, and the seconds around it as a gif or a video. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Format } from "../share/clip.ts";
import type { Session, Shown } from "../state/session.ts";
import { Icon } from "./icon.tsx";

const SECONDS = [3, 5, 10, 20] as const;
const SECONDS_AFTER = [0, 2, 5, 10] as const;
const SCENES_PER_SECOND = 10;
const NAMES: Record<Format, string> = { png: "Picture", gif: "GIF", webm: "WebM", mp4: "MP4" };

export function Share({ session }: { session: Session }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = session.looks.sharing.value;
  const shown = session.shown.peek();
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      class="help share"
      aria-labelledby="share-title"
      onClose={() => (session.looks.sharing.value = false)}
    >
      <h2 id="share-title">Share this moment</h2>
      {open && shown !== undefined && <Ways session={session} shown={shown} />}
      <form method="dialog">
        <button type="submit" class="plain">
          Close
        </button>
      </form>
    </dialog>
  );
}

/** Of the moment at which they were opened, though the match goes on behind them. */
function Ways({ session, shown }: { session: Session; shown: Shown }) {
  const [moment] = useState({ shown, link: session.link()?.href ?? location.href });
  return (
    <>
      <Link href={moment.link} />
      <Clip session={session} shown={moment.shown} />
    </>
  );
}

function Link({ href }: { href: string }) {
  const [copied, setCopied] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const copy = (): void => {
    field.current?.select();
    navigator.clipboard?.writeText(href).then(
      () => setCopied("Copied."),
      () => setCopied("Copy it from the field."),
    );
  };
  return (
    <section>
      <label class="share-link">
        <span>A link that opens the page held at this moment</span>
        <input ref={field} type="text" readOnly value={href} onFocus={() => field.current?.select()} />
      </label>
      <button type="button" class="share-button" onClick={copy}>
        <Icon name="share" size={16} /> Copy the link
      </button>
      <span role="status" class="faint">
        {copied}
      </span>
    </section>
  );
}

interface Going {
  format: Format;
  done: number;
  abort: AbortController;
}

function Clip({ session, shown }: { session: Session; shown: Shown }) {
  const [seconds, setSeconds] = useState<number>(5);
  const [after, setAfter] = useState<number>(0);
  const [formats, setFormats] = useState<readonly Format[]>([]);
  const [going, setGoing] = useState<Going>();
  const [said, setSaid] = useState("");
  useEffect(() => {
    let left = false;
    void import("../share/clip.ts").then(async ({ formatsHere }) => {
      const here = await formatsHere();
      if (!left) setFormats(here);
    });
    return () => (left = true);
  }, []);
  // Whoever closes the dialog wants no more of it.
  useEffect(() => () => going?.abort.abort(), [going?.abort]);

  const make = async (format: Format): Promise<void> => {
    const { timeline } = session;
    if (timeline === undefined) return;
    const abort = new AbortController();
    setSaid("");
    setGoing({ format, done: 0, abort });
    const { card } = shown;
    const { tick } = shown.scene;
    const second = SCENES_PER_SECOND * card.ticksPerScene;
    const from = Math.max(timeline.firstTick, tick - seconds * second);
    // A picture is of the moment; a clip ends with what there is.
    const to = format === "png" ? tick : Math.min(timeline.lastTick, tick + after * second);
    const subject = {
      card,
      timeline,
      camera: session.looks.camera.peek(),
      followed: session.looks.followed.peek(),
      place: session.chosen.peek(),
    };
    try {
      const { makeClip } = await import("../share/clip.ts");
      const progress = (done: number): void => setGoing({ format, done, abort });
      const blob = await makeClip(subject, { from, to }, format, progress, abort.signal);
      save(blob, `${card.id}-${tick}.${format}`);
      setSaid(`Saved ${card.id}-${tick}.${format}, ${Math.ceil(blob.size / 1000)} kB.`);
    } catch (error) {
      if (!abort.signal.aborted) setSaid(error instanceof Error ? error.message : String(error));
    }
    setGoing(undefined);
  };
  return (
    <section>
      <div class="share-seconds">
        <Seconds
          told="A picture, or a clip of the last"
          choice={SECONDS}
          value={seconds}
          onChoose={setSeconds}
        />{" "}
        <Seconds told="and the next" choice={SECONDS_AFTER} value={after} onChoose={setAfter} />
      </div>
      <div class="share-formats">
        {formats.map((format) => (
          <button
            key={format}
            type="button"
            class="share-button"
            disabled={going !== undefined}
            onClick={() => void make(format)}
          >
            {NAMES[format]}
          </button>
        ))}
      </div>
      {going !== undefined && (
        <label class="share-progress">
          <span>Drawing the {NAMES[going.format]} …</span>
          <progress max="1" value={going.done} />
        </label>
      )}
      <p role="status" class="faint">
        {said}
      </p>
    </section>
  );
}

interface SecondsProps {
  told: string;
  choice: readonly number[];
  value: number;
  onChoose: (seconds: number) => void;
}

function Seconds({ told, choice, value, onChoose }: SecondsProps) {
  return (
    <label>
      {told}{" "}
      <select value={String(value)} onChange={(event) => onChoose(Number(event.currentTarget.value))}>
        {choice.map((count) => (
          <option key={count} value={String(count)}>
            {count} seconds
          </option>
        ))}
      </select>
    </label>
  );
}

function save(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href, download: name });
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
