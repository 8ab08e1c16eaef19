// The repository's own source files and what each of them imports, for tests about its shape.
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** `to`: a path of the repository, `node:fs`, or a package's name. `type`: gone when the code runs. */
export type Import = { from: string; to: string; type: boolean };
export type Source = { path: string; text: string; imports: Import[] };

/** Every `.ts` file under the folders, by path from the root. */
export function sourcesOf(...folders: string[]): Source[] {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }))
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return { path, text, imports: importsOf(path, text) };
    });
}

/** What a file imports or re-exports, `import type` and `import(...)` included. A computed `import(...)` is `computed`. */
export function importsOf(path: string, text: string): Import[] {
  const code = withoutComments(text);
  const found: Import[] = [];
  const add = (specifier: string, type: boolean): number =>
    found.push({ from: path, to: resolve(path, specifier), type });
  for (const [, type, specifier = ''] of code.matchAll(
    /(?:^|[;}\n])\s*(?:import|export)\s+(type\s)?(?:[\w$*{}\s,]+?\sfrom\s*)?['"]([^'"\n]+)['"]/g,
  )) {
    add(specifier, type !== undefined);
  }
  for (const [, open, specifier] of code.matchAll(/\b(?:import|require)\s*\(\s*(?:(['"`])([^'"`$\n]+)\1\s*[,)])?/g)) {
    add(open && specifier ? specifier : 'computed', false);
  }
  return found;
}

function resolve(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier);
  if (specifier.startsWith('node:') || builtinModules.includes(specifier))
    return `node:${specifier.replace('node:', '')}`;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The code alone, lines kept; strings stay, so that addresses in them are not taken for comments. */
export function withoutComments(text: string): string {
  const tokens = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[^])*`|\/\*[^]*?\*\/|\/\/[^\n]*/g;
  return text.replace(tokens, (token) => (/^\/[/*]/.test(token) ? token.replaceAll(/[^\n]/g, '') : token));
}
