// From what was read to one complete command, or to the question that gets there. Suggests freely, acts never.
import { catalog, missing, type Command, type Intent, type Locale, type Slot } from '../../intents/catalog.ts';
import { languageCode, languageName } from '../../intents/languages.ts';
import { city, fill, plain, run, sentence, where } from './cards.ts';
import { everything, stagePhrase } from './freeze-cards.ts';
import { stagesOf } from './freezes.ts';
import type { Reading, Target } from './ports.ts';
import { newId } from './plan.ts';
import { hour, keys, type Awaited, type Dialog, type Lead, type Recent, type Thread } from './records.ts';
import { say, type Action, type Phrase, type Reply } from './reply.ts';
import type { Request } from './request.ts';
import type { World } from './world.ts';

const enough = 0.4;
const waits = hour / 2;

/** A command with its target, or what to ask or say first. */
export type Resolved =
  | { command: Command; target?: Target; notes: Phrase[]; undoes?: string; lead?: Lead }
  | { reply: Reply };

/** What a reading asks for, completed from the thread; a reply where a person must say more. */
export async function fromReading(world: World, reading: Reading, request: Request): Promise<Resolved> {
  const { intent, slots } = reading;
  if (reading.unread !== undefined) return { reply: unread(world, reading.unread, reading.locale) };
  if (!intent && reading.held)
    return { reply: sentence(say(`held.${reading.held}`), { more: [say('nothing.changed')] }) };
  if (!intent || reading.confidence < enough) return { reply: notUnderstood(reading) };
  const notes: Phrase[] = [];
  if (reading.held) notes.push(say(`held.${reading.held}`));
  for (const { slot, said } of reading.understood ?? [])
    notes.push(say('understood.as', { said, value: String(slots[slot]) }));
  if (reading.also) notes.push(say('also', { intent: say(`intent.${reading.also}`) }));
  if (reading.conflict?.[0] === 'time') return { reply: sentence(say('refuse.schedule-what'), { sign: 'ask' }) };
  if (reading.conflict && reading.conflict.length > 0) {
    return { reply: sentence(say('ask.conflict', { slot: say(`slot.${reading.conflict[0]!}`) }), { sign: 'ask' }) };
  }
  if (reading.unknownTarget !== undefined && slots.target === undefined) {
    return { reply: await didYouMean(world, { intent, slots }, reading.unknownTarget) };
  }
  return complete(world, { intent, slots }, request, reading.locale, notes);
}

/** Finds the target and what is missing of a command that is meant; remembers the target for the thread. */
export async function complete(
  world: World,
  asked: Command,
  request: Request,
  locale: Locale,
  notes: Phrase[] = [],
): Promise<Resolved> {
  let command = asked;
  const thread = keys.thread(request.place);
  if (command.slots.target === undefined && needsTarget(command.intent)) {
    const last = (await world.store.get<Thread>(thread))?.value.target;
    if (last && (request.place.thread || request.place.direct)) {
      command = fill(command, { target: last });
      notes.push(say('assumed'));
    }
  }
  let target: Target | undefined;
  if (command.slots.target !== undefined) {
    const found = await world.inventory.find(command.slots.target);
    if (found.length === 0) return { reply: await didYouMean(world, command, command.slots.target) };
    const fitting = meant(command, found);
    if (fitting.length > 1) return { reply: await ask(world, command, 'target', request, locale, fitting) };
    target = fitting[0]!;
    const spoken = (await world.store.get<Thread>(thread))?.value.locale ?? locale;
    await world.store.put<Thread>(
      thread,
      { kind: 'thread', schema: 1, target: target.key, locale: spoken },
      { expires: world.clock.now() + 24 * hour },
    );
    await remember(world, request.by, target);
  }
  const need = missing(command);
  // Nobody is asked for more of what they may not do.
  if (need) await world.policy.allow(request.by, catalog[command.intent].right, target);
  if (need) return { reply: await ask(world, command, need[0]!, request, locale, undefined, target) };
  return target ? { command, target, notes } : { command, notes };
}

/** A promotion names where to: of several targets the one of that stage is meant. */
function meant({ intent, slots }: Command, found: Target[]): Target[] {
  if (intent !== 'Promote' || found.length < 2) return found;
  const there = found.filter(({ stage }) => stage === (slots.filter ?? 'prod'));
  return there.length === 1 ? there : found;
}

function needsTarget(intent: Intent): boolean {
  return (catalog[intent].required as readonly unknown[]).includes('target');
}

/** Asks for one slot, with answers to pick, and keeps the question until it is answered. */
async function ask(
  world: World,
  command: Command,
  slot: Slot,
  request: Request,
  locale: Locale,
  among?: readonly Target[],
  target?: Target,
): Promise<Reply> {
  const id = newId('dlg');
  const dialog: Dialog = { kind: 'dialog', schema: 1, by: request.by, command, slot, picks: {}, locale };
  const options = await choices(world, dialog, request, among, target);
  const expires = world.clock.now() + waits;
  await world.store.put(keys.dialog(id), dialog, { expires });
  await world.store.put<Awaited>(
    keys.awaiting(request.place, request.by),
    { kind: 'awaited', schema: 1, dialog: id },
    { expires },
  );
  const what = say(`intent.${command.intent}`);
  const name = target?.name ?? '';
  const key = among && among.length > 1 && slot === 'target' ? 'ask.which' : (`ask.${slot}` as const);
  return sentence(say(key, { intent: what, target: name }), {
    sign: 'ask',
    actions: menu(id, options),
    foot: [say('ask.reply')],
  });
}

type Choice = { pick: string; label: Phrase; note?: Phrase };

function menu(id: string, options: Choice[]): Action[] {
  const click = (choice: Choice) => ({ dialog: id, pick: choice.pick });
  const rest = options.slice(3, 103).map((choice) => ({ ...choice, click: click(choice) }));
  const buttons = options
    .slice(0, 3)
    .map((choice): Action => ({ kind: 'button', label: choice.label, click: click(choice) }));
  return rest.length > 0 ? [...buttons, { kind: 'menu', placeholder: say('menu.choose'), options: rest }] : buttons;
}

/** What a slot could be, best first; fills the dialog's picks. */
async function choices(
  world: World,
  dialog: Dialog,
  request: Request,
  among?: readonly Target[],
  target?: Target,
): Promise<Choice[]> {
  if (dialog.slot === 'target') {
    const targets = among ?? (await recentFirst(world, request.by));
    return targets.slice(0, 100).map((one, index) => {
      dialog.picks[String(index)] = one.key;
      const alone = targets.filter((other) => other.name === one.name).length === 1;
      const label = alone
        ? plain(one.name)
        : say('choice.in', { name: one.name, group: one.group, city: city(one.region) });
      return { pick: String(index), label, note: where(one) };
    });
  }
  if (dialog.slot === 'filter') {
    return [...(await stagesOf(world)), everything].map((stage) => {
      dialog.picks[stage] = stage;
      return { pick: stage, label: stagePhrase(stage) };
    });
  }
  if (dialog.slot === 'version' && target) {
    const found = (await world.inventory.platform(target).versions?.(target)) ?? [];
    return found
      .filter((version) => version.state === 'available')
      .map((version, index) => {
        dialog.picks[String(index)] = version.label;
        return { pick: String(index), label: plain(version.label) };
      });
  }
  return [];
}

async function recentFirst(world: World, by: string): Promise<Target[]> {
  const { targets } = await world.inventory.all();
  const recent = (await world.store.get<Recent>(keys.recent(by)))?.value.targets ?? [];
  const rank = (target: Target) => (recent.includes(target.key) ? recent.indexOf(target.key) : recent.length);
  return targets.toSorted((a, b) => rank(a) - rank(b));
}

async function remember(world: World, by: string, target: Target): Promise<void> {
  const old = (await world.store.get<Recent>(keys.recent(by)))?.value.targets ?? [];
  if (old[0] === target.key) return;
  const targets = [target.key, ...old.filter((key) => key !== target.key)].slice(0, 10);
  await world.store.put<Recent>(keys.recent(by), { kind: 'recent', schema: 1, targets });
}

async function didYouMean(world: World, command: Command, name: string): Promise<Reply> {
  const near = await world.inventory.near(name, 3);
  const actions = near.map((target): Action => ({
    kind: 'button',
    label: plain(target.name),
    click: { command: fill(command, { target: target.key }) },
    hint: where(target),
  }));
  const more = near.length > 0 ? [say('suggest.which', { intent: say(`intent.${command.intent}`) })] : [];
  const reply = sentence(say('suggest.unknown', { name: { code: name } }), {
    more,
    actions: [...actions, run('button.fleet', 'Fleet', {})],
  });
  return reply;
}

/** Text in a language that nobody here reads. */
function unread(world: World, language: string, locale: Locale): Reply {
  const languages = world.locales.map((it) => languageName(languageCode(it), locale)).join(', ');
  return sentence(say('fallback.language', { language: languageName(language, locale), languages }), {
    actions: [run('button.help', 'Help', {})],
  });
}

/** Up to three things it may have been; help where there is nothing to offer. */
function notUnderstood(reading: Reading): Reply {
  const first = reading.intent ? [{ intent: reading.intent, confidence: reading.confidence }] : [];
  const guesses = [...first, ...reading.guesses].filter((guess) => guess.confidence > 0.15).slice(0, 3);
  const actions = guesses.map((guess): Action => ({
    kind: 'button',
    label: say(`intent.${guess.intent}`),
    click: { command: { intent: guess.intent, slots: reading.slots } },
  }));
  if (actions.length === 0)
    return sentence(say('fallback'), { actions: [run('button.help', 'Help', {}), run('button.fleet', 'Fleet', {})] });
  return sentence(say('fallback.guess'), { sign: 'ask', actions: [...actions, run('button.help', 'Help', {})] });
}

/** The command a picked answer completes, or why it does not count: the question is gone, or somebody else's. */
export async function picked(
  world: World,
  id: string,
  pick: string,
  by: string,
): Promise<{ command: Command; locale: Locale } | { problem: Phrase }> {
  const found = (await world.store.get<Dialog>(keys.dialog(id)))?.value;
  if (!found) return { problem: say('late.question') };
  if (found.by !== by) return { problem: say('late.not-yours', { person: { person: found.by } }) };
  const value = Object.hasOwn(found.picks, pick) ? found.picks[pick] : undefined;
  if (value === undefined) return { problem: say('late.question') };
  return { command: fill(found.command, { [found.slot]: value }), locale: found.locale };
}
