import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import {
  type AnswerFinish,
  type AnswerOptions,
  serverAnswerer,
  type ServerOptions,
} from "../../agent/answerer/index.ts";
import {
  type Behaviour,
  event,
  type FaultyServer,
  sendAnswer,
  sendPieces,
  startServer,
} from "./faulty-server.ts";

const KEY = "sk-very-secret-1234";
const ASKED: AnswerOptions = { seed: 5, temperature: 1, topP: 0.9, maxTokens: 32, stop: ["</answer>"] };
/** What transformers serve 5.24 says of a vision model. */
const NO_VOCABULARY = "'Qwen2_5_VLProcessor' object has no attribute 'get_vocab'";
const CHAT = { messages: [{ role: "user", content: "Go on." }] };

let server: FaultyServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function ask(behave: Behaviour, options: ServerOptions = {}, asked: Partial<AnswerOptions> = {}) {
  server = await startServer(behave);
  const answerer = serverAnswerer("some/model", server.url, { backOffSeconds: 0.01, key: KEY, ...options });
  return answerer.answer(CHAT, { ...ASKED, ...asked });
}

describe("an answer", () => {
  test("comes piece by piece, with what it cost", async () => {
    const heard: string[] = [];
    const answer = await ask(
      (response) => sendAnswer(response, ["<think>ü", "</think>", "<answer>right</answer>"]),
      {},
      { onText: (piece) => heard.push(piece) },
    );
    expect(answer).toEqual({
      text: "<think>ü</think><answer>right</answer>",
      finish: "stop",
      promptTokens: 7,
      answerTokens: 3,
    });
    expect(heard).toEqual(["<think>ü", "</think>", "<answer>right</answer>"]);
  });

  test("may come whole, with log-probabilities", async () => {
    const logprobs = { content: [{ token: "right", logprob: -0.5, top_logprobs: [] }] };
    const whole = { choices: [{ message: { content: "right" }, finish_reason: "stop", logprobs }] };
    const answer = await ask((response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(whole));
    });
    const tokens = [{ text: "right", logProbability: -0.5 }];
    expect(answer).toEqual({ text: "right", finish: "stop", tokens });
  });

  test("is asked for with everything that servers otherwise decide themselves", async () => {
    await ask((response) => sendAnswer(response, ["x"]));
    const { headers, body } = server!.asked[0]!;
    expect(headers.authorization).toBe(`Bearer ${KEY}`);
    expect(body).toMatchObject({
      model: "some/model",
      seed: 5,
      temperature: 1,
      top_p: 0.9,
      max_tokens: 32,
      stop: ["</answer>"],
      logprobs: true,
    });
  });

  test("shows pictures as PNG beside the words", async () => {
    server = await startServer((response) => sendAnswer(response, ["x"]));
    const frame = { width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 0, 0, 255) };
    const content = [{ type: "image" }, { type: "text", text: "Now?" }] as const;
    await serverAnswerer("m", server.url, {}).answer(
      { messages: [{ role: "user", content }], images: [frame] },
      ASKED,
    );
    const messages = server.asked[0]!.body["messages"] as {
      content: { type: string; image_url?: { url: string } }[];
    }[];
    expect(messages[0]!.content.map(({ type }) => type)).toEqual(["image_url", "text"]);
    expect(messages[0]!.content[0]!.image_url!.url).toMatch(/^data:image\/png;base64,iVBOR/);
  });
});

/** One event for each choice, then the end. */
const choices = (...all: readonly object[]): Behaviour => {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const choice of all) response.write(event({ choices: [{ index: 0, ...choice }] }));
    response.end("data: [DONE]\n\n");
  };
};
const says = (content: string) => ({ delta: { content } });
const thinks = (thought: string) => ({ delta: { reasoning_content: thought } });
const end = (more = {}) => ({ delta: {}, finish_reason: "stop", ...more });

describe("what servers do to an answer", () => {
  test.for<[string, readonly object[], string]>([
    [
      "a thought sent apart is put back in its tags",
      [thinks("I "), thinks("see"), says("<answer>"), says("right</answer>"), end()],
      "<think>I see</think><answer>right</answer>",
    ],
    ["by its other name, too", [{ delta: { reasoning: "a" } }, says("b"), end()], "<think>a</think>b"],
    [
      "a thought that does not end is not ended",
      [thinks("I see"), { delta: {}, finish_reason: "length" }],
      "<think>I see",
    ],
    [
      "a stop text that was left away is put back where its tag is open",
      [says("<answer>right"), end()],
      "<answer>right</answer>",
    ],
    ["and where it is named (vLLM)", [says("right"), end({ stop_reason: "</answer>" })], "right</answer>"],
    ["and where it is named (SGLang)", [says("right"), end({ matched_stop: "</answer>" })], "right</answer>"],
    ["not where the model ended itself", [says("right"), end()], "right"],
    ["not where that is told (vLLM)", [says("<answer>right"), end({ stop_reason: null })], "<answer>right"],
    ["not where that is told (SGLang)", [says("<answer>right"), end({ matched_stop: 2 })], "<answer>right"],
    [
      "not where the answer was cut",
      [says("<answer>right"), { delta: {}, finish_reason: "length" }],
      "<answer>right",
    ],
    [
      "what stands behind a stop text is left out, wherever the pieces part",
      [says("<answer>right</ans"), says("wer> and"), says(" on"), end()],
      "<answer>right</answer>",
    ],
  ])("%s", async ([, sent, text]) => {
    const heard: string[] = [];
    const answer = await ask(choices(...sent), {}, { onText: (piece) => heard.push(piece) });
    expect(answer.text).toBe(text);
    expect(heard.join("")).toBe(text);
  });

  test("a server that cannot be told where to stop is not told, and left once it has written enough", async () => {
    let left: Promise<unknown> | undefined;
    server = await startServer((response, _, { body }) => {
      if ("stop" in body) {
        sendPieces(response, []);
        response.end(event({ error: NO_VOCABULARY }));
        return;
      }
      sendPieces(response, ["<answer>right</answer>", " and"]);
      left = once(response, "close");
    });
    const answerer = serverAnswerer("m", server.url, { retries: 0 });
    const whole = { text: "<answer>right</answer>", finish: "stop" };
    expect(await answerer.answer(CHAT, ASKED)).toEqual(whole);
    await left;
    expect(await answerer.answer(CHAT, ASKED)).toEqual(whole);
    await left;
    expect(server.asked.map(({ body }) => "stop" in body)).toEqual([true, false, false]);
  });
});

describe("how an answer ended", () => {
  const finished = (reason: string | null) => [says("right"), { delta: {}, finish_reason: reason }];
  test.for<[string, readonly object[], AnswerFinish | undefined]>([
    ["the model ended it", finished("stop"), "stop"],
    ["there was no more room", finished("length"), "length"],
    ["a filter cut it", finished("content_filter"), "refusal"],
    ["the model refused", finished("refusal"), "refusal"],
    ["it holds a stop text, and no room is left", [says("x</answer>"), ...finished("length")], "stop"],
    ["nobody says, but the stream is whole", finished(null), undefined],
    ["in words that are not known", finished("tool_calls"), undefined],
  ])("%s", async ([, sent, finish]) => {
    expect((await ask(choices(...sent))).finish).toBe(finish);
  });

  test("a refusal that is sent apart is shown, and told as one", async () => {
    const refusal = { delta: { content: null, refusal: "I will not." } };
    expect(await ask(choices(refusal, end()))).toEqual({ text: "I will not.", finish: "refusal" });
  });
});

describe("a server in trouble", () => {
  test.for<[string, number]>([
    ["is busy", 429],
    ["fails", 500],
    ["is not up yet", 503],
  ])("that %s (%i) is asked again", async ([, status]) => {
    const answer = await ask((response, times) => {
      if (times < 2) response.writeHead(status).end("wait");
      else sendAnswer(response, ["right"]);
    });
    expect(answer.text).toBe("right");
    expect(server!.asked).toHaveLength(3);
  });

  test("is given up after the retries, and the key is not in the reason", async () => {
    const failure = ask(
      (response, _, { headers }) => void response.writeHead(500).end(`no: ${headers.authorization}`),
      {
        retries: 1,
      },
    );
    await expect(failure).rejects.toMatchObject({ code: "server/500" });
    await expect(failure).rejects.toThrow(/answered 500: no: Bearer \[key\]\.$/);
    expect(server!.asked).toHaveLength(2);
  });

  test.for<[string, Behaviour]>([
    ["a refusal", (response) => void response.writeHead(400).end("x".repeat(190) + KEY)],
    [
      "what is no JSON",
      (response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.end("x".repeat(70) + KEY);
      },
    ],
    [
      "an error in a stream",
      (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(event({ error: "x".repeat(190) + KEY }));
      },
    ],
  ])("leaves no part of the key in %s that is cut", async ([, behave]) => {
    await expect(ask(behave)).rejects.toThrow(/^(?!.*sk-).*x{70}/);
  });

  test.for<[string, string, RegExp, Behaviour]>([
    [
      "refuses the key",
      "server/401",
      /answered 401: who\?; set TOUCHLINE_API_KEY/,
      (response) => void response.writeHead(401).end("who?"),
    ],
    [
      "sends broken JSON",
      "server/json",
      /sent no JSON: \{"choices/,
      (response) => void response.writeHead(200, { "content-type": "application/json" }).end('{"choices": ['),
    ],
    [
      "sends JSON of another form",
      "server/json",
      /another form/,
      (response) =>
        void response.writeHead(200, { "content-type": "application/json" }).end('{"choices": 3}'),
    ],
    [
      "sends an error inside a good response",
      "server/json",
      /sent an error: .*overloaded/,
      (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(event({ error: { message: "overloaded" } }));
      },
    ],
    [
      "cuts the connection in the middle",
      "server/cut",
      /ended in the middle/,
      (response) => {
        sendPieces(response, ["<think>I see"]);
        setTimeout(() => response.destroy(), 30);
      },
    ],
    [
      "ends without an end",
      "server/cut",
      /ended in the middle/,
      (response) => {
        sendPieces(response, ["<think>I see"]);
        response.end();
      },
    ],
  ])("that %s is told of once, with %s", async ([, code, message, behave]) => {
    const failure = ask(behave);
    await expect(failure).rejects.toMatchObject({ code });
    await expect(failure).rejects.toThrow(message);
    expect(server!.asked).toHaveLength(1);
  });

  test("that cuts every connection before a word is asked again, then given up", async () => {
    await expect(ask((response) => void response.destroy(), { retries: 2 })).rejects.toMatchObject({
      code: "server/connection",
    });
    expect(server!.asked).toHaveLength(3);
  });

  test("that is slow is waited for as long as was said", async () => {
    const failure = ask(() => undefined, { timeoutSeconds: 0.2 });
    await expect(failure).rejects.toMatchObject({ code: "server/timeout" });
  });

  test("is not waited for any longer when it is closed, and can be asked again after that", async () => {
    server = await startServer((response, times) => {
      if (times > 0) sendAnswer(response, ["right"]);
    });
    const answerer = serverAnswerer("m", server.url, { key: KEY });
    const answer = answerer.answer(CHAT, ASKED);
    setTimeout(() => void answerer.close(), 50);
    await expect(answer).rejects.toMatchObject({ code: "server/cancelled" });
    await answerer.open();
    expect((await answerer.answer(CHAT, ASKED)).text).toBe("right");
  });

  test("that is not there is told of by its address, without what is secret in it", async () => {
    const url = new URL("http://user:password@127.0.0.1:9/v1");
    const answerer = serverAnswerer("m", url, { retries: 0, key: KEY });
    expect(answerer.name).toBe("openai:m@http://127.0.0.1:9/v1");
    await expect(answerer.answer(CHAT, ASKED)).rejects.toThrow(/^(?!.*password).*cannot be reached/);
  });
});
