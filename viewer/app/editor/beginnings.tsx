/** @file What is seen while nothing is open: what a new scenario may begin as. */
import type { Editor } from "./editor.ts";
import { BEGINNING_NAMES, BEGINNINGS } from "./template.ts";

export function Beginnings({ editor }: { editor: Editor }) {
  const { text, failed } = editor.notice.value;
  return (
    <section class="beginnings panel" aria-label="New scenario">
      <h2>New scenario</h2>
      <ul>
        {BEGINNINGS.map((beginning) => (
          <li key={beginning}>
            <button type="button" onClick={() => editor.create(beginning)}>
              <b>{BEGINNING_NAMES[beginning][0]}</b>
              <span class="faint">{BEGINNING_NAMES[beginning][1]}</span>
            </button>
          </li>
        ))}
      </ul>
      <p class="faint">Or open one of the list, or drop a JSON file here.</p>
      <p role="status" data-failed={failed}>
        {editor.busy.value ? "Reading …" : text}
      </p>
    </section>
  );
}
