// Benchmarks, each beside its baseline in the same run: `npm run bench`, or `npm run bench -- help` for one.
import { help } from './help.ts';
import { nlu } from './nlu.ts';
import { operations } from './operations.ts';
import { status } from './status.ts';

const scenarios: Readonly<Record<string, () => Promise<object>>> = { help, status, nlu, operations };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(scenarios, name));
if (unknown.length > 0) {
  process.stderr.write(`no scenario ${unknown.join(', ')}; there are ${Object.keys(scenarios).join(', ')}\n`);
  process.exit(1);
}
for (const [name, scenario] of Object.entries(scenarios)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stdout.write(`${JSON.stringify({ scenario: name, ...(await scenario()) })}\n`);
}
