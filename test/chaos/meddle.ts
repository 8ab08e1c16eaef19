// Makes a run's faults happen on the way between the bot, Slack and AWS, and says what it did.
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultRule } from '../../src/sim/aws/faults.ts';
import type { Envelope, Transport } from '../../src/sim/slack/delivery.ts';
import type { Fault as SlackFault } from '../../src/sim/slack/faults.ts';
import type { Bots } from './bots.ts';
import type { FastClock } from './clock.ts';
import { changes, described, type Fault, type FaultKind, type Timed, type Which } from './faults.ts';

type Of<K extends FaultKind> = Extract<Fault, { kind: K }>;
type Socket = { drop(): void; ghost(): () => void; disconnect(why: 'refresh_requested'): void };
type AwsCall = { service: string; operation: string; region: string };

/** What keeps AWS from doing what it is asked. */
const undone = new Set(['timeout-before', 'error', 'throttle']);

/** Nothing happens before `begin`, and nothing after `end`. */
export function meddler(given: { faults: readonly Fault[]; clock: FastClock; tell: (line: string) => void }) {
  const { clock, tell } = given;
  const timers: (() => void)[] = [];
  const happened: Fault[] = [];
  const held: Promise<unknown>[] = [];
  const seen = { any: 0, change: 0, slack: 0, delivery: 0 };
  let registered = 0;
  let on = false;
  let limited = 0;
  let throttled = 0;
  let lastCall = false;
  let bots: Bots | undefined;
  let socket: Socket | undefined;

  const all = <K extends FaultKind>(kind: K) => given.faults.filter((fault): fault is Of<K> => fault.kind === kind);
  function happens(fault: Fault): void {
    happened.push(fault);
    tell(`fault: ${described(fault)}`);
  }
  function kill(fault: Fault): void {
    happens(fault);
    bots?.kill();
  }

  /** What strikes a call to AWS. */
  function aws(call: AwsCall): FaultRule | undefined {
    const rule = on && call.service !== 'sts' ? strike(call.operation) : undefined;
    if (call.operation === 'RegisterTaskDefinition' && !undone.has(rule?.kind ?? '')) registered += 1;
    return rule;
  }

  function strike(operation: string): FaultRule | undefined {
    seen.any += 1;
    const isChange = changes.test(operation);
    if (isChange) seen.change += 1;
    if (seen.change === 1 && isChange) schedule('change');
    if (lastCall) {
      bots?.kill();
      lastCall = false;
      return { kind: 'timeout-before' };
    }
    const counts = (which: Which): number => (which === 'any' ? seen.any : isChange ? seen.change : 0);
    for (const fault of all('kill-aws')) {
      if (counts(fault.which) !== fault.nth || happened.includes(fault)) continue;
      kill(fault);
      return { kind: fault.when === 'before' ? 'timeout-before' : 'timeout-after' };
    }
    for (const fault of all('aws')) {
      const count = counts(fault.which);
      if (count < fault.nth || count >= fault.nth + fault.times) continue;
      happens(fault);
      return { kind: fault.what, ms: 2500 };
    }
    return clock.now() < throttled ? { kind: 'throttle' } : undefined;
  }

  /** What strikes a call to Slack. */
  function slack(method: string): SlackFault | undefined {
    if (!on || method === 'apps.connections.open') return undefined;
    seen.slack += 1;
    for (const fault of all('kill-slack')) {
      if (seen.slack !== fault.nth || happened.includes(fault)) continue;
      kill(fault);
      return { kind: fault.when === 'before' ? 'http-500' : 'drop-response' };
    }
    const found = all('slack').find((fault) => fault.nth === seen.slack);
    if (found) {
      happens(found);
      return { kind: found.what, ms: 1500 };
    }
    const left = limited - clock.now();
    return left > 0 ? { kind: 'ratelimit', ms: left } : undefined;
  }

  /** A way from Slack to the bot that loses, holds and repeats. */
  function between(transport: Transport): Transport {
    async function send(envelope: Envelope, retry: { attempt: number; reason: string }) {
      if (!on) return transport.send(envelope, retry);
      seen.delivery += 1;
      const fault = all('delivery').find(({ nth }) => nth === seen.delivery);
      if (!fault) return transport.send(envelope, retry);
      happens(fault);
      const { rate } = clock.beginning();
      if (fault.what === 'drop') return { acked: false, reason: 'timeout', ms: 3000 };
      if (fault.what === 'duplicate') {
        const again = { attempt: retry.attempt + 1, reason: 'timeout' };
        held.push(wait(fault.ms / rate).then(() => transport.send(envelope, again)));
        return transport.send(envelope, retry);
      }
      await wait(Math.min(2000, fault.ms / rate));
      return transport.send(envelope, retry);
    }
    return { ...transport, send };
  }

  /** Sets the timers of what happens some time after this. */
  function schedule(since: Timed['since']): void {
    for (const fault of given.faults) {
      if (!('since' in fault) || fault.since !== since) continue;
      const go = () => {
        if (!on) return;
        happens(fault);
        strikeAt(fault);
      };
      timers.push(clock.after(fault.at, go));
    }
  }

  function strikeAt(fault: Extract<Fault, Timed>): void {
    switch (fault.kind) {
      case 'kill-at':
        return bots?.kill();
      case 'throttled':
        throttled = clock.now() + fault.ms;
        return;
      case 'slack-limit':
        limited = clock.now() + fault.ms;
        return;
      case 'jump':
        lastCall = fault.kills === true;
        clock.jump(fault.ms);
        return bots?.tell({ jump: fault.ms });
      case 'socket':
        if (fault.what === 'drop') socket?.drop();
        else if (fault.what === 'refresh') socket?.disconnect('refresh_requested');
        else if (socket) timers.push(socket.ghost());
    }
  }

  return {
    aws,
    slack,
    between,
    /** How many task definitions AWS registered. */
    registered: () => registered,
    happened: (): readonly Fault[] => happened,
    /** From now on things go wrong. */
    begin(over: { bots: Bots; socket: Socket }) {
      on = true;
      bots = over.bots;
      bots.tell('arm');
      socket = over.socket;
      schedule('begin');
    },
    /** Resolves when all that was held up has arrived. */
    arrived: () => Promise.all(held),
    /** Everything works again. */
    end() {
      on = false;
      throttled = 0;
      limited = 0;
      lastCall = false;
      for (const cancel of timers) cancel();
      bots?.calm();
    },
  };
}
