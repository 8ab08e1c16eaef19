// The intents and slots of a locale. https://docs.aws.amazon.com/lexv2/latest/dg/how-it-works.html
import { messagesOf, nameOf, retriesOf, utterancesOf, type Import } from './lex-files.ts';
import type { LexIntent, LexSlot } from './lex-types.ts';
import { isParams, items, number, text, type Params } from './params.ts';

const builtIn =
  /^AMAZON\.(AlphaNumeric|City|Confirmation|Country|Currency|Date|Duration|EmailAddress|FirstName|FreeFormInput|LastName|Number|Percentage|PhoneNumber|State|StreetName|Time)$/u;

/** Every intent under the folder; exactly one is the fallback. `types`: the custom slot types there are. */
export function readIntents(from: Import, folder: string, types: Set<string>, most: number): LexIntent[] {
  const names = from.folders(folder);
  if (names.length > most) from.say(folder, `${names.length} intents, ${most} are allowed`);
  const intents = names.map((it) => readIntent(from, `${folder}/${it}`, it, types));
  if (intents.filter((it) => it.fallback).length !== 1) {
    from.say(folder, 'exactly one intent must have parentIntentSignature AMAZON.FallbackIntent');
  }
  const owners = new Map<string, string>();
  for (const { name, utterances } of intents) {
    for (const said of utterances.map((it) => it.trim().toLowerCase())) {
      const owner = owners.get(said) ?? name;
      if (owner !== name) from.say(`${folder}/${name}`, `utterance ${JSON.stringify(said)} is ${owner}'s too`);
      owners.set(said, owner);
    }
  }
  return intents;
}

function readIntent(from: Import, folder: string, name: string, types: Set<string>): LexIntent {
  const path = `${folder}/Intent.json`;
  const file = from.read(path) ?? {};
  nameOf(from, path, file, name);
  const fallback = text(file, 'parentIntentSignature') === 'AMAZON.FallbackIntent';
  const utterances = utterancesOf(from, path, file, 1500);
  const slots = from.folders(`${folder}/Slots`).map((it) => readSlot(from, `${folder}/Slots/${it}`, it, types));
  if (fallback && utterances.length + slots.length > 0) from.say(path, 'a fallback has no utterances and no slots');
  if (slots.length > 100) from.say(path, `${slots.length} slots, 100 are allowed`);
  checkReferences(from, path, utterances, slots);
  const confirm = confirmationOf(from, path, file);
  const closing = isParams(file['intentClosingSetting']) ? file['intentClosingSetting']['closingResponse'] : undefined;
  return {
    name,
    fallback,
    utterances,
    slots: byPriority(from, path, file, slots),
    ...(confirm ? { confirm } : {}),
    closing: messagesOf(from, path, closing),
  };
}

function checkReferences(from: Import, path: string, utterances: string[], slots: LexSlot[]): void {
  const known = new Set(slots.map((it) => it.name));
  const free = new Set(slots.filter((it) => it.type === 'AMAZON.FreeFormInput').map((it) => it.name));
  for (const said of utterances) {
    const named = [...said.matchAll(/\{([^{}]*)\}/gu)].map((it) => it[1] ?? '');
    const bare = said.replaceAll(/\{[^{}]*\}/gu, '');
    if (/[{}]/u.test(bare)) from.say(path, `utterance ${JSON.stringify(said)} has a brace without its other`);
    for (const slot of named) {
      if (!known.has(slot)) from.say(path, `utterance ${JSON.stringify(said)} names no slot ${slot}`);
      if (free.has(slot)) from.say(path, `AMAZON.FreeFormInput ${slot} cannot be in an utterance`);
    }
  }
}

function byPriority(from: Import, path: string, file: Params, slots: LexSlot[]): LexSlot[] {
  const given = items(file, 'slotPriorities').map((it) => ({
    name: text(it, 'slotName') ?? '',
    priority: number(it, 'priority') ?? -1,
  }));
  if (new Set(given.map((it) => it.priority)).size < given.length) from.say(path, 'slotPriorities has a number twice');
  for (const { name } of given) {
    if (!slots.some((it) => it.name === name)) from.say(path, `slotPriorities names no slot ${name}`);
  }
  const rank = (slot: LexSlot) => given.find((it) => it.name === slot.name)?.priority ?? Number.MAX_SAFE_INTEGER;
  return slots.toSorted((a, b) => rank(a) - rank(b));
}

function confirmationOf(from: Import, path: string, file: Params): LexIntent['confirm'] {
  const setting = file['intentConfirmationSetting'];
  if (!isParams(setting)) return undefined;
  const prompt = setting['promptSpecification'];
  const found = {
    prompt: messagesOf(from, path, prompt),
    retries: retriesOf(from, path, prompt),
    declined: messagesOf(from, path, setting['declinationResponse']),
  };
  return setting['isActive'] === false ? undefined : found;
}

function readSlot(from: Import, folder: string, name: string, types: Set<string>): LexSlot {
  const path = `${folder}/Slot.json`;
  const file = from.read(path) ?? {};
  nameOf(from, path, file, name);
  const type = text(file, 'slotTypeName') ?? '';
  if (!builtIn.test(type) && !types.has(type)) from.say(path, `there is no slot type ${JSON.stringify(type)}`);
  const setting = isParams(file['valueElicitationSetting']) ? file['valueElicitationSetting'] : {};
  const constraint = text(setting, 'slotConstraint');
  if (constraint !== 'Required' && constraint !== 'Optional') {
    from.say(path, 'valueElicitationSetting.slotConstraint must be Required or Optional');
  }
  const asked = setting['promptSpecification'];
  if (constraint === 'Required' && !isParams(asked)) from.say(path, 'a required slot needs a promptSpecification');
  return {
    name,
    type,
    required: constraint === 'Required',
    prompt: messagesOf(from, path, asked),
    retries: isParams(asked) ? retriesOf(from, path, asked) : 0,
    utterances: utterancesOf(from, path, setting, 10),
  };
}
