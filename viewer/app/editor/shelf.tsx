/** @file The scenarios there are, by suite, with a search; and what a new one begins as. */
import { useState } from "preact/hooks";
import type { ScenarioCard } from "../../protocol/index.ts";
import type { Editor } from "./editor.ts";
import { BEGINNING_NAMES, BEGINNINGS } from "./template.ts";

export function Shelf({ editor }: { editor: Editor }) {
  const [search, setSearch] = useState("");
  const list = editor.list.value;
  const found = list?.scenarios.filter((card) => isFound(card, search)) ?? [];
  const suites = [...new Set(found.map(({ suite }) => suite))];
  return (
    <section class="shelf panel" aria-label="Scenarios">
      <h2>
        Scenarios <span class="faint count">{list?.scenarios.length ?? ""}</span>
      </h2>
      {editor.scenario.value !== undefined && <New editor={editor} />}
      <input
        type="search"
        aria-label="Search scenarios"
        placeholder="Search"
        value={search}
        onInput={({ currentTarget }) => setSearch(currentTarget.value)}
      />
      <div class="shelf-list">
        {suites.map((suite) => (
          <section key={suite} aria-label={suite === "" ? "Wrong files" : suite}>
            <h3>{suite === "" ? "Wrong files" : suite}</h3>
            <ul>
              {found
                .filter((card) => card.suite === suite)
                .map((card) => (
                  <Entry key={card.id} editor={editor} card={card} />
                ))}
            </ul>
          </section>
        ))}
        {list !== undefined && found.length === 0 && <p class="faint">Nothing is called like that.</p>}
      </div>
    </section>
  );
}

function isFound({ id, title, teaches, suite }: ScenarioCard, search: string): boolean {
  const text = `${id} ${title} ${teaches} ${suite}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function New({ editor }: { editor: Editor }) {
  return (
    <details class="new">
      <summary>New scenario</summary>
      <ul>
        {BEGINNINGS.map((beginning) => (
          <li key={beginning}>
            <button
              type="button"
              title={BEGINNING_NAMES[beginning][1]}
              onClick={({ currentTarget }) => {
                currentTarget.closest("details")!.open = false;
                editor.create(beginning);
              }}
            >
              {BEGINNING_NAMES[beginning][0]}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Entry({ editor, card }: { editor: Editor; card: ScenarioCard }) {
  const { id, title, players, own, error } = card;
  const current = editor.scenario.value?.id === id;
  if (error !== undefined) {
    return (
      <li class="wrong">
        <b>{id}</b>
        <span role="alert">{error}</span>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        class="entry"
        data-own={own}
        aria-current={current ? "true" : undefined}
        title={card.teaches}
        onClick={() => editor.go(id)}
      >
        <span>{title}</span>
        <span class="faint">
          {own && "yours · "}
          {players.join(" v ")}
        </span>
      </button>
    </li>
  );
}
