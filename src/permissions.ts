// Prints the IAM policy OpsJack needs, made from what the platforms declare. Needs no account and calls nothing.
import { loadConfig } from './config.ts';
import { ConfigError } from './core/errors.ts';
import type { Clock, Platform } from './core/ports.ts';

type Declared = Pick<Platform, 'id' | 'permissions' | 'implied'>;
type Statement = { Sid: string; Effect: 'Allow'; Action: string[]; Resource: string };
export type IamPolicy = { Version: '2012-10-17'; Statement: Statement[] };

/** Verbs of actions that only look. Whatever starts otherwise counts as a change. */
const reading = /^[\w-]+:(?:Describe|List|Get|BatchGet|BatchCheck|Recognize|Translate)/;

/**
 * One statement for what only looks and one for what changes; sorted, each action once. `writeRole`: what changes belongs
 * on that role, and the bot may take it on.
 */
export function iamPolicy(platforms: readonly Declared[], writeRole?: string): IamPolicy {
  const actions = [...new Set(platforms.flatMap(({ permissions }) => permissions))].toSorted();
  const [read, change] = [
    actions.filter((action) => reading.test(action)),
    actions.filter((action) => !reading.test(action)),
  ];
  return {
    Version: '2012-10-17',
    Statement: [...allow('OpsJackRead', read), ...allow('OpsJackChange', change), ...session(writeRole)],
  };
}

/** What AWS does on the caller's behalf, a line each with the platform and the page that says so; empty when nothing. */
export function impliedLines(platforms: readonly Declared[]): string[] {
  return platforms.flatMap(({ id, implied }) => implied.map(({ action, source }) => `${action}  (${id}: ${source})`));
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html */
function session(writeRole: string | undefined): Statement[] {
  if (writeRole === undefined) return [];
  const Action = ['sts:AssumeRole', 'sts:SetSourceIdentity'];
  return [{ Sid: 'OpsJackSession', Effect: 'Allow', Action, Resource: writeRole }];
}

function allow(sid: string, actions: string[]): Statement[] {
  return actions.length === 0 ? [] : [{ Sid: sid, Effect: 'Allow', Action: actions, Resource: '*' }];
}

async function print(): Promise<void> {
  const { platforms, services } = await import('./drivers.ts');
  const never: Clock = { now: () => 0, after: () => () => {} };
  const config = loadConfig({ env: process.env });
  const declared = [...(await platforms(config, never)), ...(await services(config))];
  process.stdout.write(`${JSON.stringify(iamPolicy(declared, config.writeRole?.arn), null, 2)}\n`);
  const implied = impliedLines(declared);
  if (implied.length === 0) return;
  const title =
    'AWS may also ask for these on your behalf; not in the policy above, and not verified on a real account:';
  process.stderr.write(`\n${[title, ...implied.map((line) => `  ${line}`)].join('\n')}\n`);
}

if (import.meta.main) {
  try {
    await print();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
