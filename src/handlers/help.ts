// What this person may do here, each with an example that can be clicked.
import { catalog, type Intent, type Slots } from '../../intents/catalog.ts';
import { languageCode, languageName } from '../../intents/languages.ts';
import type { ReplyKey } from '../../intents/replies.ts';
import { healthWord, line, plain, sentence } from '../core/cards.ts';
import type { Handler } from '../core/call.ts';
import type { Target } from '../core/facts.ts';
import { keys, type Person, type Recent } from '../core/records.ts';
import { selectorText, type Grant } from '../core/grants.ts';
import { whoPhrase } from '../core/policy.ts';
import { say, type Line, type Part } from '../core/reply.ts';
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
  const answers = await Promise.all(
    examples.map((one) =>
      world.policy.may(request.by, catalog[one.intent].right, needsTarget(one) ? target : undefined),
    ),
  );
  const allowed = examples.filter((_, index) => answers[index]);
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
  const zone = (await world.people.profile(request.by))?.zone;
  const language = languageName(languageCode(chosen ?? locale), locale);
  const { targets, failed } = await world.inventory.all();
  const { groups, grants } = await world.policy.standing(request.by);
  const lines = [
    line('label.you', say('whoami.id', { person: { person: request.by }, id: { code: request.by } })),
    ...(groups.length > 0 ? [line('label.groups', ...groups.map(whoPhrase))] : []),
    ...grantLines(grants),
    line('label.language', say(chosen === undefined ? 'whoami.language' : 'whoami.language-chosen', { language })),
    ...(zone === undefined ? [] : [line('label.zone', say('plain', { text: zone }))]),
    line('label.targets', say('whoami.targets', { count: targets.length })),
  ];
  if (failed.length > 0)
    lines.push(line('label.no-answer', say('plain', { text: failed.join(', ') }), healthWord('unknown')));
  return { reply: { parts: [{ kind: 'lines', lines }], private: true } };
};

function needsTarget({ intent }: Example): boolean {
  return (catalog[intent].required as readonly unknown[]).includes('target');
}

function grantLines(grants: readonly Grant[] | 'everyone'): Line[] {
  if (grants === 'everyone') return [line('label.rights', say('whoami.changes'))];
  if (grants.length === 0) return [line('label.rights', say('whoami.reads'))];
  return grants.slice(0, 20).map(({ may, on }) => {
    const where = selectorText(on);
    return line(
      'label.rights',
      plain({ code: may.join(', ') }),
      where === '' ? say('rights.anywhere') : plain({ code: where }),
    );
  });
}

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
