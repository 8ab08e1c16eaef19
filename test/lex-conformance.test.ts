import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test, onTestFinished } from 'vitest';
import { conform, type Asked, type Fixture } from '../src/lex-conformance.ts';
import { lexProbes, openPoints, type LexProbe } from '../src/nlu/lex-probes.ts';
import { folder } from './folder.ts';

const script = join(import.meta.dirname, '../src/lex-conformance.ts');
const answer = {
  sessionId: 'conformance.x.y',
  interpretations: [{ intent: { name: 'Status' }, nluConfidence: { score: 0.93 } }],
  sessionState: { originatingRequestId: '9e8a', dialogAction: { type: 'Close' } },
};

async function run(probes: LexProbe[], send: (asked: Asked) => Promise<unknown>): Promise<Fixture[]> {
  let clock = 0;
  return Array.fromAsync(conform({ probes, send, run: 'x', now: () => (clock += 7) }));
}

describe('the probes', () => {
  const all = lexProbes(['en_US', 'ko_KR', 'ja_JP', 'zh_CN', 'de_DE', 'fr_FR', 'es_ES']);

  test('are about forty, each of its own name, on every open point', () => {
    expect(all.length).toBeGreaterThan(35);
    expect(all.length).toBeLessThan(50);
    expect(new Set(all.map((it) => it.id)).size).toBe(all.length);
    expect(new Set(all.map((it) => it.point))).toEqual(new Set(Object.keys(openPoints)));
  });

  test('are what Lex takes: 1 to 1024 characters', () => {
    expect(all.filter((it) => it.text.length < 1 || it.text.length > 1024)).toEqual([]);
    expect(Math.max(...all.map((it) => it.text.length))).toBe(1024);
  });

  test('are only for locales the bot has', () => {
    expect(new Set(lexProbes(['ko_KR']).map((it) => it.locale))).toEqual(new Set(['ko_KR']));
    expect(lexProbes([])).toEqual([]);
  });
});

describe('a run', () => {
  const probe: LexProbe = { id: 'a', point: 'scores', locale: 'ko_KR', text: 'target 상태' };

  test('records what was asked and answered, without ids of the call', async () => {
    expect(await run([probe], async () => ({ ...answer, $metadata: { requestId: 'r' } }))).toEqual([
      {
        id: 'a',
        point: 'scores',
        question: openPoints.scores,
        request: { localeId: 'ko_KR', text: 'target 상태' },
        milliseconds: 7,
        answer: {
          interpretations: [{ intent: { name: 'Status' }, nluConfidence: { score: 0.93 } }],
          sessionState: { dialogAction: { type: 'Close' } },
        },
      },
    ]);
  });

  test('goes on after an error, which says nothing of the account', async () => {
    const message =
      'arn:aws:lex:eu-west-1:123456789012:bot-alias/AB12CD34EF/TSTALIASID of 123456789012: AB12CD34EF is not built';
    const error = Object.assign(new Error(message), {
      name: 'BadRequestException',
      $metadata: { httpStatusCode: 400 },
    });
    let calls = 0;

    const found = await run([probe, { ...probe, id: 'b' }], async () => {
      calls += 1;
      if (calls === 1) throw error;
      return answer;
    });

    expect(found[0]).toMatchObject({
      error: { name: 'BadRequestException', status: 400, message: 'ARN of ACCOUNT: ID is not built' },
    });
    expect(found[1]).toHaveProperty('answer');
  });

  test('keeps each probe in a session of its own but those of one dialog', async () => {
    const sessions: string[] = [];
    const state: LexProbe['state'] = { dialogAction: { type: 'ConfirmIntent' }, intent: { name: 'Undo' } };

    await run(
      [probe, { ...probe, id: 'b', session: 'talk', state }, { ...probe, id: 'c', session: 'talk' }],
      async (asked) => {
        sessions.push(`${asked.sessionId} ${asked.sessionState?.dialogAction.type ?? ''}`);
        return answer;
      },
    );

    expect(sessions).toEqual(['conformance.x.a ', 'conformance.x.talk ConfirmIntent', 'conformance.x.talk ']);
  });
});

describe('npm run lex:conformance', () => {
  test('sends the probes of the named locales to the bot and writes an answer each', async () => {
    const asked: { path: string; body: { text: string } }[] = [];
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    server.on('stream', (stream: ServerHttp2Stream, headers) => {
      let body = '';
      stream.on('data', (chunk: Buffer) => (body += chunk.toString()));
      stream.on('end', () => {
        asked.push({ path: String(headers[':path']), body: JSON.parse(body) as { text: string } });
        stream.respond({ ':status': 200, 'content-type': 'application/json' });
        stream.end(JSON.stringify(answer));
      });
    });
    await new Promise((resolve) => server.once('listening', resolve));
    const cwd = folder();
    const env = {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'key',
    };
    const args = [script, 'AB12CD34EF/TSTALIASID', '--region', 'eu-west-1', '--out', 'found', '--locales', 'ko_KR'];

    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, env });

    const probes = lexProbes(['ko_KR']);
    expect(asked.map((it) => it.body.text)).toEqual(probes.map((it) => it.text));
    expect(asked[0]!.path).toMatch(
      /^\/bots\/AB12CD34EF\/botAliases\/TSTALIASID\/botLocales\/ko_KR\/sessions\/conformance\.\w+\.ko_KR-status\/text$/,
    );
    expect(readdirSync(join(cwd, 'found')).toSorted()).toEqual(probes.map((it) => `${it.id}.json`).toSorted());
    const written = readFileSync(join(cwd, 'found/ko_KR-status.json'), 'utf8');
    expect(JSON.parse(written)).toMatchObject({
      request: { text: 'target 상태 어때' },
      answer: { interpretations: [{ nluConfidence: { score: 0.93 } }] },
    });
    expect(written).not.toMatch(/AB12CD34EF|TSTALIASID|conformance\./);
    expect(stdout).toContain(`${probes.length} requests, 0 failed`);
  });

  test.each([[[]], [['AB12CD34EF/TSTALIASID']], [['not-a-bot', '--region', 'eu-west-1']], [['--nope']]])(
    'asks nobody and explains itself for %j',
    async (args) => {
      const failed = promisify(execFile)(process.execPath, [script, ...args], { cwd: folder() });

      await expect(failed).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('usage:') as unknown });
    },
  );
});
