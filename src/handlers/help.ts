// What this person may do here, each with an example that can be clicked.
import type { Intent, Slots } from '../../intents/catalog.ts';
import { languageCode, languageName } from '../../intents/languages.ts';
import type { ReplyKey } from '../../intents/replies.ts';
import { healthWord, line, sentence } from '../core/cards.ts';
import type { Handler } from '../core/call.ts';
import type { Target } from '../core/facts.ts';
import { keys, type Person, type Recent } from '../core/records.ts';
import { say, type Part } from '../core/reply.ts';
import type { World } from '../core/world.ts';

type Example = { intent: Intent; label: ReplyKey; text: ReplyKey; slots: (target: Target) => Slots };
const examples: readonly Example[] = [
  { intent: 'Status', label: 'help.status', text: 'example.status', slots: (target) => ({ target: target.key }) },
  { intent: 'Fleet', label: 'help.fleet', text: 'example.fleet', slots: () => ({ filter: 'unhealthy' }) },
  { intent: 'Events', label: 'help.events', text: 'example.events', slots: (target) => ({ target: target.key }) },
  { intent: 'Versions', label: 'help.versions', text: 'example.versions', slots: (target) => ({ target: target.key }) },
  {
    intent: 'Scale',
    label: 'help.scale',
    text: 'example.scale',
    slots: (target) => ({ target: target.key, count: '+1' }),
  },
  {
    intent: 'Deploy',
    label: 'help.deploy',
    text: 'example.deploy',
    slots: (target) => ({ target: target.key, version: 'latest' }),
  },
  { intent: 'Rollback', label: 'help.rollback', text: 'example.rollback', slots: (target) => ({ target: target.key }) },
  { intent: 'Running', label: 'help.running', text: 'example.running', slots: () => ({}) },
];

export const help: Handler = async ({ request, world }) => {
  const target = await example(world, request.by);
  if (!target) return { reply: sentence(say('help.no-targets')) };
  const allowed = examples.filter((one) => world.policy.may(request.by, one.intent));
  const parts: Part[] = allowed.map((one) => ({
    kind: 'example',
    label: say(one.label),
    text: say(one.text, { target: target.name }),
    button: {
      label: say(
        one.intent === 'Scale' || one.intent === 'Deploy' || one.intent === 'Rollback' ? 'button.plan' : 'button.show',
      ),
      click: { command: { intent: one.intent, slots: one.slots(target) } },
      hint: say(one.label),
    },
  }));
  const left = allowed.length < examples.length ? [say('help.left-out', { file: { code: 'opsjack.yaml' } })] : [];
  return {
    reply: {
      parts: [{ kind: 'lines', lines: [{ parts: [say('help.intro')], strong: true }] }, ...parts],
      foot: left,
      private: true,
    },
  };
};

export const whoami: Handler = async ({ request, locale, world }) => {
  const chosen = (await world.store.get<Person>(keys.person(request.by)))?.value.language;
  const zone = (await world.profile?.(request.by))?.zone;
  const language = languageName(languageCode(chosen ?? locale), locale);
  const { targets, failed } = await world.inventory.all();
  const right = world.policy.may(request.by, 'Scale') ? say('whoami.changes') : say('whoami.reads');
  const lines = [
    line('label.you', say('whoami.id', { person: { person: request.by }, id: { code: request.by } })),
    line('label.rights', right),
    line('label.language', say(chosen === undefined ? 'whoami.language' : 'whoami.language-chosen', { language })),
    ...(zone === undefined ? [] : [line('label.zone', say('plain', { text: zone }))]),
    line('label.targets', say('whoami.targets', { count: targets.length })),
  ];
  if (failed.length > 0)
    lines.push(line('label.no-answer', say('plain', { text: failed.join(', ') }), healthWord('unknown')));
  return { reply: { parts: [{ kind: 'lines', lines }], private: true } };
};

/** A target this person used lately, else one where trying things is safe. */
async function example(world: World, by: string): Promise<Target | undefined> {
  const { targets } = await world.inventory.all();
  const recent = (await world.store.get<Recent>(keys.recent(by)))?.value.targets ?? [];
  return (
    targets.find((target) => target.key === recent[0]) ??
    targets.find((target) => target.stage === 'staging') ??
    targets[0]
  );
}
