// Translation that costs no more than agreed and holds nothing up: each text once, within a budget, a few seconds at most.
import { languages } from '../../intents/languages.ts';
import { budget, charactersOf } from './budget.ts';
import { emptied, filled, nameOf, translationCache, type Template } from './translation-cache.ts';
import type { Clock, Segment, Store, Translator } from './ports.ts';

/** Why some of the texts came back as nothing. `spent`: until when the budget is used up, epoch milliseconds. */
export type Trouble = { kind: 'lost' } | { kind: 'down' } | { kind: 'spent'; until: number };
export type Translated = { texts: (readonly Segment[] | undefined)[]; trouble?: Trouble };
export type Translation = {
  /**
   * Each text in the other language, in order; nothing for those that could not be had. Never throws, and answers within
   * three seconds: what comes later is there the next time. `insist`: asks even where the translator failed a moment ago.
   */
  translate(
    texts: readonly (readonly Segment[])[],
    from: string,
    to: string,
    options?: { insist?: boolean },
  ): Promise<Translated>;
};

const patience = 3000;
/** After a failure nobody else waits for the translator so long. */
const pause = 15_000;
const atOnce = 16;
const worst = ['lost', 'down', 'spent'] as const;

type Answer = Template | Trouble;

/** A translator behind a cache and a budget. `charactersPerDay` counts what is sent, by UTC day. */
export function translation(options: {
  translator: Translator;
  store: Store;
  clock: Clock;
  charactersPerDay: number;
  log: { warn(fields: object, message: string): void };
}): Translation {
  const { translator, store, clock, log } = options;
  const cache = translationCache(store, clock);
  const spending = budget(store, clock, options.charactersPerDay);
  const gate = atMost(atOnce);
  const underway = new Map<string, Promise<Answer>>();
  let pausedUntil = 0;

  async function ask(name: string, text: readonly Segment[], from: string, to: string, insist: boolean) {
    return gate(async (): Promise<Answer> => {
      if (!insist && clock.now() < pausedUntil) return { kind: 'down' };
      try {
        const made = await translator.translate(text, from, to);
        if (!made) return { kind: 'lost' };
        const segments = emptied(made, text);
        await cache.put(name, segments);
        return segments;
      } catch (error) {
        if (clock.now() >= pausedUntil) log.warn({ err: error, from, to }, 'not translated');
        pausedUntil = clock.now() + pause;
        return { kind: 'down' };
      }
    });
  }

  /** Starts what is not under way; takes its characters from the budget first, and gives back those of what failed. */
  function start(texts: ReadonlyMap<string, readonly Segment[]>, from: string, to: string, insist: boolean): void {
    const fresh = [...texts].filter(([name]) => !underway.has(name));
    if (fresh.length === 0) return;
    const paid = spending.take(fresh.reduce((sum, [, text]) => sum + charactersOf(text), 0));
    const answers = fresh.map(async ([name, text]): Promise<Answer> => {
      const isPaid = await paid;
      return isPaid ? ask(name, text, from, to, insist) : { kind: 'spent', until: spending.until() };
    });
    for (const [at, [name]] of fresh.entries()) {
      const answer = answers[at]!.catch((error: unknown): Answer => {
        log.warn({ err: error, from, to }, 'not translated');
        return { kind: 'down' };
      });
      underway.set(name, answer);
      void answer.then(() => underway.delete(name));
    }
    void giveBack(fresh, answers);
  }

  async function giveBack(asked: [string, readonly Segment[]][], answers: Promise<Answer>[]): Promise<void> {
    const settled = await Promise.allSettled(answers);
    const failed = asked.filter((_, at) => isDown(settled[at]!));
    if (failed.length === 0) return;
    await spending.take(-failed.reduce((sum, [, text]) => sum + charactersOf(text), 0)).catch(() => false);
  }

  return {
    async translate(texts, from, to, { insist = false } = {}) {
      const nothing = { texts: texts.map(() => undefined) };
      if (!languages.includes(from) || !languages.includes(to)) return nothing;
      const names = texts.map((text) => nameOf(text, from, to));
      const known = await Promise.all(names.map((name) => cache.get(name))).catch(() => undefined);
      if (!known) return { ...nothing, trouble: { kind: 'down' } };
      const open = new Map(texts.flatMap((text, at) => (known[at] ? [] : [[names[at]!, text] as const])));
      start(open, from, to, insist);
      const answers = await inTime(clock, new Map([...open.keys()].map((name) => [name, underway.get(name)!])));
      const all = names.map((name, at): Answer => known[at] ?? answers.get(name)!);
      const made = all.map((answer, at) => (isTrouble(answer) ? undefined : filled(answer, texts[at]!)));
      const troubles = all.filter(isTrouble).toSorted((a, b) => worst.indexOf(b.kind) - worst.indexOf(a.kind));
      return troubles[0] ? { texts: made, trouble: troubles[0] } : { texts: made };
    },
  };
}

/** What reads a message for the bot: its English, or nothing where it could not be had whole. */
export function inbound(made: Translation): (text: readonly Segment[], from: string) => Promise<Segment[] | undefined> {
  return async (text, from) => (await made.translate([text], from, 'en', { insist: true })).texts[0]?.slice();
}

/** Every answer, or `down` for those that are not there in time; they still arrive in the cache. */
async function inTime(clock: Clock, waiting: ReadonlyMap<string, Promise<Answer>>): Promise<Map<string, Answer>> {
  if (waiting.size === 0) return new Map();
  const { promise: late, resolve } = Promise.withResolvers<Answer>();
  const cancel = clock.after(patience, () => resolve({ kind: 'down' }));
  const answers = await Promise.all(
    [...waiting].map(async ([name, answer]) => [name, await Promise.race([answer, late])] as const),
  );
  cancel();
  return new Map(answers);
}

function isTrouble(answer: Answer): answer is Trouble {
  return 'kind' in answer;
}

function isDown(settled: PromiseSettledResult<Answer>): boolean {
  return settled.status === 'rejected' || (isTrouble(settled.value) && settled.value.kind === 'down');
}

/** Runs so much at once; the rest waits its turn. */
function atMost(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running === most) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
