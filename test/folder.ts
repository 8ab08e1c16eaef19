// A folder of its own for one test, gone afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The path of a new empty folder that is removed when the running test ends. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'opsjack-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
