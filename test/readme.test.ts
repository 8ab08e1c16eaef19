// The README's commands are run, and what it says of settings is what the code reads.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { configTable } from '../src/config.ts';

const readme = readFileSync('README.md', 'utf8');
const korean = readFileSync('README.ko.md', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** A Markdown table as cells, whatever its spacing. */
function cells(text: string): string[][] {
  const rows = text.trim().split('\n');
  return rows.map((row) => row.split('|').map((cell) => cell.trim().replace(/^-+$/u, '---')));
}

describe('the README', () => {
  test('names only scripts that exist', () => {
    const named = [...`${readme}${korean}`.matchAll(/npm run (?:-s )?([a-z:]+)/gu)].map(([, name]) => name!);

    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('says first how to try it and how to test it', () => {
    const [first] = /```sh\n([\s\S]*?)```/u.exec(readme)!.slice(1);

    expect(first?.trim().split('\n')).toEqual(['npm ci && npm start', 'npm ci && npm test']);
  });

  test('lists every setting with its default and meaning', () => {
    const [, table] = /<!-- settings[^>]*-->\n([\s\S]*?)<!-- \/settings -->/u.exec(readme)!;
    expect(cells(table!)).toEqual(cells(configTable()));
  });

  test.each([
    ...new Set([...`${readme}\n${korean}`.matchAll(/npm run -s try -- --json "([^"]+)"/gu)].map(([, text]) => text!)),
  ])('shows a sentence that is understood: %s', async (text) => {
    const { stdout } = await promisify(execFile)('npm', ['run', '-s', 'try', '--', '--json', text]);

    expect(JSON.parse(stdout)).toMatchObject({
      intent: 'Scale',
      slots: { target: 'api-prod', min: 4, max: 12 },
      outcome: 'plan',
    });
  });
});
