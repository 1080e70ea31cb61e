/** @file A chat server that can do sums; how well follows from the question and the seed alone. */
import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { type Asked, type FaultyServer, sendAnswer, startServer } from "../answerer/faulty-server.ts";

export interface Calculator extends FaultyServer {
  /** As a policy. */
  policy: string;
  /** Seeds of what it was asked, in order. */
  seeds: () => number[];
}

export interface CalculatorOptions {
  milliseconds?: number;
  /** Says yes to what it does not answer itself. */
  refuses?: (asked: Asked, times: number) => boolean;
  /** What it says instead of its own answer. */
  says?: (asked: Asked) => string | undefined;
  /** Why it says that its own answer ended. */
  finish?: string;
}

export async function startCalculator({
  milliseconds = 0,
  refuses,
  says,
  finish = "stop",
}: CalculatorOptions = {}): Promise<Calculator> {
  const server = await startServer(async (response, times, asked) => {
    if (milliseconds > 0) await wait(milliseconds);
    if (refuses?.(asked, times)) {
      response.writeHead(400).end("out of order");
      return;
    }
    const said = says?.(asked);
    if (said === undefined) respond(response, asked, finish);
    else sendAnswer(response, [said]);
  });
  return {
    ...server,
    policy: `openai:calculator@${server.url.href}`,
    seeds: () => server.asked.map(({ body }) => body["seed"] as number),
  };
}

function respond(response: ServerResponse, { body }: Asked, finish: string): void {
  const [, one, other] = /(\d+) \+ (\d+)/.exec(JSON.stringify(body["messages"]))!;
  const drawn = body["temperature"] === 0 ? 0 : (body["seed"] as number);
  const chance = (Number(one) * 7 + drawn) % 5;
  const sum = Number(one) + Number(other) + (chance === 1 ? 1 : 0);
  const pieces =
    chance === 2
      ? ["I would rather ", "not say."]
      : ["<think>Let me add.</think>", `<answer>${sum}${chance === 3 ? " apples" : ""}`, "</answer>"];
  sendAnswer(response, pieces, finish);
}
