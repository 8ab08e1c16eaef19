// What a series of runs came to.
import { described } from './faults.ts';
import type { Verdict } from './one.ts';

/** Scenario by shape: runs, clean ones, kills, faults that happened, failures. */
export function table(verdicts: readonly Verdict[]): string {
  const groups = Map.groupBy(
    verdicts,
    ({ drawn: { scenario, shape } }) => `${scenario} | ${shape.store} x ${shape.replicas}`,
  );
  const rows = [...groups].toSorted(([a], [b]) => a.localeCompare(b)).map(([name, all]) => row(name, all));
  return [
    '| scenario | store x processes | runs | clean | kills | faults | failures | seconds a run |',
    '| --- | --- | --: | --: | --: | --: | --: | --: |',
    ...rows,
    row('all | ', verdicts),
  ].join('\n');
}

function row(name: string, all: readonly Verdict[]): string {
  const sum = (of: (one: Verdict) => number): number => all.reduce((total, one) => total + of(one), 0);
  const clean = all.filter(({ problems }) => problems.length === 0).length;
  const seconds = sum(({ took }) => took) / 1000 / Math.max(1, all.length);
  const cells = [
    all.length,
    clean,
    sum(({ killed }) => killed),
    sum(({ happened }) => happened.length),
    all.length - clean,
  ];
  return `| ${name} | ${cells.join(' | ')} | ${seconds.toFixed(1)} |`;
}

/** Each failure with its seed, its faults and its reasons; nothing when there is none. */
export function failures(verdicts: readonly Verdict[]): string {
  return verdicts
    .filter(({ problems }) => problems.length > 0)
    .map(({ drawn, problems }) => {
      const faults = drawn.faults.map((fault) => `  with ${described(fault)}`);
      return [`seed ${drawn.seed} (${drawn.scenario}):`, ...problems.map((one) => `  ${one}`), ...faults, ''].join(
        '\n',
      );
    })
    .join('');
}
