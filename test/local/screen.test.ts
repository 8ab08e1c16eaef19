import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plainScreen, terminalScreen } from '../../src/local/screen.ts';

function seat() {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns: 40, rows: 20 });
  output.setEncoding('utf8');
  const lines = createInterface({ input, output, terminal: true, prompt: 'you> ' });
  onTestFinished(() => lines.close());
  return { lines, output, screen: terminalScreen(output, lines, false), written: () => String(output.read() ?? '') };
}

describe('a terminal', () => {
  it('writes over the card that is still last, going up by as many rows', () => {
    const { screen, written } = seat();
    screen.printAs('7', ['one', 'two']);
    written();

    const replaced = screen.replace('7', ['new one', 'new two', 'new three']);

    expect(replaced).toBe(true);
    expect(written().startsWith('\u001B[2A\r\u001B[0Jnew one\nnew two\nnew three\n')).toBe(true);
  });

  it.each([
    ['something was printed', (screen: ReturnType<typeof seat>['screen']) => screen.print(['more'])],
    ['another card came', (screen: ReturnType<typeof seat>['screen']) => screen.printAs('8', ['more'])],
    ['a line was typed', (screen: ReturnType<typeof seat>['screen']) => screen.touched()],
  ])('leaves a card alone once %s', (_, happens) => {
    const { screen, written } = seat();
    screen.printAs('7', ['one']);
    happens(screen);
    written();

    expect(screen.replace('7', ['new'])).toBe(false);
    expect(written()).toBe('');
  });

  it('leaves a card alone that no longer fits on the screen', () => {
    const { screen } = seat();
    const tall = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    screen.printAs('7', tall);

    expect(screen.replace('7', ['new'])).toBe(false);
  });

  it('keeps what is being typed, below what arrives', () => {
    const { screen, lines, written } = seat();
    lines.write('half a li');
    written();

    screen.print(['arrived']);

    expect(written()).toMatch(/arrived\n[\s\S]*you> half a li/u);
  });

  it('wraps its own sentences between words', () => {
    const { screen, written } = seat();

    screen.say(['A sentence that is a good deal longer than forty columns are.']);

    expect(written()).toContain('A sentence that is a good deal longer\n  than forty columns are.\n');
  });
});

describe('plain output', () => {
  it('never writes over anything', () => {
    const output = new PassThrough();
    const screen = plainScreen(output);
    screen.printAs('7', ['one']);

    expect(screen.replace('7', ['new'])).toBe(false);
    expect(String(output.read())).toBe('one\n');
  });
});
