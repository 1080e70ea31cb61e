/** @file What is wrong with the draft, each leading to its field; and what was done last. */
import type { Editor } from "./editor.ts";

export function Problems({ editor }: { editor: Editor }) {
  const problems = editor.problems.value;
  const { text, failed } = editor.notice.value;
  return (
    <div class="problems">
      <p role="status" data-failed={failed}>
        {text}
      </p>
      {problems.length === 0 ? (
        <p class="right">Nothing is wrong with it.</p>
      ) : (
        <ul aria-label="Problems">
          {problems.map((problem) => {
            const sentence = editor.sentenceOf(problem);
            return (
              <li key={sentence}>
                <button type="button" onClick={() => editor.leadTo(problem)}>
                  {sentence}
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
