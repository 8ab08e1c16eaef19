// What could be deployed to a target, newest first, with the one that runs marked.
import { Refusal } from '../core/errors.ts';
import { place, plain, run } from '../core/cards.ts';
import type { Handler } from '../core/call.ts';
import type { Version } from '../core/facts.ts';
import { remember } from '../core/listed.ts';
import { say, type Action, type Cell, type Phrase } from '../core/reply.ts';

export const versions: Handler = async ({ target, request, world }) => {
  if (!target) throw new Error('versions need a target');
  const platform = world.inventory.platform(target);
  if (!platform.versions) throw new Refusal(say('refuse.capability', { target: target.name }));
  const found = await platform.versions(target);
  const { place: at } = request;
  await remember(
    world,
    at,
    target,
    found.map(({ label }) => label),
  );
  const usable = found.filter((version) => version.state === 'available').slice(0, 20);
  const menu: Action[] =
    usable.length === 0
      ? []
      : [
          {
            kind: 'menu',
            placeholder: say('menu.deploy'),
            options: usable.map((version) => ({
              label: plain(version.label),
              click: { command: { intent: 'Deploy', slots: { target: target.key, version: version.label } } },
            })),
          },
        ];
  return {
    reply: {
      parts: [
        { kind: 'lines', lines: [{ parts: [say('versions.header', { target: target.name })], strong: true }] },
        { kind: 'note', parts: place(target) },
        ...(found.length === 0
          ? [{ kind: 'lines' as const, lines: [{ parts: [say('versions.none')] }] }]
          : [
              {
                kind: 'table' as const,
                columns: [
                  { label: plain('#'), right: true },
                  { label: say('column.version') },
                  { label: say('column.state') },
                  { label: say('column.built') },
                ],
                rows: found.map((version, index): Cell[] => [
                  { text: plain(String(index + 1)) },
                  { text: plain(version.label) },
                  { text: state(version) },
                  { text: age(version, world.clock.now()) },
                ]),
              },
            ]),
      ],
      actions: [...menu, run('button.status', 'Status', { target: target.key })],
    },
  };
};

function state(version: Version): Phrase {
  return version.state === 'unusable' && version.note ? plain(version.note) : say(`version.${version.state}`);
}

function age(version: Version, now: number): Phrase {
  return version.created ? say('ago', { age: { duration: now - version.created } }) : plain('–');
}
