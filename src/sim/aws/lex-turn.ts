// One turn of a Lex V2 dialog in its default flow: recognize, fill slots, ask, confirm, close.
// https://docs.aws.amazon.com/lexv2/latest/dg/using-conversations.html
import { classify, type Ranked } from './lex-classify.ts';
import { fill, fitsOf, type Place } from './lex-fill.ts';
import { resolve } from './lex-resolve.ts';
import type { IntentState, LexIntent, LexSession, LexSlot } from './lex-types.ts';
import { wordsOf } from './lex-words.ts';
import type { Params } from './params.ts';

/** From here on a sentence is another wish, not the answer that was asked for. */
const clear = 0.65;
const most = 5;

type Turn = Place & { session: LexSession; text: string; ranked: Ranked[] };

/** Takes a text into the session: its intent, dialog action, messages and interpretations are those of the answer. */
export function takeText(place: Place, session: LexSession, text: string): void {
  const { intents } = place.locale;
  const ranked = classify(place.locale, text, (name) => {
    const intent = intents.find((it) => it.name === name);
    return intent ? fitsOf(place, intent) : () => undefined;
  });
  const turn = { ...place, session, text, ranked };
  const current = intents.find((it) => it.name === session.intent?.name);
  const { dialogAction } = session;
  const slot = current?.slots.find((it) => it.name === dialogAction?.slotToElicit);
  session.messages = [];
  if (current && slot && dialogAction?.type === 'ElicitSlot') return answerSlot(turn, current, slot);
  if (current && dialogAction?.type === 'ConfirmIntent') return answerConfirmation(turn, current);
  recognize(turn);
}

function recognize(turn: Turn): void {
  const { locale, ranked } = turn;
  const [best] = ranked;
  const intent = locale.intents.find((it) => it.name === best?.intent);
  if (!best || !intent || best.score < locale.threshold) return fallBack(turn);
  enter(turn, intent, best);
}

function enter(turn: Turn, intent: LexIntent, best: Ranked): void {
  const { session, text } = turn;
  const slots = fill(turn, intent, best, text);
  session.intent = { name: intent.name, slots, state: 'InProgress', confirmationState: 'None' };
  session.missed = 0;
  goOn(session, intent);
  interpret(turn, best.score);
}

function answerSlot(turn: Turn, intent: LexIntent, slot: LexSlot): void {
  const { session, text, ranked, locale } = turn;
  const { intent: state } = session;
  const found = resolve(turn, slot, text, true);
  const whole = found?.sure === true && found.slot.value.originalValue.length * 2 >= text.trim().length;
  const [best] = ranked;
  const wish = best && best.score >= Math.max(clear, locale.threshold) ? best : undefined;
  if (!whole && wish && wish.intent !== intent.name) return recognize(turn);
  const said = wish && !whole ? fill(turn, intent, wish, text) : {};
  const value = said[slot.name] ?? found?.slot;
  if (!state || !value) return miss(turn, slot.retries, slot.prompt);
  const others = Object.fromEntries(Object.entries(said).filter(([, it]) => it !== null));
  state.slots = { ...state.slots, ...others, [slot.name]: value };
  session.missed = 0;
  goOn(session, intent);
  interpret(turn, found?.sure ? 1 : 0.98);
}

function answerConfirmation(turn: Turn, intent: LexIntent): void {
  const { session, text, ranked, locale } = turn;
  const { yes, no } = wordsOf(locale.id);
  const said = text.trim().replace(/[\s.!?。！？]+$/u, '');
  const agreed = yes.test(said);
  if (session.intent && (agreed || no.test(said))) {
    session.intent.confirmationState = agreed ? 'Confirmed' : 'Denied';
    goOn(session, intent);
    return interpret(turn, 1);
  }
  if ((ranked[0]?.score ?? 0) >= Math.max(clear, locale.threshold)) return recognize(turn);
  miss(turn, intent.confirm?.retries ?? 0, intent.confirm?.prompt ?? []);
}

/** The question again, as often as it may be asked; then the fallback intent. */
function miss(turn: Turn, retries: number, prompt: string[]): void {
  const { session } = turn;
  session.missed += 1;
  if (session.missed > retries) return fallBack(turn);
  session.messages = messages(prompt, session.intent);
  interpret(turn, undefined);
}

function fallBack(turn: Turn): void {
  const { session, locale } = turn;
  const fallback = locale.intents.find((it) => it.fallback);
  const name = fallback?.name ?? 'FallbackIntent';
  session.intent = { name, slots: {}, state: 'ReadyForFulfillment', confirmationState: 'None' };
  session.dialogAction = { type: 'Close' };
  session.missed = 0;
  session.messages = messages(fallback?.closing ?? [], session.intent);
  interpret(turn, undefined);
}

/** What comes next once a slot or a confirmation changed: the next required slot, the confirmation, the end. */
export function goOn(session: LexSession, intent: LexIntent): void {
  const { intent: state } = session;
  if (!state) return;
  const missing = intent.slots.find((it) => it.required && !state.slots[it.name]);
  const next = (dialogAction: LexSession['dialogAction'] & {}, stateNow: string, said: string[]) => {
    session.dialogAction = dialogAction;
    state.state = stateNow;
    session.messages = messages(said, state);
  };
  if (missing) return next({ type: 'ElicitSlot', slotToElicit: missing.name }, 'InProgress', missing.prompt);
  if (intent.confirm && state.confirmationState === 'Denied')
    return next({ type: 'Close' }, 'Failed', intent.confirm.declined);
  if (intent.confirm && state.confirmationState === 'None')
    return next({ type: 'ConfirmIntent' }, 'InProgress', intent.confirm.prompt);
  next({ type: 'Close' }, 'ReadyForFulfillment', intent.closing);
}

/** Messages of the bot with the values of slots in them. */
export function messages(said: readonly string[], state: IntentState | undefined): Params[] {
  const filled = (name: string) => state?.slots[name]?.value.interpretedValue;
  return said.map((it) => ({
    content: it.replaceAll(/\{(\w+)\}/gu, (all, name: string) => filled(name) ?? all),
    contentType: 'PlainText',
  }));
}

/** Best first, at most five; the fallback intent without a score comes first or right after the best. */
function interpret({ session, locale, ranked }: Turn, score: number | undefined): void {
  const { intent } = session;
  const fallback = locale.intents.find((it) => it.fallback)?.name;
  const source = { interpretationSource: 'Lex' };
  const others = ranked
    .filter((it) => it.intent !== intent?.name && it.score >= 0.1)
    .map((it) => ({ ...source, intent: { name: it.intent, slots: {} }, nluConfidence: { score: rounded(it.score) } }));
  const second = intent?.name === fallback ? [] : [{ ...source, intent: { name: fallback, slots: {} } }];
  const nluConfidence = score === undefined ? undefined : { score: rounded(score) };
  session.interpretations = [{ ...source, intent, nluConfidence }, ...second, ...others].slice(0, most);
}

function rounded(score: number): number {
  return Math.round(score * 100) / 100;
}
