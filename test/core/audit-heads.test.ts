import { expect, it } from 'vitest';
import { audit } from '../../src/core/audit.ts';
import { publishHeads } from '../../src/core/audit-heads.ts';
import { testClock } from '../clock.ts';
import { memoryStore } from '../memory.ts';

it('says the newest link every minute it moved, and once more at the end', async () => {
  const clock = testClock();
  const said: unknown[] = [];
  const log = { info: (fields: object) => void said.push(fields), warn: () => undefined, error: () => undefined };
  const audited = audit({ store: memoryStore(clock), clock, log });
  const end = publishHeads({ audit: audited, clock, log });

  await clock.advance(120_000);
  expect(said).toEqual([]);
  await audited.note({ id: 'a', kind: 'planned', by: 'U1' });
  await audited.note({ id: 'b', kind: 'planned', by: 'U1' });
  await clock.advance(180_000);
  expect(said).toEqual([{ audit: audited.head() }]);
  await audited.note({ id: 'c', kind: 'planned', by: 'U1' });
  await end();
  await clock.advance(180_000);

  expect(said).toEqual([{ audit: { seq: 2, hash: expect.any(String) } }, { audit: { ...audited.head(), seq: 3 } }]);
});
