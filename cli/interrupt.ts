/** @file Ctrl-C for commands that have something to finish. */

export interface InterruptOptions {
  signals?: readonly NodeJS.Signals[];
  onInterrupt?: (signal: NodeJS.Signals) => void;
}

/** The first signal aborts that of the work; a second one ends the process at once. */
export async function untilInterrupted<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { signals = ["SIGINT"], onInterrupt }: InterruptOptions = {},
): Promise<T> {
  const controller = new AbortController();
  const stopListening = (): void => {
    for (const signal of signals) process.removeListener(signal, interrupt);
  };
  const interrupt = (signal: NodeJS.Signals): void => {
    stopListening();
    onInterrupt?.(signal);
    controller.abort();
  };
  for (const signal of signals) process.on(signal, interrupt);
  try {
    return await work(controller.signal);
  } finally {
    stopListening();
  }
}
