// The custom slot types of a locale. https://docs.aws.amazon.com/lexv2/latest/dg/custom-slot-types.html
import { nameOf, type Import } from './lex-files.ts';
import type { LexSlotType } from './lex-types.ts';
import { isParams, items, text, type Params } from './params.ts';

/** Every slot type under the folder; at most `most`. */
export function readSlotTypes(from: Import, folder: string, most: number): LexSlotType[] {
  const names = from.folders(folder);
  if (names.length > most) from.say(folder, `${names.length} slot types, ${most} are allowed`);
  return names.map((it) => readSlotType(from, `${folder}/${it}/SlotType.json`, it));
}

function readSlotType(from: Import, path: string, folder: string): LexSlotType {
  const file = from.read(path) ?? {};
  const name = nameOf(from, path, file, folder);
  const setting = isParams(file['valueSelectionSetting']) ? file['valueSelectionSetting'] : {};
  const strategy = text(setting, 'resolutionStrategy');
  if (strategy !== 'ORIGINAL_VALUE' && strategy !== 'TOP_RESOLUTION') {
    from.say(path, 'valueSelectionSetting.resolutionStrategy must be ORIGINAL_VALUE or TOP_RESOLUTION');
  }
  const values = items(file, 'slotTypeValues').map(valueOf);
  if (values.length === 0 && !text(file, 'parentSlotTypeSignature')) from.say(path, 'has no slotTypeValues');
  const words = values.flatMap((it) => [it.value, ...it.synonyms]);
  if (words.length > 10_000) from.say(path, `${words.length} values and synonyms, 10000 are allowed`);
  if (words.some((it) => it.trim() === '' || it.length > 500)) from.say(path, 'a value must have 1 to 500 characters');
  const twice = values.filter((it, at) => values.findIndex(({ value }) => value === it.value) !== at);
  for (const { value } of twice) from.say(path, `value ${JSON.stringify(value)} is there twice`);
  return { name, restricted: strategy === 'TOP_RESOLUTION', values };
}

function valueOf(one: Params): { value: string; synonyms: string[] } {
  const sample = isParams(one['sampleValue']) ? one['sampleValue'] : {};
  return {
    value: text(sample, 'value') ?? '',
    synonyms: items(one, 'synonyms').map((it) => text(it, 'value') ?? ''),
  };
}
