/** @file Why the file system refused, in its own short word. */

/** `ENOENT`, `EACCES` and the like. */
export function fileErrorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
