// Whether the audit log is as it was written.
import type { Handler } from '../core/call.ts';
import { sentence } from '../core/cards.ts';
import { say } from '../core/reply.ts';

export const verify: Handler = async ({ world }) => {
  const verdict = await world.audit.verify();
  const { entries } = verdict;
  if (!verdict.whole) {
    world.log.error({ audit: verdict }, 'the audit log is broken');
    const more = [say('verify.before', { entries }), say('verify.compare')];
    return { reply: sentence(say(`verify.${verdict.fault}`, { seq: verdict.at }), { sign: 'failed', more }) };
  }
  const { since, head } = verdict;
  if (since === undefined) return { reply: sentence(say('verify.empty'), { sign: 'done' }) };
  const whole = say('verify.whole', { entries, at: { time: since, style: 'day' } });
  const foot = [say('verify.head', { seq: head.seq }), say('verify.hash', { hash: { code: head.hash } })];
  return { reply: sentence(whole, { sign: 'done', foot }) };
};
