import type { Clock } from '../core/ports.ts';

/** The result of `running`, unless `ms` pass before it is there: then it rejects. */
export function within<T>(clock: Clock, ms: number, running: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(new Error(`not done within ${ms} ms`)));
    running.then(resolve, reject).finally(cancel);
  });
}
