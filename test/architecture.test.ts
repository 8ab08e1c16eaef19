// The shape of the repository: which folder may import what, how large a file may be, and that registries are whole.
import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadIntents } from '../intents/index.ts';
import { importsOf, root, sourcesOf, withoutComments, type Import, type Source } from './sources.ts';

const sources = sourcesOf('src', 'intents');
const tests = sourcesOf('test');

/** What a file may import, beside its own folder; `types`: only with `import type`. */
type Arrow = { folder: string; may: RegExp; types?: RegExp };

const ports = 'src/(?:core/(?:ports|errors|reply)|aws-errors)\\.ts$';
const arrows: Arrow[] = [
  { folder: 'intents/', may: /^(node:(fs|path|url)|yaml)$/ },
  { folder: 'src/core/', may: /^(intents\/|node:crypto$|intl-messageformat$)/ },
  { folder: 'src/handlers/', may: /^(src\/core\/|intents\/(catalog|replies|languages)\.ts$)/ },
  { folder: 'src/operations/', may: /^(src\/core\/|intents\/(catalog|replies)\.ts$)/ },
  {
    folder: 'src/nlu/',
    may: new RegExp(`^(${ports}|intents/|eld$|intl-messageformat$|@aws-sdk/client-lex|@smithy/|node:crypto$)`),
  },
  { folder: 'src/platforms/', may: new RegExp(`^(${ports}|@aws-sdk/|@smithy/|node:)`), types: /^intents\// },
  { folder: 'src/translators/', may: new RegExp(`^(${ports}|@aws-sdk/client-translate$|@smithy/)`) },
  {
    folder: 'src/stores/',
    may: new RegExp(`^(${ports}|src/sqlite-file\\.ts$|@aws-sdk/client-dynamodb$|@smithy/|node:)`),
  },
  { folder: 'src/wakeups/', may: new RegExp(`^(${ports}|src/sqlite-file\\.ts$|@aws-sdk/client-sqs$|@smithy/|node:)`) },
  { folder: 'src/config/', may: /^(zod|yaml|intents\/catalog\.ts)$/ },
  {
    folder: 'src/slack/',
    may: /^(src\/core\/|intents\/(catalog|replies|languages)\.ts$|@slack\/|node:|zod$|undici$)/,
    types: /^(intents\/|pino$)/,
  },
  { folder: 'src/sim/', may: /^(node:|ws$)/ },
  { folder: 'src/local/', may: /^node:/, types: /^src\/sim\// },
];

/** Why an import is against the arrows; nothing when it is not. */
function against({ from, to, type }: Import): string | undefined {
  const arrow = arrows.find(({ folder }) => from.startsWith(folder));
  if (to === 'computed') return `${from} imports something computed`;
  if (!arrow) return to.startsWith('src/sim/') && from !== 'src/local.ts' ? `${from} imports ${to}` : undefined;
  const fine = to.startsWith(arrow.folder) || arrow.may.test(to) || (type && arrow.types?.test(to));
  return fine ? undefined : `${from} imports ${to}`;
}

/** Lines of code that match, as `path: line`. */
function lines(among: Source[], pattern: RegExp): string[] {
  return among.flatMap(({ path, text }) =>
    withoutComments(text)
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
}

describe('arrows', () => {
  it('are kept by every import', () => {
    const imports = sources.flatMap((source) => source.imports);

    expect(imports.length).toBeGreaterThan(100);
    expect(imports.map(against).filter(Boolean)).toEqual([]);
  });

  it('are decided for every folder of src', () => {
    const nested = sources.filter(({ path: at }) => /^src\/.+\//.test(at));
    const folders = new Set(nested.map(({ path: at }) => at.split('/')[1]));
    const decided = new Set(arrows.map(({ folder }) => folder.split('/')[1]));

    expect([...folders].filter((folder) => !decided.has(folder))).toEqual([]);
  });

  it.each([
    ['src/core/bot.ts', "import { App } from '@slack/bolt';"],
    ['src/core/bot.ts', "import type { App } from '@slack/bolt';"],
    ['src/core/bot.ts', "const { ecs } = await import('../platforms/ecs.ts');"],
    ['src/core/bot.ts', "export * from '../slack/app.ts';"],
    ['src/handlers/x.ts', "import {\n  one,\n  two,\n} from '../stores/sqlite.ts';"],
    ['src/handlers/x.ts', "import '../slack/app.ts';"],
    ['src/stores/x.ts', "import { a } from '../wakeups/sqlite.ts';"],
    ['src/platforms/x.ts', "import { catalog } from '../../intents/catalog.ts';"],
    ['src/sim/x.ts', "type T = import('../core/ports.ts').Clock;"],
    ['src/slack/x.ts', 'const m = await import(`../handlers/${name}.ts`);'],
    ['src/main.ts', "import { fleet } from './sim/fleet.ts';"],
    ['intents/x.ts', "import { a } from '../src/core/reply.ts';"],
    ['intents/x.ts', "const fs = require('child_process');"],
  ])('would catch, in %s, %s', (from, code) => {
    expect(importsOf(from, code).map(against).filter(Boolean)).toHaveLength(1);
  });

  it.each([
    ['src/core/bot.ts', "// import { App } from '@slack/bolt';"],
    ['src/core/bot.ts', "import { a } from './ports.ts';\nconst text = \"from 'x'\";"],
    ['src/platforms/x.ts', "import type { Locale } from '../../intents/catalog.ts';"],
    ['src/local.ts', "import { fleet } from './sim/fleet.ts';"],
  ])('leave alone, in %s, %s', (from, code) => {
    expect(importsOf(from, code).map(against).filter(Boolean)).toEqual([]);
  });
});

describe('files', () => {
  it('stay under 300 lines, data aside', () => {
    const data = /^(intents\/replies\.ts|test\/(payloads|sentences)\/|src\/sim\/page\/)/;
    const long = [...sources, ...tests]
      .filter(({ path: at, text }) => !data.test(at) && text.trimEnd().split('\n').length > 300)
      .map(({ path: at }) => at);

    expect(long).toEqual([]);
  });

  it('have names in kebab-case that say more than "helpers"', () => {
    const vague = /(^|\/)(utils?|helpers?|common|managers?|services?|data)(\/|\.ts$)/;
    const names = [...sources, ...tests].map(({ path: at }) => at);

    expect(names.filter((name) => vague.test(name) && !name.startsWith('src/sim/'))).toEqual([]);
    expect(names.filter((name) => !/^[a-z0-9-]+(\.test|\.d)?\.ts$/.test(basename(name)))).toEqual([]);
  });
});

describe('code', () => {
  it('takes time and timers as arguments in the core, handlers, operations and drivers', () => {
    const ours = sources.filter(({ path: at }) =>
      /^src\/(core|handlers|operations|nlu|platforms|stores|wakeups)\//.test(at),
    );

    expect(lines(ours, /\bDate\.now\b|\bnew Date\(\)|\bset(Timeout|Interval)\b|performance\.now|node:timers/)).toEqual(
      [],
    );
  });

  it('reads the environment only by passing it to loadConfig or to a child', () => {
    const edges = /^src\/(main|local|try|permissions|audit|lex-export)\.ts$/;
    const reads = lines(sources, /process\.env|from 'node:process'|\{[^}]*\benv\b[^}]*\} = process/);

    expect(reads.filter((line) => !edges.test(line.split(':')[0] ?? ''))).toEqual([]);
    expect(reads.filter((line) => !/env: process\.env\b(?![.[])|\.\.\.process\.env\b(?![.[])/.test(line))).toEqual([]);
  });

  it('has no module mocks and no test that is skipped, alone or still to do', () => {
    const suspects = tests.filter(({ path: at }) => at !== 'test/architecture.test.ts');

    expect(lines(suspects, /\bvi\.(mock|doMock|hoisted)\b/)).toEqual([]);
    expect(
      lines(suspects, /\b(it|test|describe|suite)(\.\w+)*\.(only|skip|todo|skipIf|runIf|fails)\b|\bcontext\.skip\(/),
    ).toEqual([]);
  });
});

describe('registries', () => {
  it('name every handler: each file of handlers is in its index, or is used by one that is', () => {
    expect(orphans('src/handlers/', 'src/handlers/index.ts')).toEqual([]);
    const index = importedBy('src/handlers/index.ts');
    const forgotten = sources.filter(
      ({ path: at, text }) => /^src\/handlers\/(?!index)/.test(at) && /\bHandler\b/.test(text) && !index.includes(at),
    );

    expect(forgotten.map(({ path: at }) => at)).toEqual([]);
  });

  it.each(['platforms', 'stores', 'wakeups'])('name every driver of %s, each in a file of its id', (folder) => {
    const drivers = sources.find(({ path: at }) => at === 'src/drivers.ts');
    const entries = importedBy('src/drivers.ts').filter((at) => at.startsWith(`src/${folder}/`));
    const ids = [...(drivers?.text.matchAll(/^ {2}(?:'([\w-]+)'|(\w+)): async/gm) ?? [])].map(([, a, b]) => a ?? b);

    expect(entries.length).toBeGreaterThan(0);
    expect(entries.map((at) => basename(at, '.ts')).filter((name) => !ids.includes(name))).toEqual([]);
    expect(entries.filter((at) => !existsSync(join(root, at)))).toEqual([]);
    expect(orphans(`src/${folder}/`, 'src/drivers.ts')).toEqual([]);
  });

  it('have a locale for every folder of intents', () => {
    const folders = globSync('intents/*/', { cwd: root }).map((folder) => basename(folder));

    expect([...loadIntents().locales].toSorted()).toEqual(folders.toSorted());
  });
});

function importedBy(at: string): string[] {
  return sources.find((source) => source.path === at)?.imports.map(({ to }) => to) ?? [];
}

/** Files of a folder that `entry` does not reach by imports within that folder. */
function orphans(folder: string, entry: string): string[] {
  const reached = new Set([entry]);
  for (const at of reached) {
    for (const to of importedBy(at)) if (to.startsWith(folder)) reached.add(to);
  }
  return sources.map(({ path: at }) => at).filter((at) => at.startsWith(folder) && !reached.has(at));
}
