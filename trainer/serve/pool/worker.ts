/** @file A worker thread of the server: plays the games of many sessions, each one turn at a time. */
import { parentPort, workerData } from "node:worker_threads";
import { failureOf } from "../failure.ts";
import { Catalogue, type Game, GameRoom, type Turn } from "../game/index.ts";
import { rewardText } from "../reward/score.ts";
import type { Command, Envelope, Reply, WorkerPlan, WorkerReply } from "./messages.ts";

if (parentPort === null) throw new Error("trainer/serve/pool/worker.ts runs only as a worker thread");
const port = parentPort;
const { scenarios }: WorkerPlan = workerData;
const room = new GameRoom(new Catalogue(scenarios));
const games = new Map<number, Game>();

async function answer(command: Command): Promise<Reply> {
  switch (command.kind) {
    case "reset": {
      const { session, config, seed, watched } = command;
      if (config !== undefined) {
        close(session);
        games.set(session, await room.open(config, watched));
      }
      const game = gameOf(session);
      const turn = await game.reset(seed);
      return { started: { ...turn, system: game.system } };
    }
    case "act":
      return { turn: await gameOf(command.session).act(command.act) };
    case "close":
      close(command.session);
      return { closed: true };
    default:
      return rewardText(Buffer.from(command.body.buffer), command);
  }
}

function gameOf(session: number): Game {
  const game = games.get(session);
  if (game) return game;
  throw new Error("the session has no game");
}

function close(session: number): void {
  games.get(session)?.close();
  games.delete(session);
}

port.on("message", ({ id, content }: Envelope<Command>) => {
  answer(content).then(
    (reply) => port.postMessage({ id, content: reply } satisfies WorkerReply, picturesOf(reply)),
    (error: unknown) => {
      const { kind, code, message } = failureOf(error);
      // A game that failed may be in any state: it is not played on.
      if (kind === "failed" && "session" in content) close(content.session);
      port.postMessage({ id, content: { failure: { kind, code, message } } } satisfies WorkerReply, []);
    },
  );
});

/** Pictures are handed over, not copied. */
function picturesOf(reply: Reply): ArrayBuffer[] {
  const turn: Turn | undefined =
    "turn" in reply ? reply.turn : "started" in reply ? reply.started : undefined;
  // Players of one side may share theirs.
  return [...new Set(turn?.views.flatMap(({ image }) => image?.buffer ?? []))];
}
