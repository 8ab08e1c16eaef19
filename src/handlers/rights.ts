// Who may do what to a target, by name: for whoever wonders whom to ask.
import { rights as allRights } from '../../intents/catalog.ts';
import { line, plain, place, sentence } from '../core/cards.ts';
import type { Handler } from '../core/call.ts';
import { selectorText } from '../core/grants.ts';
import { whoPhrase } from '../core/policy.ts';
import { say, type Line } from '../core/reply.ts';

/** What a right does not matter for, where nobody has it. */
const always = ['scale', 'deploy', 'rollback'];

export const rights: Handler = async ({ target, request, world }) => {
  if (!target) {
    const { grants } = await world.policy.standing(request.by);
    if (grants === 'everyone') return { reply: sentence(say('whoami.changes')) };
    const lines = grants.map(({ may, on }) => {
      const where = selectorText(on);
      return line(
        'label.rights',
        plain({ code: may.join(', ') }),
        where === '' ? say('rights.anywhere') : plain({ code: where }),
      );
    });
    return lines.length === 0
      ? { reply: sentence(say('whoami.reads')) }
      : { reply: { parts: [{ kind: 'lines', lines }], private: true } };
  }
  const held = await Promise.all(
    allRights.map(async (right) => ({ right, who: await world.policy.holders(right, target) })),
  );
  const lines = held
    .filter(({ right, who }) => who.length > 0 || always.includes(right))
    .map(({ right, who }): Line => ({
      label: plain({ code: right }),
      parts: who.length === 0 ? [say('rights.nobody')] : who.slice(0, 20).map(whoPhrase),
    }));
  const rules = await Promise.all(
    (['scale', 'deploy', 'rollback'] as const).map(async (right) => ({
      right,
      rule: await world.policy.approval(right, target),
    })),
  );
  const approvers = await world.policy.holders('approve', target);
  const agreed = rules.flatMap(({ right, rule }): Line[] =>
    rule
      ? [
          {
            parts: [
              say('rights.approval', {
                right: { code: right },
                need: rule.need,
                from: (rule.from ?? approvers).map(whoPhrase),
              }),
            ],
          },
        ]
      : [],
  );
  return {
    reply: {
      header: { sign: 'ask', text: say('header', { target: target.name, state: say('rights.header') }) },
      place: place(target),
      parts: [{ kind: 'lines', lines }, ...(agreed.length > 0 ? [{ kind: 'lines' as const, lines: agreed }] : [])],
      private: true,
    },
  };
};
