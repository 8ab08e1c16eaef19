// The newest link of the audit log goes to the log stream: who rewrites or cuts the records would have to rewrite that too.
import type { Audit } from './audit.ts';
import type { Clock } from './ports.ts';
import { minute } from './records.ts';
import type { Log } from './world.ts';

/** Says number and hash of the newest link every minute it moved; what is returned ends that, and says the last. */
export function publishHeads(parts: { audit: Audit; clock: Clock; log: Log }): () => Promise<void> {
  const { audit, clock, log } = parts;
  let last = audit.head().seq;
  let cancel = clock.after(minute, tick);

  function tick(): void {
    cancel = clock.after(minute, tick);
    publish();
  }

  function publish(): void {
    const { seq, hash } = audit.head();
    if (seq === last) return;
    last = seq;
    log.info({ audit: { seq, hash } }, 'audit head');
  }

  return async () => {
    cancel();
    publish();
    await audit.rest();
  };
}
