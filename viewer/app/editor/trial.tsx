/** @file Playing the draft at once: by whom, against whom, from which start. */
import type { Editor, Trial } from "./editor.ts";

const POLICIES = ["nano", "scripted"];

export function TrialBar({ editor }: { editor: Editor }) {
  const trial = editor.trial.value;
  const set = (changes: Partial<Trial>): void => {
    editor.trial.value = { ...trial, ...changes };
  };
  const policies = editor.list.value?.policies ?? POLICIES;
  const own = editor.scenario.value?.opponent;
  return (
    <div class="trial" role="group" aria-label="Play">
      <label>
        Policy
        <select value={trial.policy} onChange={({ currentTarget }) => set({ policy: currentTarget.value })}>
          {policies.map((policy) => (
            <option key={policy}>{policy}</option>
          ))}
        </select>
      </label>
      <label>
        Opponent
        <select
          value={trial.opponent}
          onChange={({ currentTarget }) => set({ opponent: currentTarget.value })}
        >
          <option value="">{own ?? "built-in players"}</option>
          {own !== undefined && <option value="none">built-in players</option>}
          {policies.map((policy) => (
            <option key={policy}>{policy}</option>
          ))}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={trial.vary}
          onChange={({ currentTarget }) => set({ vary: currentTarget.checked })}
        />
        Vary the start
      </label>
      <button
        type="button"
        class="primary"
        disabled={editor.problems.value.length > 0 || editor.busy.value}
        onClick={() => void editor.play()}
      >
        Play
      </button>
    </div>
  );
}
