// Lines that are piped in: each is answered before the next is sent.
import { createInterface } from 'node:readline';
import { longestChange, type Desk } from './desk.ts';
import type { Screen } from './screen.ts';

export type Played = {
  lines: number;
  /** Lines without an answer, or that made no sense. */
  bad: number;
  /** Changes were still under way when the time was over. */
  unfinished: boolean;
};

/** Plays every line, then waits for the end of what they started. Without any line it did nothing. */
export async function play(input: NodeJS.ReadableStream, desk: Desk, screen: Screen, who: string): Promise<Played> {
  const played = { lines: 0, bad: 0, unfinished: false };
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    if (/^(?:exit|quit)$/iu.test(line.trim())) {
      played.lines += 1;
      break;
    }
    screen.print(['', `${who}> ${line.trim()}`]);
    const outcome = await desk.enter(line);
    played.lines += 1;
    if (outcome === 'silent' || outcome === 'wrong') played.bad += 1;
  }
  if (played.lines > 0) played.unfinished = !(await desk.idle(longestChange));
  return played;
}
