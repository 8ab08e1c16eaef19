// How many `/ops help` a second are answered over signed HTTP, beside a Bolt app that posts a constant.
import { simAws } from '../../src/sim/aws/server.ts';
import { bareBolt, opsjack } from './child.ts';
import { measure, type Figures } from './load.ts';
import { median, rounded } from './numbers.ts';
import { slackStub } from './slack-stub.ts';

const goal = 0.8;
const rounds = 7;
const round = { text: 'help', count: 1500, atOnce: 32 };

/** Medians of rounds that take turns, so that what else the machine does hits both. */
export async function help(): Promise<object> {
  const slack = await slackStub();
  const aws = await simAws();
  const around = { ...slack, slackUrl: slack.apiUrl, awsUrl: aws.url };
  const bot = await opsjack(around);
  const bare = await bareBolt(around);
  const ours: Figures[] = [];
  const theirs: Figures[] = [];
  try {
    for (const { url } of [bot, bare]) await measure(slack, url, { ...round, count: 5000 });
    for (let n = 0; n < rounds; n++) {
      ours.push(await measure(slack, bot.url, round));
      theirs.push(await measure(slack, bare.url, round));
    }
  } finally {
    await Promise.all([bot.stop(), bare.stop()]);
    await Promise.all([slack.close(), aws.close()]);
  }
  const ratio = rounded(median(ours.map((one, n) => one.rps / theirs[n]!.rps)));
  return { opsjack: middle(ours), baseline: middle(theirs), ratio, goal: `>= ${goal}`, met: ratio >= goal };
}

function middle(all: readonly Figures[]): Figures {
  const of = (name: keyof Figures): number => median(all.map((one) => one[name]));
  return { rps: of('rps'), p50: of('p50'), p99: of('p99') };
}
