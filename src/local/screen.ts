// Where lines are written: plain output, or a terminal in which somebody may be typing.
import { clearScreenDown, moveCursor, type Interface } from 'node:readline';
import { paint, span, wrap } from './spans.ts';

/** A writable that may be a terminal. */
export type Output = NodeJS.WritableStream & { isTTY?: boolean; columns?: number; rows?: number };

export type Screen = {
  colours: boolean;
  /** How wide lines may be. */
  columns(): number;
  print(lines: readonly string[]): void;
  /** Prints the workspace's own sentences, wrapped. */
  say(sentences: readonly string[]): void;
  /** Writes the lines in the place of those printed last under this name; false when they are not last any more. */
  replace(name: string, lines: readonly string[]): boolean;
  /** Prints lines that `replace` may write over as long as nothing follows them. */
  printAs(name: string, lines: readonly string[]): void;
};

/** Lines as they come, for files and pipes. */
export function plainScreen(output: Output): Screen {
  const print = (lines: readonly string[]): void => void output.write(`${lines.join('\n')}\n`);
  return {
    colours: false,
    columns: () => 100,
    print,
    say: print,
    replace: () => false,
    printAs: (_, lines) => print(lines),
  };
}

/** A terminal: what comes is written above the line that is being typed. */
export function terminalScreen(output: Output, input: Interface, colours: boolean): Screen & { touched(): void } {
  let last: { name: string; rows: number } | undefined;

  function write(lines: readonly string[], above: number): void {
    const { rows } = input.getCursorPos();
    moveCursor(output, 0, -(rows + above));
    output.write('\r');
    clearScreenDown(output);
    output.write(`${lines.join('\n')}\n`);
    input.prompt(true);
  }

  const columns = (): number => Math.max(24, Math.min((output.columns ?? 80) - 1, 100));
  const print = (lines: readonly string[]): void => {
    write(lines, 0);
    last = undefined;
  };

  return {
    colours,
    columns,
    print,
    say: (sentences) =>
      print(sentences.flatMap((one) => wrap([span(one)], columns(), 2).map((line) => paint(line, colours)))),
    printAs(name, lines) {
      write(lines, 0);
      last = { name, rows: lines.length };
    },
    replace(name, lines) {
      // What has scrolled away cannot be written over.
      const most = (output.rows ?? 24) - 2;
      if (last?.name !== name || last.rows > most || lines.length > most) return false;
      write(lines, last.rows);
      last = { name, rows: lines.length };
      return true;
    },
    /** A line was typed or the window changed: nothing on screen may be written over. */
    touched() {
      last = undefined;
    },
  };
}
