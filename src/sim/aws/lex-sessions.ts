// Sessions of a bot's alias: found, checked, kept for the idle time, one call at a time.
import { awsError, type AwsError } from './errors.ts';
import type { IntentState, LexBot, LexLocale, LexSession, Slots } from './lex-types.ts';
import { isParams, text, type Params } from './params.ts';
import type { Context } from './route.ts';

/** Of text conversations; https://docs.aws.amazon.com/lexv2/latest/dg/quotas.html */
const concurrent = { alias: 50, testAlias: 2 };

export type Asked = { bot: LexBot; locale: LexLocale; key: string; sessionId: string };

export function invalid(message: string): AwsError {
  return awsError('ValidationException', message);
}

/** The bot, locale and session of a path, or the error for what does not exist. */
export function locate(params: Params, { world }: Context): Asked {
  const named = (name: string) => text(params, name) ?? '';
  const [botId, aliasId, localeId, sessionId] = ['botId', 'botAliasId', 'localeId', 'sessionId'].map(named);
  if (!/^[0-9a-zA-Z._:-]{2,100}$/u.test(sessionId ?? '')) {
    throw invalid(`Value '${sessionId}' at 'sessionId' failed to satisfy constraint: [0-9a-zA-Z._:-]+, 2 to 100`);
  }
  const bot = world.lex.bots.find((it) => it.botId === botId);
  if (!bot) throw awsError('ResourceNotFoundException', `Bot ${botId} does not exist.`, 404);
  if (bot.aliasId !== aliasId) {
    throw awsError('ResourceNotFoundException', `Bot alias ${aliasId} of bot ${botId} does not exist.`, 404);
  }
  const locale = bot.locales.find((it) => it.id === localeId);
  if (!locale) throw awsError('ResourceNotFoundException', `Locale ${localeId} of bot ${botId} does not exist.`, 404);
  return { bot, locale, key: [botId, aliasId, localeId, sessionId].join('/'), sessionId: sessionId ?? '' };
}

/** Occupies the session until the answer has left; 409 when it is, 429 when the alias is at its limit. */
export function occupy({ bot, key }: Asked, { world, answered }: Context): void {
  const { busy } = world.lex;
  if (busy.has(key)) {
    throw awsError('ConflictException', 'Another request of this session is being processed.', 409);
  }
  const [botId, aliasId] = key.split('/');
  const sameAlias = [...busy].filter((it) => it.startsWith(`${botId}/${aliasId}/`)).length;
  const most = bot.aliasId === 'TSTALIASID' ? concurrent.testAlias : concurrent.alias;
  if (sameAlias >= most) throw awsError('ThrottlingException', 'Rate exceeded', 429);
  busy.add(key);
  answered(() => busy.delete(key));
}

/** The session as far as it is not idle for too long. */
export function stored({ bot, key }: Asked, { world }: Context): LexSession | undefined {
  const { sessions } = world.lex;
  const session = sessions.get(key);
  const over = session && world.timeline.now() - session.at > bot.idleSeconds * 1000;
  if (over) sessions.delete(key);
  return over ? undefined : session;
}

/** The stored session, or a new one; kept from now on. One whose dialog is closed starts over with its attributes. */
export function opened(asked: Asked, context: Context): LexSession {
  const { world, requestId } = context;
  const old = stored(asked, context);
  const goesOn = old && old.dialogAction?.type !== 'Close';
  const fresh = { missed: 0, originatingRequestId: requestId, messages: [], interpretations: [] };
  const session: LexSession = goesOn ? old : { ...fresh, key: asked.key, at: 0, attributes: old?.attributes ?? {} };
  session.at = world.timeline.now();
  world.lex.sessions.set(asked.key, session);
  return session;
}

const actions = ['Close', 'ConfirmIntent', 'Delegate', 'ElicitIntent', 'ElicitSlot', 'None'];

/** Puts a request's `sessionState` in place of what the session holds. */
export function applyState(session: LexSession, locale: LexLocale, given: Params): void {
  const intent = isParams(given['intent']) ? intentOf(given['intent'], locale) : undefined;
  const action = isParams(given['dialogAction']) ? given['dialogAction'] : undefined;
  const type = action ? (text(action, 'type') ?? '') : undefined;
  const slotToElicit = action ? text(action, 'slotToElicit') : undefined;
  if (type !== undefined && !actions.includes(type))
    throw invalid(`dialogAction.type must be one of ${actions.join(', ')}`);
  const name = intent?.name ?? session.intent?.name;
  const known = locale.intents.find((it) => it.name === name);
  if (type === 'ElicitSlot' && !known?.slots.some((it) => it.name === slotToElicit)) {
    throw invalid(`Slot ${slotToElicit} is not a slot of intent ${name}.`);
  }
  if (type === 'ConfirmIntent' && !known) throw invalid('ConfirmIntent needs an intent.');
  if (intent) session.intent = intent;
  if (type !== undefined) session.dialogAction = { type, ...(slotToElicit === undefined ? {} : { slotToElicit }) };
  if (intent || type !== undefined) session.missed = 0;
  const attributes = given['sessionAttributes'];
  if (isParams(attributes)) {
    session.attributes = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)]));
  }
  if (given['activeContexts'] !== undefined) session.contexts = given['activeContexts'];
  session.originatingRequestId = text(given, 'originatingRequestId') ?? session.originatingRequestId;
}

function intentOf(given: Params, locale: LexLocale): IntentState {
  const name = text(given, 'name') ?? '';
  const known = locale.intents.find((it) => it.name === name);
  if (!known) throw invalid(`Intent ${name} is not an intent of the locale.`);
  const entries = isParams(given['slots']) ? Object.entries(given['slots']) : [];
  const empty: Slots = Object.fromEntries(known.slots.map((it) => [it.name, null]));
  const slots = entries.map(([slot, held]) => {
    if (!Object.hasOwn(empty, slot)) throw invalid(`Slot ${slot} is not a slot of intent ${name}.`);
    const value = isParams(held) && isParams(held['value']) ? held['value'] : undefined;
    const interpretedValue = value && text(value, 'interpretedValue');
    if (!interpretedValue) return [slot, null];
    const resolved = Array.isArray(value['resolvedValues']) ? value['resolvedValues'].map(String) : [];
    const originalValue = text(value, 'originalValue') ?? interpretedValue;
    return [slot, { value: { originalValue, interpretedValue, resolvedValues: resolved } }];
  });
  return {
    name,
    slots: { ...empty, ...Object.fromEntries(slots) },
    state: text(given, 'state') ?? 'InProgress',
    confirmationState: text(given, 'confirmationState') ?? 'None',
  };
}
