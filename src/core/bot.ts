// The story of a request: taken in once, read, allowed, handled, answered.
import type { Command, Intent, Locale } from '../../intents/catalog.ts';
import { confirm } from './agree.ts';
import { answering } from './answering.ts';
import { noteRefusal } from './audit-plan.ts';
import { sentence } from './cards.ts';
import type { Handler } from './call.ts';
import { carrier } from './carry-out.ts';
import { complete, fromReading, picked } from './dialog.ts';
import { decisionOf, type Decision } from './decisions.ts';
import { Refusal, toReply } from './errors.ts';
import type { Reading } from './ports.ts';
import { lanes } from './lanes.ts';
import { destination } from './plan.ts';
import { planCard } from './plan-cards.ts';
import { day, keys, type Awaited, type Dialog, type Intake, type Plan } from './records.ts';
import { say, type Click, type Phrase, type Reply } from './reply.ts';
import type { Place, Request } from './request.ts';
import { callsReply } from './show-calls.ts';
import { tongue } from './tongue.ts';
import { askWhy, type NeedsWhy } from './why.ts';
import type { World } from './world.ts';

export type Bot = {
  /**
   * Takes a request before the edge acknowledges it: what was decided is recorded and its wake-up queued when this
   * resolves. Returns the rest of the work, to be run after the acknowledgement; nothing for a duplicate.
   * Throws when it could not be recorded: then the edge must not acknowledge.
   */
  accept(request: Request): Promise<(() => Promise<void>) | undefined>;
  /** The language somebody is answered in before their words are read. */
  language(asked: { by: string; place: Place }): Locale;
  /**
   * What a crash left unanswered, to be called before anything new is taken in; returns what answers it. Acts on none of
   * it. Unless this process is `alone` over its records, another may be at work on what is new.
   */
  recover(alone: boolean): Promise<() => Promise<void>>;
};

/** A bot over a world. `advance` takes a plan's next step. */
export function bot(options: {
  world: World;
  handlers: Readonly<Record<Intent, Handler>>;
  advance: (plan: string) => Promise<void>;
}): Bot {
  const { world, handlers, advance } = options;
  const inOrder = lanes();
  const tongues = tongue(world);
  const { tell, failure, guarded } = answering(world, tongues);
  const carryOut = carrier({ world, handlers, tongues, tell, failure });

  async function accept(given: Request) {
    const request: Request = { ...given, place: await withSharing(given.place) };
    const intake: Intake = {
      kind: 'intake',
      schema: 1,
      state: 'open',
      by: request.by,
      place: request.place,
      at: request.at,
      ...(request.language ? { locale: request.language } : {}),
    };
    const key = keys.intake(request.id);
    const rev = await world.store.put(key, intake, { ifRev: 0, expires: world.clock.now() + day });
    if (rev === undefined) return undefined;
    const decision = request.click && decisionOf(world, request, request.click);
    const rest = decision
      ? await settle(request, decision)
      : () => (request.click ? click(request, request.click) : answer(request));
    const done = () => world.store.put(key, { ...intake, state: 'done' }, { expires: world.clock.now() + day });
    // What was decided goes on by itself after a crash: nothing about it is to be sent again.
    if (decision) await done();
    const lane = `${request.place.channel}/${request.place.thread ?? request.by}`;
    return () =>
      inOrder(lane, async () => {
        await guarded(request, rest);
        await done();
      });
  }

  /** Commands and clicks do not say that a channel is shared outside; its messages do, and it is remembered. */
  async function withSharing(place: Place): Promise<Place> {
    if (place.direct) return place;
    const key = keys.shared(place.channel);
    if (place.shared) await world.store.put(key, { kind: 'shared', schema: 1 });
    return place.shared ? place : { ...place, shared: (await world.store.get(key)) !== undefined };
  }

  /** A look or the next plan, after the acknowledgement. */
  async function click(request: Request, given: Click): Promise<void> {
    if ('plan' in given && given.verb === 'calls') {
      return tell(request, await callsReply(world, given.plan, request.by), true, await tongues.ofReader(request));
    }
    if ('plan' in given) return readAloud(request, given.plan);
    if ('operation' in given) return undo(request, given.operation);
    if ('dialog' in given) {
      const answered = await picked(world, given.dialog, given.pick, request.by);
      if ('problem' in answered) return tell(request, sentence(answered.problem), true);
      const { command, locale } = answered;
      await carryOut(request, await complete(world, command, request, locale), locale);
      return;
    }
    if ('override' in given || 'lock' in given) return why(request, given);
    if (!('command' in given)) return;
    const isOriginal = 'original' in given;
    const locale = await tongues.of(request);
    const resolved = await complete(world, given.command, request, locale);
    const led =
      'register' in given && 'command' in resolved ? { ...resolved, lead: { register: true as const } } : resolved;
    await carryOut(request, led, isOriginal ? 'en-US' : locale, isOriginal);
  }

  /** What counts only with a reason asks for it first; who may not is told alone. */
  async function why(request: Request, given: NeedsWhy): Promise<void> {
    const locale = await tongues.of(request);
    const question = await askWhy(world, request, given, locale).catch(async (error: unknown) => {
      if (error instanceof Refusal) await noteRefusal(world, request, error, {});
      return failure(error, request);
    });
    await tell(request, question, question.actions !== undefined, locale);
  }

  async function undo(request: Request, operation: string): Promise<void> {
    const plan = (await world.store.get<Plan>(keys.plan(operation)))?.value;
    if (!plan) return tell(request, sentence(say('late.gone')), true);
    const command: Command = { intent: 'Undo', slots: { target: plan.target.key } };
    const locale = await tongues.of(request);
    const resolved = await complete(world, command, request, locale);
    await carryOut(request, 'reply' in resolved ? resolved : { ...resolved, undoes: plan.id }, locale);
  }

  /** The card of a plan as it stands, for one reader in their own language. */
  async function readAloud(request: Request, id: string): Promise<void> {
    const plan = (await world.store.get<Plan>(keys.plan(id)))?.value;
    if (!plan) return tell(request, sentence(say('late.gone')), true);
    const { actions: _, ...card } = planCard(plan);
    await tell(request, card, true, await tongues.ofReader(request));
  }

  /** Decisions are recorded here, before the acknowledgement. */
  async function settle(request: Request, { id, more = [], decide }: Decision): Promise<() => Promise<void>> {
    let problem: Phrase | undefined;
    try {
      problem = await decide();
    } catch (error) {
      // A refusal is an answer; anything else means it was not recorded, and then it is not acknowledged.
      if (!(error instanceof Refusal)) {
        await world.store.delete(keys.intake(request.id)).catch(() => false);
        throw error;
      }
      await noteRefusal(world, request, error, { plan: id });
      return () => tell(request, toReply(error, request.id), true);
    }
    if (problem && isForeign(problem)) await noteRefusal(world, request, problem, { plan: id });
    return problem
      ? () => tell(request, sentence(problem), true)
      : async () => void (await Promise.all([id, ...more].map((one) => advance(one))));
  }

  async function answer(request: Request): Promise<void> {
    if (request.command) {
      const locale = await tongues.of(request);
      await carryOut(request, await complete(world, request.command, request, locale), locale);
      return;
    }
    if (request.text === undefined) return;
    await world.policy.allow(request.by, 'everyone');
    const { targets } = await world.inventory.all();
    const named = await typedName(request, request.text);
    if (named) return;
    const waiting = await awaited(request);
    const zone = (await world.people.profile(request.by))?.zone;
    const reading = await world.reader.read(request.text, {
      ...(zone ? { zone } : {}),
      language: await tongues.of(request),
      targets: [...new Set(targets.map((target) => target.name))],
      ...(waiting ? { awaiting: { ...waiting.command, slot: waiting.slot } } : {}),
    });
    const joined = waiting && reading.intent === waiting.command.intent ? join(waiting, reading) : reading;
    world.log.info(
      {
        request: request.id,
        intent: reading.intent,
        confidence: reading.confidence,
        locale: reading.locale,
        held: reading.held,
      },
      'read',
    );
    const locale = (await tongues.chosen(request.by)) ?? reading.locale;
    tongues.heard(request.by, reading.locale);
    // Cancel drops the question itself, and says so.
    if (waiting && reading.intent !== 'Cancel') await world.store.delete(keys.awaiting(request.place, request.by));
    const resolved = await fromReading(world, { ...joined, locale }, request).catch((error: unknown) => ({
      reply: failure(error, request),
    }));
    const isAnswer = joined !== reading && waiting?.lead !== undefined && 'command' in resolved;
    const first = await carryOut(request, isAnswer ? { ...resolved, lead: waiting.lead } : resolved, locale);
    if (joined.others && 'command' in resolved)
      await alike(request, resolved.command, { first, names: joined.others, locale });
  }

  /** The same for the other targets that were named, a card each, and one button for all where nobody else is asked. */
  async function alike(
    request: Request,
    command: Command,
    { first, names, locale }: { first: Plan | undefined; names: readonly string[]; locale: Locale },
  ): Promise<void> {
    const plans = first ? [first] : [];
    for (const name of names.slice(0, most - 1)) {
      const asked = { intent: command.intent, slots: { ...command.slots, target: name } };
      const plan = await carryOut(request, await complete(world, asked, request, locale), locale);
      if (plan) plans.push(plan);
    }
    if (names.length >= most) await tell(request, sentence(say('several.too-many', { most })), false, locale);
    const alone = plans.filter(({ approval, danger }) => !approval && !danger);
    if (alone.length > 1) await tell(request, confirmAllCard(alone), false, locale);
  }

  async function awaited(request: Request): Promise<Dialog | undefined> {
    const dialog = (await world.store.get<Awaited>(keys.awaiting(request.place, request.by)))?.value.dialog;
    return dialog === undefined ? undefined : (await world.store.get<Dialog>(keys.dialog(dialog)))?.value;
  }

  /** Whether a dangerous plan waits for its target's name and the text is one word, the name or not. */
  async function typedName(request: Request, text: string): Promise<boolean> {
    const typed = text.trim();
    const plan = (await world.store.get<Awaited>(keys.awaiting(request.place, request.by)))?.value.plan;
    if (plan === undefined || /\s/u.test(typed)) return false;
    const again = await settle(request, { id: plan, decide: () => confirm(world, plan, request.by, { typed }) });
    await again();
    return true;
  }

  async function recover(alone: boolean): Promise<() => Promise<void>> {
    const left = (await world.store.list<Intake>('intake/')).filter(({ value }) => value.state === 'open');
    return async () => {
      for (const { key, value } of left) {
        const age = world.clock.now() - value.at;
        if (alone || age > atWork) await apologise(key);
        else world.clock.after(atWork - age, () => void apologise(key));
      }
    };
  }

  /** Says that a request was lost, once: who marks it done says it. */
  async function apologise(key: string): Promise<void> {
    try {
      const found = await world.store.get<Intake>(key);
      if (found?.value.state !== 'open') return;
      const { by, place, locale } = found.value;
      const done: Intake = { ...found.value, state: 'done' };
      const rev = await world.store.put(key, done, { ifRev: found.rev, expires: world.clock.now() + day });
      if (rev === undefined) return;
      const reply = sentence(say('restarted', { person: { person: by } }));
      await world.chat.post(
        destination({ by, place }, !world.policy.speaks(place)),
        reply,
        locale ?? world.defaultLocale,
      );
    } catch (error) {
      world.log.warn({ request: key, err: error }, 'a request left by a restart could not be answered');
    }
  }

  return { accept, recover, language: (asked) => tongues.now(asked) };
}

/** No request takes longer to be answered, ms. */
const atWork = 60_000;
/** More targets at once are a mistake, or want a filter. */
const most = 10;

function confirmAllCard(plans: readonly Plan[]): Reply {
  const click: Click = { plans: plans.map(({ id }) => id), verb: 'confirm' };
  const label = say('button.confirm-all', { count: plans.length });
  return sentence(say('several.all'), { sign: 'ask', actions: [{ kind: 'button', label, click, style: 'primary' }] });
}

/** The answer to a question, with what was said before it. What the question was about is only what is said now. */
function join({ command, slot }: Dialog, reading: Reading): Reading {
  const { [slot]: _asked, ...said } = command.slots;
  return { ...reading, slots: { ...said, ...reading.slots } };
}

/** An answer to somebody else's question. */
function isForeign({ say: key }: Phrase): boolean {
  return key === 'late.not-yours' || key === 'late.own' || key === 'late.not-approver';
}
