/** @file What a model wrote within a query: the prompt before it and the pads around it taken away. */

/** How chat templates begin the assistant's turn. */
const BEGINNINGS = [
  "<|im_start|>assistant\n",
  "<start_of_turn>model\n",
  "<|assistant|>\n",
  "<|assistant|>",
  "<｜Assistant｜>",
];
/** As LMM-R1's verifier takes them out. */
const ENDS = ["<|im_end|>", "<｜end▁of▁sentence｜>", "<|endoftext|>", "<end_of_turn>", "<|end|>"];

/**
 * The response in a query. How many turns of the assistant the prompt holds is counted where it can be, so that a model
 * cannot begin its answer anew; of a prompt that is not told what follows the last beginning is taken, and without one the
 * whole query. After an empty prompt, as where a trainer sends the response alone, all of it is the response.
 */
export function responseOf(query: string, prompt: string | undefined): string {
  const bare = withoutEnds(query);
  const beginning = prompt === "" ? undefined : BEGINNINGS.find((one) => bare.includes(one));
  if (beginning === undefined)
    return prompt !== undefined && bare.startsWith(prompt) ? bare.slice(prompt.length).trim() : bare;
  const turns = prompt === undefined ? Infinity : turnsIn(prompt, beginning);
  let end = -1;
  for (let turn = 0; turn < turns; turn++) {
    const next = bare.indexOf(beginning, end < 0 ? 0 : end);
    if (next < 0) break;
    end = next + beginning.length;
  }
  return bare.slice(end).trim();
}

/** What was asked, in words: a prompt may be the JSON of its messages (LMM-R1), or the templated text. */
export function wordsOf(prompt: string): string {
  const messages = messagesOf(prompt);
  if (messages === undefined) return prompt;
  const texts = messages.flatMap(({ content }) => {
    if (typeof content === "string") return [content];
    if (!Array.isArray(content)) return [];
    return content.flatMap((item: unknown) =>
      typeof item === "object" && item !== null && "text" in item && typeof item.text === "string"
        ? [item.text]
        : [],
    );
  });
  return texts.join("\n");
}

function turnsIn(prompt: string, beginning: string): number {
  const told = prompt.split(beginning).length - 1;
  if (told > 0) return told;
  const messages = messagesOf(prompt);
  if (messages === undefined) return Infinity;
  return messages.filter(({ role }) => role === "assistant").length + 1;
}

function messagesOf(prompt: string): { role?: unknown; content?: unknown }[] | undefined {
  if (!prompt.startsWith("[")) return undefined;
  try {
    const list: unknown = JSON.parse(prompt);
    const isList = Array.isArray(list) && list.every((one) => typeof one === "object" && one !== null);
    return isList ? list : undefined;
  } catch {
    return undefined;
  }
}

/** Pads may be many thousands: they go before anything is looked for. */
function withoutEnds(query: string): string {
  let text = query;
  for (const end of ENDS) text = text.replaceAll(end, "");
  return text.trim();
}
