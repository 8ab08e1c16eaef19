// The part of opsjack.yaml that says who may do what, who must agree, and what is too much.
import { z } from 'zod';
import { rights } from '../../intents/catalog.ts';
import { region, strict, text, texts, wrong } from './shape.ts';

const minute = 60_000;
/** What can need agreement. */
const changes = ['scale', 'deploy', 'rollback'] as const;

const who = texts('Slack ids of people (U012ABCDE3F) or user groups (S012ABCDE3F), or everyone', whoPattern());

function whoPattern(): RegExp {
  return /^(?:everyone|[UWS][A-Z0-9]{5,})$/;
}

const selector = strict({
  stage: texts('a stage, like prod').optional(),
  platform: texts('ecs or elastic-beanstalk', /^(?:ecs|elastic-beanstalk)$/).optional(),
  account: texts('an AWS account id in quotes, like "123456789012"', /^\d{12}$/).optional(),
  region: texts('an AWS region, like ap-northeast-2', region).optional(),
  name: texts('a name or pattern, like "api-*"').optional(),
  tag: z
    .record(z.string(), text('the value of the tag'), wrong('tags with their values, like { team: shop }'))
    .optional(),
});

const grant = strict({
  who,
  may: z
    .union([z.enum(rights), z.array(z.enum(rights)).min(1)], wrong(`one or more of ${rights.join(', ')}`))
    .transform((value) => (typeof value === 'string' ? [value] : value)),
  on: selector.prefault({}),
});

const approval = strict({
  on: selector.prefault({}),
  for: z
    .union([z.enum(changes), z.array(z.enum(changes)).min(1)], wrong(`one or more of ${changes.join(', ')}`))
    .transform((value) => (typeof value === 'string' ? [value] : value))
    .prefault(['scale', 'deploy']),
  need: z.number(wrong('a number from 1 to 9')).int(wrong('a number from 1 to 9')).min(1).max(9).prefault(1),
  from: who.optional(),
  within: z
    .number(wrong('minutes, from 5 to 1440'))
    .min(5, wrong('minutes, from 5 to 1440'))
    .max(1440, wrong('minutes, from 5 to 1440'))
    .transform((value) => value * minute)
    .prefault(60),
});

const ceiling = strict({
  on: selector.prefault({}),
  max: z.number(wrong('a number from 1 to 1000')).int().min(1).max(1000),
});

/** Members of the settings file. */
export const ruleMembers = {
  grants: z
    .array(grant, wrong('a list of grants, like `- { who: U012ABCDE3F, may: [scale, deploy], on: { stage: prod } }`'))
    .nullish()
    .describe(
      `Who may do what: \`- { who: [U012ABCDE3F, S012ABCDE3F], may: [deploy, rollback], on: { stage: prod } }\`. Actions: ${rights.join(', ')}. \`on\` selects by stage, platform, account, region, name pattern and tag; nothing: everywhere. Changes are denied to everybody else`,
    ),
  approvals: z
    .array(
      approval,
      wrong('a list of rules, like `- { on: { stage: prod }, for: deploy, need: 2, from: S012ABCDE3F }`'),
    )
    .nullish()
    .describe(
      'Who must agree to a change beside its requester: `- { on: { stage: prod }, for: [deploy], need: 2, from: S012ABCDE3F, within: 60 }` (minutes). Without `from`: whoever has the right `approve`',
    ),
  order: z
    .array(text('a stage, like staging'), wrong('a list of stages, like [staging, prod]'))
    .nullish()
    .describe('Stages a version passes, in this order: `[staging, prod]` lets prod take only what staging runs'),
  ceilings: z
    .array(ceiling, wrong('a list, like `- { on: { stage: prod }, max: 40 }`'))
    .nullish()
    .describe('The most instances or tasks: `- { on: { stage: prod }, max: 40 }`'),
};
