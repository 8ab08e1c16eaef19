import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { botEnvironment, openHome } from '../../src/local/home.ts';
import { folder } from '../folder.ts';

const slack = {
  botToken: 'xoxb-sim',
  appToken: 'xapp-sim',
  signingSecret: 'sim-secret',
  apiUrl: 'http://127.0.0.1:1/api/',
};
const aws = { url: 'http://127.0.0.1:2' };

describe("the bot's environment", () => {
  it('holds nothing real', () => {
    const real = {
      AWS_PROFILE: 'production',
      AWS_ACCESS_KEY_ID: 'real',
      AWS_SESSION_TOKEN: 'real',
      AWS_ENDPOINT_URL_ECS: 'https://real.example',
      SLACK_BOT_TOKEN: 'xoxb-real',
      SLACK_APP_TOKEN: 'xapp-real',
      NODE_OPTIONS: '--require ./real.js',
      HTTPS_PROXY: 'http://real.example',
      STORE: 'sqlite:real.db',
      PATH: '/bin',
    };
    const env = botEnvironment({ slack, aws, home: openHome(folder()), env: real });

    expect(JSON.stringify(env)).not.toMatch(/real|production/);
    expect(env).toMatchObject({ PATH: '/bin', SLACK_APP_TOKEN: 'xapp-sim', AWS_ENDPOINT_URL: aws.url });
  });

  it.each([
    [{}, 'socket'],
    [{ PORT: '3000' }, 'http'],
  ])('is accepted as it is: %o connects by %s', (env, mode) => {
    const home = openHome(folder());

    const config = loadConfig({ env: botEnvironment({ slack, aws, home, env }), needs: ['slack', 'aws'] });

    expect(config.slack?.mode).toBe(mode);
    expect(config.regions).toEqual(['ap-northeast-2', 'us-west-2']);
    expect(config.simulated).toEqual({ slack: true, aws: true });
    expect(config.store).toEqual({ engine: 'sqlite', path: home.database });
  });
});

describe('the files of a run', () => {
  it('are fresh at each start', () => {
    const at = folder();
    const first = openHome(at);
    writeFileSync(first.database, 'old');
    writeFileSync(first.log, 'old');
    first.leave();

    const second = openHome(at);

    expect(second.database).toBe(first.database);
    expect(existsSync(second.database)).toBe(false);
    expect(readFileSync(second.log, 'utf8')).toBe('');
  });

  it('are others while another workspace is open', () => {
    const at = folder();
    writeFileSync(join(at, 'local.pid'), String(process.ppid));

    const home = openHome(at);

    expect(home.database).toBe(join(at, `local-${process.pid}.db`));
  });

  it('are taken over from a workspace that is gone', () => {
    const at = folder();
    writeFileSync(join(at, 'local.pid'), '2147483646');

    expect(openHome(at).database).toBe(join(at, 'local.db'));
  });
});
