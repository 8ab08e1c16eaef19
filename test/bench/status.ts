// How long a status takes when AWS takes 100 ms and Slack 80, over the least it can take: one round of each.
import { simAws } from '../../src/sim/aws/server.ts';
import { simSlack, type SimSlack } from '../../src/sim/slack/server.ts';
import { bareBolt, opsjack, type Child } from './child.ts';
import { median, rounded } from './numbers.ts';

const latency = { aws: 100, slack: 80 };
const critical = latency.aws + latency.slack;
const goal = 1.1;
const warm = 15;
const samples = 21;

type Answered = { answer: number; visible: number };

/** Medians, after a few unmeasured ones; the bot, an environment of Beanstalk and the baseline take turns. */
export async function status(): Promise<object> {
  const aws = await simAws();
  const slack = await simSlack({ rateLimits: false });
  const around = { ...slack, slackUrl: slack.apiUrl, awsUrl: aws.url };
  const bot = await opsjack(around);
  const bare = await bareBolt(around, { cluster: 'shop', service: 'api-prod' });
  const kept: Record<'ecs' | 'beanstalk' | 'bare', Answered[]> = { ecs: [], beanstalk: [], bare: [] };
  try {
    aws.control.fault({ kind: 'latency', ms: latency.aws });
    slack.fault({ kind: 'latency', ms: latency.slack, times: Number.POSITIVE_INFINITY });
    for (let n = 0; n < warm + samples; n++) {
      const ecs = await timed(slack, bot, 'status api-prod');
      const beanstalk = await timed(slack, bot, 'status shop-web-prod');
      const baseline = await timed(slack, bare, 'status');
      if (n < warm) continue;
      kept.ecs.push(ecs);
      kept.beanstalk.push(beanstalk);
      kept.bare.push(baseline);
    }
  } finally {
    await Promise.all([bot.stop(), bare.stop()]);
    await Promise.all([slack.close(), aws.close()]);
  }
  const ms = (all: readonly Answered[], of: keyof Answered): number => rounded(median(all.map((one) => one[of])), 1);
  const ratio = rounded(ms(kept.ecs, 'answer') / critical);
  return {
    median_ms: ms(kept.ecs, 'answer'),
    critical_ms: critical,
    ratio,
    first_visible_ms: ms(kept.ecs, 'visible'),
    beanstalk_ms: ms(kept.beanstalk, 'answer'),
    baseline_ms: ms(kept.bare, 'answer'),
    goal: `<= ${goal}`,
    met: ratio <= goal,
  };
}

/** Milliseconds from delivering a mention to the first sign of life, and to the answer that stands in its thread. */
async function timed(slack: SimSlack, { url }: Child, text: string): Promise<Answered> {
  slack.deliverTo({ url });
  let visible = Number.NaN;
  const begun = performance.now();
  const { promise, resolve } = Promise.withResolvers<Answered>();
  const stop = slack.onChange((change) => {
    const ms = performance.now() - begun;
    const isAnswer = change.kind === 'posted' && change.message.user === slack.botUser;
    if (isAnswer || change.kind === 'status' || change.kind === 'reaction') visible = Math.min(visible || ms, ms);
    if (isAnswer) resolve({ answer: ms, visible });
  });
  await slack.as('alice').say('#ops', `<@${slack.botUser}> ${text}`, { formatted: true });
  const answered = await promise;
  stop();
  return answered;
}
