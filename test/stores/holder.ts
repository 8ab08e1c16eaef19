// A process of its own that opens the store at argv[2], puts records, says so, and stays until it is killed.
import { sqlite } from '../../src/stores/sqlite.ts';
import { sqliteWakeups } from '../../src/wakeups/sqlite.ts';
import { testClock } from '../clock.ts';

const path = process.argv[2] ?? '';
const clock = testClock();
const store = sqlite({ path, clock });
const wakeups = sqliteWakeups({ path, clock });
await Promise.all([
  store.put('plan/1', { state: 'agreed' }),
  store.put('plan/2', { state: 'proposed' }),
  wakeups.at('plan/1', clock.now()),
]);
process.stdout.write('durable\n');
setInterval(() => {}, 1_000);
