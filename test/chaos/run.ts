// Proof by fault: runs that are killed and hindered at every point, and what must be true after each. See docs/chaos.md.
import { parseArgs } from 'node:util';
import { draw, scenarioNames, type Shape } from './draw.ts';
import { described } from './faults.ts';
import { runOne, type Verdict } from './one.ts';
import { plants, shown } from './plants.ts';
import { failures, table } from './table.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    replicas: { type: 'string' },
    store: { type: 'string' },
    plant: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    verbose: { type: 'boolean', default: false },
  },
});

const everyShape: readonly Shape[] = [
  { replicas: 1, store: 'sqlite' },
  { replicas: 1, store: 'dynamodb' },
  { replicas: 2, store: 'dynamodb' },
];
const shapes = everyShape.filter(
  ({ replicas, store }) =>
    (values.replicas === undefined || values.replicas === String(replicas)) &&
    (values.store === undefined || values.store === store),
);
/** With a plant: the run that shows it, again and again. */
const planted = values.plant === undefined ? undefined : plants[values.plant];
const only = scenarioNames.find((name) => name === values.only);
if (shapes.length === 0 || (values.only && !only) || (values.plant && !planted)) {
  process.stderr.write(
    `there is no such run; scenarios: ${scenarioNames.join(', ')}; one process needs sqlite or dynamodb, two dynamodb\n`,
  );
  process.exit(2);
}

const first = Number(values.seed);
const seeds = Array.from({ length: Number(values.runs) }, (_, index) => first + index);
const verdicts: Verdict[] = [];

async function job(): Promise<void> {
  for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
    const drawn = planted ? shown(draw(seed, { shapes }), planted, seed) : draw(seed, { only, shapes });
    const say = values.verbose ? (line: string) => void process.stdout.write(`${line}\n`) : undefined;
    const verdict = await runOne(drawn, { plant: values.plant, ...(say ? { say } : {}) });
    verdicts.push(verdict);
    const { shape, scenario, faults } = drawn;
    const how = verdict.problems.length > 0 ? 'FAILED' : 'clean';
    const what = faults.map(described).join('; ');
    process.stdout.write(
      `${how} ${seed} ${scenario} ${shape.store}x${shape.replicas} ${verdict.outcomes.join(',')} ${verdict.took} ms: ${what}\n`,
    );
  }
}

await Promise.all(Array.from({ length: Math.min(4, Math.max(1, Number(values.jobs))) }, job));
process.stdout.write(`\n${table(verdicts)}\n${failures(verdicts)}`);
process.exit(verdicts.some(({ problems }) => problems.length > 0) ? 1 : 0);
