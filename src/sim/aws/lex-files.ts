// The files of a Lex V2 export as a tree, with a list of what is wrong in them.
// https://docs.aws.amazon.com/lexv2/latest/dg/import-export-format.html
import { isParams, items, text, type Params } from './params.ts';

/** `say` notes what the importer would refuse and why. */
export type Import = {
  read(path: string): Params | undefined;
  /** Names of the folders right under a folder. */
  folders(path: string): string[];
  say(path: string, reason: string): void;
};

/** Files by path, read once; `problems` grows while they are looked at. */
export function openExport(files: Record<string, string>): Import & { problems: string[] } {
  const problems: string[] = [];
  const say = (path: string, reason: string): undefined => {
    problems.push(`${path}: ${reason}`);
  };
  return {
    problems,
    say,
    read(path) {
      const source = Object.hasOwn(files, path) ? files[path] : undefined;
      if (source === undefined) return say(path, 'is missing');
      try {
        const value: unknown = JSON.parse(source);
        if (isParams(value)) return value;
      } catch {
        return say(path, 'is not JSON');
      }
      return say(path, 'is not an object');
    },
    folders(path) {
      const prefix = path === '' ? '' : `${path}/`;
      const inside = Object.keys(files).filter((it) => it.startsWith(prefix));
      const names = inside.map((it) => it.slice(prefix.length)).filter((it) => it.includes('/'));
      return [...new Set(names.map((it) => it.slice(0, it.indexOf('/'))))].toSorted();
    },
  };
}

const namePattern = /^([0-9a-zA-Z][_-]?){1,100}$/u;

/** The name inside a file, which must be allowed and equal to its folder's. */
export function nameOf(from: Import, path: string, file: Params, folder: string): string {
  const name = text(file, 'name') ?? '';
  if (!namePattern.test(name)) from.say(path, `name ${JSON.stringify(name)} is not allowed`);
  else if (name !== folder) from.say(path, `name ${name} is not the folder's`);
  return name;
}

/** The utterances under `key`, 500 characters each at most. */
export function utterancesOf(from: Import, path: string, file: Params, most: number): string[] {
  const said = items(file, 'sampleUtterances').map((it) => text(it, 'utterance') ?? '');
  if (said.length > most) from.say(path, `${said.length} utterances, ${most} are allowed`);
  const seen = new Set<string>();
  for (const one of said) {
    if (one.trim() === '' || one.length > 500) from.say(path, `utterance of ${one.length} characters: 1 to 500`);
    if (seen.has(one.trim().toLowerCase())) from.say(path, `utterance ${JSON.stringify(one)} is there twice`);
    seen.add(one.trim().toLowerCase());
  }
  return said;
}

/** The plain texts of `{messageGroupsList: [{message: {plainTextMessage: {value}}}]}`: 1 to 5 groups of 1000 characters. */
export function messagesOf(from: Import, path: string, holder: unknown): string[] {
  if (!isParams(holder)) return [];
  const groups = items(holder, 'messageGroupsList');
  if (groups.length === 0 || groups.length > 5)
    from.say(path, `${groups.length} messages in messageGroupsList: 1 to 5`);
  return groups.map((group) => {
    const message = isParams(group['message']) ? group['message'] : {};
    const plain = isParams(message['plainTextMessage']) ? message['plainTextMessage'] : {};
    const value = text(plain, 'value');
    if (value === undefined) from.say(path, 'a message without plainTextMessage.value');
    else if (value.length > 1000) from.say(path, `a message of ${value.length} characters, 1000 are allowed`);
    return value ?? '';
  });
}

/** How often a question is asked again: 0 to 5. */
export function retriesOf(from: Import, path: string, holder: unknown): number {
  const given = isParams(holder) ? holder['maxRetries'] : undefined;
  if (typeof given !== 'number' || !Number.isInteger(given) || given < 0 || given > 5) {
    from.say(path, 'maxRetries must be 0 to 5');
    return 0;
  }
  return given;
}
