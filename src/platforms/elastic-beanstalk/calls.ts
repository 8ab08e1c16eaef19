// The calls of a change, for people to read before they confirm it; and who else owns the environment.
import type { Change, Clock, Influence, PlannedCall, Target } from '../../core/ports.ts';
import { owners } from '../cloudformation.ts';
import type { Api } from './api.ts';
import type { Lookups } from './lookups.ts';
import { sizeOptions } from './scale.ts';
import { shareOption, type Schedule } from './settings.ts';

/** In order; a change of numbers already there makes none. */
export async function calls(find: Lookups, target: Target, change: Change): Promise<PlannedCall[]> {
  const EnvironmentId = target.id;
  switch (change.kind) {
    case 'scale': {
      const { min, max, desired } = change.sizes;
      return [
        call('UpdateEnvironment', { EnvironmentId, OptionSettings: sizeOptions(min ?? desired, max ?? desired) }),
      ];
    }
    case 'deploy': {
      const { percent } = change;
      const isSet = percent === undefined || (await find.settings(target)).split?.percent === percent;
      return [
        ...(isSet ? [] : [call('UpdateEnvironment', { EnvironmentId, OptionSettings: [shareOption(percent)] })]),
        call('UpdateEnvironment', { EnvironmentId, VersionLabel: change.artifact.ref }),
      ];
    }
    case 'restart':
      return [call('RestartAppServer', { EnvironmentId })];
    case 'swap': {
      const ids = { SourceEnvironmentId: EnvironmentId, DestinationEnvironmentId: change.other.id };
      return [call('SwapEnvironmentCNAMEs', ids)];
    }
  }
}

function call(operation: string, input: PlannedCall['input']): PlannedCall {
  return { service: 'elasticbeanstalk', operation, input };
}

/** Tags of the environment. https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_ListTagsForResource.html */
export async function tags(api: Api, { region, account, group, name }: Target): Promise<Record<string, string>> {
  const arn = `arn:aws:elasticbeanstalk:${region}:${account}:environment/${group}/${name}`;
  const { ResourceTags = [] } = await api.tags(region, arn);
  return Object.fromEntries(ResourceTags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** Scheduled actions and triggers of the environment, stacks and Terraform. A part AWS does not answer for is left out. */
export async function influences(api: Api, find: Lookups, clock: Clock, target: Target): Promise<Influence[]> {
  const parts = await Promise.allSettled([scaling(find, clock, target), ownership(api, target)]);
  return parts.flatMap((part) => (part.status === 'fulfilled' ? part.value : []));
}

async function ownership(api: Api, target: Target): Promise<Influence[]> {
  return owners(Object.entries(await tags(api, target)).map(([key, value]) => ({ key, value })));
}

async function scaling(find: Lookups, clock: Clock, target: Target): Promise<Influence[]> {
  const { schedules, trigger, single } = await find.settings(target);
  if (single) return [];
  const moved: Influence[] = trigger
    ? [{ kind: 'policy', name: 'trigger', metric: trigger.metric, value: trigger.upper }]
    : [];
  return [...schedules.flatMap((one) => scheduled(one, clock.now())), ...moved];
}

/** One that recurs is told by its cron expression, one that is still to come by its time. */
function scheduled({ name, min, max, start, end, recurrence }: Schedule, now: number): Influence[] {
  if ((end ?? Infinity) < now || (recurrence === undefined && (start ?? 0) <= now)) return [];
  const sizes = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  if (recurrence !== undefined) return [{ kind: 'schedule', name, when: `cron(${recurrence})`, sizes }];
  return [{ kind: 'schedule', name, when: '', at: start!, sizes }];
}
