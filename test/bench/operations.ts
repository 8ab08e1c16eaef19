// A hundred changes in flight in one process: what AWS is asked for them, beside the least that its batches allow and
// beside asking for each by itself.
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { ECS } from '@aws-sdk/client-ecs';
import type { Call } from '../../src/sim/aws/control.ts';
import type { SeedService } from '../../src/sim/aws/seed-types.ts';
import { shopSeed } from '../../src/sim/aws/seed.ts';
import { simAws } from '../../src/sim/aws/server.ts';
import { simSlack, type SimSlack } from '../../src/sim/slack/server.ts';
import { each } from '../../src/platforms/batching.ts';
import { opsjack } from './child.ts';
import { rounded } from './numbers.ts';
import { wakings } from './wakings.ts';

const inFlight = 100;
/** From the second minute on every operation is looked at every 5 s. */
const settled = 62_000;
const rounds = 12;
const every = 5_000;
const goal = 1.2;

const region = 'ap-northeast-2';
const cluster = 'shop';
const nameOf = (at: number): string => `svc${String(at).padStart(3, '0')}-api-prod`;

/** Names of one cluster at once, and resource ids at once: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const least = Math.ceil(inFlight / 10) + Math.ceil(inFlight / 50);

function services(): SeedService[] {
  const [first] = shopSeed.services;
  const { alarms: _alarms, ...plain } = first!;
  return Array.from({ length: inFlight }, (_, at) => ({ ...plain, name: nameOf(at) }));
}

/** AWS calls a minute, wake-ups a second and memory. */
export async function operations(): Promise<object> {
  const aws = await simAws({ seed: { ...shopSeed, services: services(), applications: [] } });
  const slack = await simSlack({ rateLimits: false });
  const bot = await opsjack({ ...slack, slackUrl: slack.apiUrl, awsUrl: aws.url });
  try {
    slack.deliverTo({ url: bot.url });
    const idle = bot.resident();
    // Nothing gets any further from here on, so that all of them stay in flight.
    aws.control.speed(0.001);
    await each(
      Array.from({ length: inFlight }, (_, at) => nameOf(at)),
      10,
      (name) => started(slack, name),
    );
    await sleep(settled);
    aws.control.clearCalls();
    await sleep(rounds * every);
    const asked = reads(aws.control.calls());
    const memory = bot.resident();
    aws.control.clearCalls();
    await oneByOne(aws.url);
    const alone = reads(aws.control.calls()) * rounds;
    const ratio = rounded(asked / (least * rounds));
    return {
      in_flight: inFlight,
      calls_a_minute: asked,
      least_a_minute: least * rounds,
      one_by_one_a_minute: alone,
      ratio,
      ...(await wakings()),
      memory_mib: memory,
      idle_mib: idle,
      goal: `<= ${goal}`,
      met: ratio <= goal,
    };
  } finally {
    await bot.stop();
    await Promise.all([slack.close(), aws.close()]);
  }
}

const reads = (calls: readonly Call[]): number => calls.filter(({ service }) => service !== 'sts').length;

/** Asks for one change, confirms it, and resolves once it is under way. */
async function started(slack: SimSlack, name: string): Promise<void> {
  const alice = slack.as('alice');
  const patience = { timeoutMs: 60_000 };
  const said = await alice.say('#ops', `<@${slack.botUser}> scale ${name} min 4 max 8`, { formatted: true });
  const plan = await slack.until(
    (one) => one.blocks.length > 0 && slack.shownText(one).startsWith(`:raised_hand: ${name}`),
    {
      since: said.since,
      ...patience,
    },
  );
  await alice.click(plan, 'Scale to 4–8');
  await slack.until((one) => one.order === plan.order && !slack.shownText(one).includes('?'), patience);
}

/** The same numbers once, as a program reads them that knows of one service at a time. */
async function oneByOne(endpoint: string): Promise<void> {
  const client = { region, endpoint, credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' } };
  const [ecs, scaling] = [new ECS(client), new ApplicationAutoScaling(client)];
  for (let at = 0; at < inFlight; at++) {
    await ecs.describeServices({ cluster, services: [nameOf(at)] });
    await scaling.describeScalableTargets({
      ServiceNamespace: 'ecs',
      ResourceIds: [`service/${cluster}/${nameOf(at)}`],
    });
  }
}
