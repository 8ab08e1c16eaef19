// A terminal: somebody types, and answers arrive whenever they do.
import { createInterface, type Interface } from 'node:readline';
import { terminalScreen, type Output } from './screen.ts';

export type Terminal = ReturnType<typeof terminal>;

/** The terminal with its prompt. */
export function terminal(input: NodeJS.ReadableStream, output: Output, colours: boolean) {
  const lines = createInterface({ input, output, prompt: 'you> ', historySize: 200 });
  const screen = terminalScreen(output, lines, colours);
  output.on('resize', () => screen.touched());
  return { lines, screen };
}

/** Asks in the place of the prompt; only a yes is a yes. */
export async function ask({ lines, screen }: Terminal, question: string[]): Promise<boolean> {
  screen.say(question);
  const answer = await new Promise<string>((resolve) => {
    const ended = (): void => resolve('n');
    lines.once('close', ended);
    lines.question('y/n> ', (said) => {
      lines.off('close', ended);
      resolve(said);
    });
  });
  screen.touched();
  lines.setPrompt('you> ');
  return /^(?:y|yes|네|예|ㅇ)$/iu.test(answer.trim());
}

/** Resolves when the person has ended it: exit, Ctrl-D or Ctrl-C. Lines are carried out in the order typed. */
export async function chat({ lines, screen }: Terminal, enter: (line: string) => Promise<unknown>): Promise<void> {
  let work: Promise<unknown> = Promise.resolve();
  lines.on('line', (line) => {
    screen.touched();
    if (/^(?:exit|quit)$/iu.test(line.trim())) return lines.close();
    work = work.then(() => enter(line)).catch((error: unknown) => screen.say([String(error)]));
    lines.prompt();
  });
  lines.on('SIGINT', () => lines.close());
  lines.prompt();
  await closed(lines);
}

function closed(lines: Interface): Promise<void> {
  return new Promise((resolve) => {
    lines.once('close', () => resolve());
  });
}
