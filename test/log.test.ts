import { describe, expect, it } from 'vitest';
import { logger, scrub } from '../src/log.ts';

// Put together at run time, so that no scanner takes this file for a leak.
const secrets = {
  'a bot token': ['xoxb', '2345678901-2345678901234-AbCdEfGhIjKl'].join('-'),
  'a rotated token': ['xoxe.xoxb', '1-MS0yLTM0NTY3ODkw'].join('-'),
  'an app token': ['xapp', '1-A012ABCDE3F-4567890123-abcdef0123456789'].join('-'),
  'an access key id': ['AKIA', 'IOSFODNN7EXAMPLE'].join(''),
  'a temporary key id': ['ASIA', 'IOSFODNN7EXAMPLE'].join(''),
  'a webhook': ['https://hooks.slack.com/services', 'T01/B02/AbCdEfGh'].join('/'),
  'a response_url': ['https://hooks.slack.com/actions', 'T01/345/AbCdEfGh'].join('/'),
};
const secretKey = ['wJalrXUtnFEMI/K7MDENG', 'bPxRfiCYEXAMPLEKEY'].join('/');
const signingSecret = ['8f742231b10e8888', 'abcd99yyyzzz85a5'].join('').replaceAll(/[yz]/g, '0');

/** What a logger writes for one call. */
function lines(write: (log: ReturnType<typeof logger>) => void, level = 'info'): string[] {
  const written: string[] = [];
  write(logger({ level, stream: { write: (line: string) => void written.push(line) } }));
  return written;
}

describe.each(Object.entries(secrets))('%s', (_, secret) => {
  it('never comes through in a message, an error, or an object however deep', () => {
    const cause = new Error(`inner ${secret}`);
    const error = Object.assign(new Error(`request with ${secret} failed`, { cause }), { data: { headers: [secret] } });

    const [line, ...more] = lines((log) =>
      log.error({ err: error, error, deep: { a: [{ b: `<${secret}|link>` }] }, [secret]: 1 }, `sent ${secret}, failed`),
    );

    expect(more).toEqual([]);
    expect(line).not.toContain(secret);
    expect(line).not.toContain(secret.slice(-8));
    expect(JSON.parse(line ?? '')).toMatchObject({ level: 'error', msg: expect.stringMatching(/^sent .*hidden/) });
  });
});

it('hides secret keys by the word before them, and leaves other long words alone', () => {
  for (const text of [
    `aws_secret_access_key = ${secretKey}`,
    `{"secretAccessKey":"${secretKey}"}`,
    `{"msg":"{\\"SecretAccessKey\\": \\"${secretKey}\\"}"}`,
    `SLACK_SIGNING_SECRET=${signingSecret}`,
  ]) {
    expect(scrub(text)).toMatch(/hidden/);
    expect(scrub(text)).not.toMatch(/EXAMPLEKEY|8f742231/);
  }
  const harmless =
    'image sha256:0123456789abcdef0123456789abcdef of api-prod, commit da39a3ee5e6b4b0d3255bfef95601890afd80709';
  expect(scrub(harmless)).toBe(harmless);
});

it('hides what stands under a secret name, however deep and whatever it looks like', () => {
  const [line] = lines((log) =>
    log.info(
      { token: 'plain', a: { password: 'plain', b: { c: { authorization: 'pl"ain', nextToken: 'kept' } } } },
      'x',
    ),
  );

  expect(line).not.toMatch(/plain|pl\\"ain/);
  expect(JSON.parse(line ?? '')).toMatchObject({ a: { b: { c: { authorization: '[hidden]', nextToken: 'kept' } } } });
});

it('writes one JSON line with level, time and message, from the level on that was asked for', () => {
  const written = lines((log) => {
    log.info({}, 'quiet');
    log.warn({ target: 'api-prod\nx' }, 'loud');
  }, 'warn');

  expect(written).toHaveLength(1);
  expect(written[0]?.trimEnd()).not.toContain('\n');
  expect(JSON.parse(written[0] ?? '')).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    target: 'api-prod\nx',
    msg: 'loud',
  });
});

it('shows the stack and the cause of an error', () => {
  const [line] = lines((log) => log.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed'));

  expect(line).toContain('outer');
  expect(line).toContain('inner');
  expect(line).toContain('log.test.ts');
});
