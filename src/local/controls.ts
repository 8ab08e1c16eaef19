// Lines that start with a colon: the simulator's own switches, which no real workspace has.
import type { SimAws } from '../sim/aws/server.ts';

type FaultRule = Parameters<SimAws['control']['fault']>[0];

type Control = { usage: string; meaning: string; run(aws: SimAws['control'], args: string[]): string };

const controls: Record<string, Control> = {
  speed: {
    usage: ':speed 60',
    meaning: 'how many times faster than life AWS is',
    run: (aws, [factor]) =>
      `AWS is ${aws.speed(factor === undefined ? undefined : positive(factor))} times faster than life.`,
  },
  fault: {
    usage: ':fault throttle ecs 3',
    meaning: 'the next 3 calls fail: throttle, deny, error, timeout-before, timeout-after, garbage, latency',
    run(aws, [kind, service, times]) {
      const rule = { kind: kind as FaultRule['kind'], ...(service && { service }), times: positive(times ?? '1') };
      aws.fault(rule);
      return `The next ${rule.times} ${service ?? 'AWS'} calls: ${kind}.`;
    },
  },
  calm: {
    usage: ':calm',
    meaning: 'ends all faults',
    run(aws) {
      aws.clear();
      return 'No more faults.';
    },
  },
  break: {
    usage: ':break api-prod oom',
    meaning: 'its tasks fail: health, exit, oom, missing, secret; ok mends it',
    run(aws, [name = '', how = 'health']) {
      aws.breakTarget(name, how);
      return `${name}: ${how}.`;
    },
  },
  load: {
    usage: ':load api-prod 900',
    meaning: 'requests per second that come to it',
    run(aws, [name = '', rps = '']) {
      aws.load(name, positive(rps));
      return `${name} gets ${rps} requests per second.`;
    },
  },
  pause: {
    usage: ':pause api-prod 30',
    meaning: 'its deployments wait for a decision, for so many minutes; then AWS goes back',
    run(aws, [name = '', minutes]) {
      const wait = positive(minutes ?? '30');
      aws.deploymentRules(name, { pause: { minutes: wait } });
      return `Deployments of ${name} wait up to ${wait} minutes.`;
    },
  },
  outside: {
    usage: ':outside api-prod min=3 max=9',
    meaning: 'somebody else changes it: min, max, desired, image or version',
    run(aws, [name = '', ...changes]) {
      aws.outside(name, Object.fromEntries(changes.map(change)));
      return `Somebody else changed ${name}: ${changes.join(' ')}.`;
    },
  },
};

/** What a control did, or why it did nothing. */
export function control(aws: SimAws['control'], name: string, args: string[]): { done: boolean; said: string } {
  const found = Object.hasOwn(controls, name) ? controls[name] : undefined;
  if (!found) return { done: false, said: `There is no :${name}. ${known()}` };
  try {
    return { done: true, said: found.run(aws, args) };
  } catch (error) {
    return { done: false, said: `${error instanceof Error ? error.message : String(error)} (${found.usage})` };
  }
}

/** One line a control. */
export function controlHelp(): string[] {
  return Object.values(controls).map(({ usage, meaning }) => `  ${usage.padEnd(32)}${meaning}`);
}

function known(): string {
  return `Known: ${Object.values(controls)
    .map(({ usage }) => usage.split(' ')[0])
    .join(' ')} :wait :people :help`;
}

function positive(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new Error(`"${text}" is no number above 0`);
}

function change(text: string): [string, string | number] {
  const [, name = '', value = ''] = /^(min|max|desired|image|version)=(\S+)$/u.exec(text) ?? [];
  if (name === '') throw new Error(`"${text}" is no change`);
  if (name === 'image' || name === 'version') return [name, value];
  if (/^\d{1,6}$/u.test(value)) return [name, Number(value)];
  throw new Error(`"${text}": ${name} takes a number`);
}
