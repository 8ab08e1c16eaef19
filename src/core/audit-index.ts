// What is derived from the audit log, a moment behind it: where each id is, and the newest changes of each target.
import { canonical, headKey, linkKey, type Head, type Link } from './audit-chain.ts';
import { noView, viewKey, viewsOf, withEntry, type View } from './audit-views.ts';
import type { Store } from './ports.ts';

const idKey = (id: string): string => `audit-id/${id}`;

/** The index over a store; several processes may keep it. Everything up to the link under `headKey` is in it. */
export function auditIndex(store: Store) {
  /** Links that are not known to be in the index. */
  const fresh = new Map<number, Link>();
  let updating: Promise<void> | undefined;
  let isAgain = false;
  let upTo = 0;

  async function catchUp(): Promise<void> {
    if (fresh.size === 0) return;
    const found = await store.get<Head>(headKey);
    const links: Link[] = [];
    const from = (found?.value.seq ?? 0) + 1;
    const newest = [...fresh.keys()].reduce((a, b) => Math.max(a, b));
    for (let seq = from; seq <= newest; seq += 1) {
      const link = fresh.get(seq) ?? (await store.get<Link>(linkKey(seq)))?.value;
      if (link) links.push(link);
    }
    const last = links.at(-1);
    if (last) {
      await Promise.all([...ids(links), ...changed(links)].map((write) => write()));
      await move(last);
    }
    upTo = last?.seq ?? from - 1;
    for (const seq of fresh.keys()) if (seq <= upTo) fresh.delete(seq);
  }

  function ids(links: readonly Link[]): (() => Promise<unknown>)[] {
    return links.flatMap(({ seq, entries }) =>
      entries.map(
        ({ id }) =>
          () =>
            store.put(idKey(id), { kind: 'audit-id', schema: 1, seq }),
      ),
    );
  }

  function changed(links: readonly Link[]): (() => Promise<unknown>)[] {
    const targets = new Set(links.flatMap(({ entries }) => entries.flatMap(viewsOf)));
    return [...targets].map((target) => () => apply(target, links));
  }

  async function apply(target: string, links: readonly Link[]): Promise<void> {
    const found = await store.get<View>(viewKey(target));
    const before = found?.value ?? noView;
    const after = withLinks(before, target, links);
    if (after === before) return;
    const rev = await store.put(viewKey(target), after, { ifRev: found?.rev ?? 0 });
    if (rev === undefined) await apply(target, links);
  }

  /** Only after everything up to it is in the index, and never back. */
  async function move({ seq, hash }: Head): Promise<void> {
    const found = await store.get<Head>(headKey);
    if (found && found.value.seq >= seq) return;
    const head = { kind: 'audit-head', schema: 1, seq, hash };
    if ((await store.put(headKey, head, { ifRev: found?.rev ?? 0 })) === undefined) await move({ seq, hash });
  }

  return {
    /** A link that was read or written and may not be in the index yet. */
    add(link: Link): void {
      fresh.set(link.seq, link);
    },
    /** Brings the index up to the newest link that was added. */
    async update(): Promise<void> {
      isAgain = true;
      updating ??= (async () => {
        try {
          while (isAgain) {
            isAgain = false;
            await catchUp();
          }
        } finally {
          updating = undefined;
        }
      })();
      await updating;
    },
    /** The newest link that is in the index, as far as this process knows. */
    upTo: () => upTo,
    /** The link an id is in, where the index has it. */
    find: async (id: string): Promise<number | undefined> => (await store.get<{ seq: number }>(idKey(id)))?.value.seq,
    view: async (target?: string): Promise<View> => (await store.get<View>(viewKey(target)))?.value ?? noView,
    /** Makes the views anew from the links that `visit` is shown; `mend` writes those that were wrong at `head` and returns their keys. */
    check() {
      const views = new Map<string, View>();
      return {
        visit(link: Link): void {
          for (const target of new Set(link.entries.flatMap(viewsOf))) {
            const key = viewKey(target);
            views.set(key, withLinks(views.get(key) ?? noView, target, [link]));
          }
        },
        mend: (head: Head) => mend(store, views, head),
      };
    },
  };
}

function withLinks(before: View, target: string, links: readonly Link[]): View {
  return links
    .filter(({ seq }) => seq > before.seq)
    .flatMap(({ seq, entries }) => entries.map((entry) => ({ seq, entry })))
    .filter(({ entry }) => viewsOf(entry).includes(target))
    .reduce((view, { entry, seq }) => withEntry(view, entry, seq), before);
}

async function mend(store: Store, views: ReadonlyMap<string, View>, head: Head): Promise<string[]> {
  const newest = (await store.get<Head>(headKey))?.value.seq ?? 0;
  const found = new Map((await store.list<View>(viewKey(''))).map((one) => [one.key, one]));
  const mended: string[] = [];
  for (const key of new Set([...views.keys(), ...found.keys()])) {
    const right = views.get(key);
    const there = found.get(key);
    // Something newer came in while the log was being read.
    const isNewer = there !== undefined && there.value.seq > head.seq && there.value.seq <= newest;
    if (isNewer || canonical(there?.value) === canonical(right)) continue;
    mended.push(key);
    if (right) await store.put(key, right, { ifRev: there?.rev ?? 0 });
    else await store.delete(key, there?.rev);
  }
  return mended;
}
