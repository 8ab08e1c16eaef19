// The command as people run it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

function run(args: string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/try.ts', ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
  });
  return { status, lines: stdout.split('\n').filter((line) => line !== ''), stderr };
}

function withCheckouts(text: string): unknown {
  return JSON.parse(run(['--json', '--targets', 'checkout-prod,checkout-staging', text]).lines[0]!);
}

describe('npm run try', () => {
  test('--json prints one line with everything understood', () => {
    const { status, lines } = run(['--json', 'api-prod를 최소 4 최대 12로']);

    expect(status).toBe(0);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toEqual({
      text: 'api-prod를 최소 4 최대 12로',
      locale: 'ko-KR',
      intent: 'Scale',
      confidence: expect.any(Number),
      slots: { target: 'api-prod', min: 4, max: 12 },
      outcome: 'plan',
    });
  });

  test('without --json the same is readable', () => {
    const { status, lines } = run(['roll', 'back', 'api-prod']);
    expect(status).toBe(0);
    expect(lines.join('\n')).toMatch(/Rollback .*plan\n {2}target: api-prod/);
  });

  test('nothing understood is an intent of null', () => {
    expect(JSON.parse(run(['--json', 'good morning']).lines[0]!)).toMatchObject({
      intent: null,
      outcome: 'fallback',
      slots: {},
    });
  });

  test('--targets says which names exist', () => {
    expect(withCheckouts('scale checkout to 4')).toMatchObject({ outcome: 'choose' });
    expect(withCheckouts('scale chekout-prod to 4')).toMatchObject({ outcome: 'suggest' });
    expect(withCheckouts('scale prod checkout to 4')).toMatchObject({
      outcome: 'plan',
      slots: { target: 'checkout-prod', count: 4 },
    });
  });

  test('--jsonl answers each line in order, a bad one with an error and exit code 1', () => {
    const rows = [
      '{"text":"status api-prod"}',
      'not json',
      '{"text":4}',
      '',
      '{"text":"롤백해줘","locale":"ko-KR"}',
      'null',
    ];
    const { status, lines } = run(['--jsonl'], rows.join('\n'));
    const answers = lines.map((line) => JSON.parse(line) as { error?: string; intent?: string });

    expect(status).toBe(1);
    expect(answers.map((it) => it.intent ?? (it.error === undefined ? '' : 'error'))).toEqual([
      'Status',
      'error',
      'error',
      'Rollback',
      'error',
    ]);
  });

  test.each([[['--nonsense']], [[]], [['--jsonl', 'text']]])('%j is a usage error', (args) => {
    const { status, lines, stderr } = run(args);
    expect(status).toBe(2);
    expect(lines).toEqual([]);
    expect(stderr).toContain('usage:');
  });
});
