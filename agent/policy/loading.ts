/** @file A word about what takes long to load, and none about what does not. */

const PATIENCE_MS = 1000;

/** What `work` resolves to or throws; after a second of it `tell` is called once. */
export async function whileLoading<T>(work: Promise<T>, tell: () => void): Promise<T> {
  const timer = setTimeout(tell, PATIENCE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
