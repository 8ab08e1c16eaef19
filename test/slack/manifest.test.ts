// The manifest asks for exactly what the code listens to and calls.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { listens } from '../../src/slack/app.ts';
import { calls } from '../../src/slack/calls.ts';
import { sourcesOf } from '../sources.ts';

type Manifest = {
  display_information: { name: string; description: string };
  features: { slash_commands: { command: string; should_escape: boolean; description: string }[] };
  oauth_config: { scopes: { bot: string[]; bot_optional?: string[] } };
  settings: {
    event_subscriptions: { bot_events: string[] };
    interactivity: { is_enabled: boolean };
    socket_mode_enabled: boolean;
  };
};
const manifest = parse(readFileSync(new URL('../../infra/slack-manifest.yaml', import.meta.url), 'utf8')) as Manifest;
const code = sourcesOf('src/slack')
  .map((source) => source.text)
  .join('\n');

const byName = (one: string | undefined, other: string | undefined): number => ((one ?? '') < (other ?? '') ? -1 : 1);

/** What Slack wants for an event or command. https://docs.slack.dev/reference/events */
const scopeOf: Record<string, string> = {
  app_mention: 'app_mentions:read',
  'message.im': 'im:history',
  '/ops': 'commands',
};
const found = (pattern: RegExp): string[] =>
  [...new Set([...code.matchAll(pattern)].map((match) => match[1] ?? ''))].toSorted(byName);

describe('the manifest', () => {
  it('subscribes the events that are listened to', () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(listens.events);
    // Bolt knows `message.im` as `message`.
    expect(found(/app\.event\('([a-z_]+)'/gu)).toEqual(listens.events.map((name) => name.split('.')[0]));
  });

  it('has the commands that are listened to, with mentions as ids', () => {
    const commands = manifest.features.slash_commands;

    expect(commands.map((one) => one.command)).toEqual(listens.commands);
    expect(found(/app\.command\('([^']+)'/gu)).toEqual([...listens.commands]);
    expect(commands.every((one) => one.should_escape)).toBe(true);
  });

  it('allows clicks, and nothing that nobody listens to', () => {
    expect(manifest.settings.interactivity.is_enabled).toBe(/app\.action\(/u.test(code));
    expect(code).not.toMatch(/app\.(?:view|shortcut|options|function|assistant|message)\(/u);
    expect(manifest.settings.socket_mode_enabled).toBe(true);
  });

  it('asks for the scopes of those and of the methods that are called, and no other', () => {
    const listened = [...listens.events, ...listens.commands].map((name) => scopeOf[name]);
    const called = Object.values(calls).filter((scope) => scope !== undefined);

    expect(manifest.oauth_config.scopes.bot).toEqual([...new Set([...listened, ...called])].toSorted(byName));
    expect(manifest.oauth_config.scopes.bot_optional).toBeUndefined();
  });

  it('keeps to Slack’s lengths', () => {
    expect(manifest.display_information.name.length).toBeLessThanOrEqual(35);
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
  });
});

describe('Web API methods', () => {
  it('are all called by name through one place', () => {
    expect(found(/\bcall\(\s*'([a-zA-Z.]+)'/gu)).toEqual(Object.keys(calls).toSorted(byName));
    expect(code).not.toMatch(/client\.(?:chat|views|users|conversations|reactions|assistant|files)\./u);
  });
});
