/** @file A worker thread of the server: plays the games of many sessions, each one turn at a time. */
import { parentPort, workerData } from "node:worker_threads";
import { failureOf } from "../failure.ts";
import { Catalogue, type Game, GameRoom, type Turn } from "../game/index.ts";
import { rewardText } from "../reward/index.ts";
import type { Command, Commands, Replies, Reply, WorkerPlan } from "./messages.ts";

if (parentPort === null) throw new Error("trainer/serve/pool/worker.ts runs only as a worker thread");
const port = parentPort;
const { scenarios }: WorkerPlan = workerData;
const room = new GameRoom(new Catalogue(scenarios));
/** By the numbers of their sessions. */
const seats = new Map<number, Seat>();

interface Seat {
  game: Game;
  info: boolean;
}

async function answer(command: Command): Promise<Reply> {
  switch (command.kind) {
    case "reset": {
      const { session, config, seed, watched } = command;
      if (config !== undefined) {
        close(session);
        seats.set(session, { game: await room.open(config, watched), info: config.info });
      }
      const { game } = seatOf(session);
      const turn = await game.reset(seed);
      return { started: { ...told(session, turn), system: game.system } };
    }
    case "act":
      return { turn: told(command.session, await seatOf(command.session).game.act(command.act)) };
    case "close":
      close(command.session);
      return { closed: true };
    case "spaces": {
      const game = await room.open(command.config);
      game.close();
      return { spaces: game.spaces };
    }
    default:
      return rewardText(Buffer.from(command.body.buffer), command);
  }
}

function seatOf(session: number): Seat {
  const seat = seats.get(session);
  if (seat) return seat;
  throw new Error("the session has no game");
}

/** What nobody asked to know need not cross to the other thread. */
function told(session: number, turn: Turn): Turn {
  return seats.get(session)?.info ? turn : { ...turn, info: {} };
}

function close(session: number): void {
  seats.get(session)?.game.close();
  seats.delete(session);
}

/** So many answers go at once; fewer when there is nothing more to do. */
const BATCH = 4;
let replies: Replies = [];
let pictures: ArrayBuffer[] = [];

port.on("message", async (commands: Commands) => {
  for (const { id, command } of commands) {
    void handle(id, command);
    // Answers that are ready go out before the next is worked on.
    await Promise.resolve();
  }
});

async function handle(id: number, command: Command): Promise<void> {
  try {
    const reply = await answer(command);
    pictures.push(...picturesOf(reply));
    post({ id, reply });
  } catch (error) {
    const { kind, code, message } = failureOf(error);
    // A game that failed may be in any state: it is not played on.
    if (kind === "failed" && "session" in command) close(command.session);
    post({ id, reply: { failure: { kind, code, message } } });
  }
}

function post(reply: Replies[number]): void {
  replies.push(reply);
  if (replies.length === 1) setImmediate(flush);
  if (replies.length >= BATCH) flush();
}

function flush(): void {
  if (replies.length === 0) return;
  port.postMessage(replies, pictures);
  [replies, pictures] = [[], []];
}

/** Pictures are handed over, not copied. */
function picturesOf(reply: Reply): ArrayBuffer[] {
  const turn: Turn | undefined =
    "turn" in reply ? reply.turn : "started" in reply ? reply.started : undefined;
  // Players of one side may share theirs.
  return [...new Set(turn?.views.flatMap(({ image }) => image?.buffer ?? []))];
}
