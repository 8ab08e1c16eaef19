// Amazon Translate: text of one language into another. https://docs.aws.amazon.com/translate/latest/APIReference/API_TranslateText.html
import { denied } from './ecs-changes.ts';
import { awsError } from './errors.ts';
import { isParams, text, texts, type Params } from './params.ts';
import type { Context, Route, Service } from './route.ts';
import { translated } from './translate-html.ts';
import { formal, languages } from './translate-types.ts';

const limit = 10_000;

const translateText: Route = (params, context) => {
  const said = text(params, 'Text');
  const [source, target] = [text(params, 'SourceLanguageCode'), text(params, 'TargetLanguageCode')];
  if (said === undefined || source === undefined || target === undefined) {
    throw awsError('InvalidRequestException', 'Text, SourceLanguageCode and TargetLanguageCode are required.');
  }
  const bytes = Buffer.byteLength(said);
  if (bytes > limit) {
    const words = `Input text size exceeds limit. Max length of request text allowed is ${limit} bytes while in this request the text size is ${bytes} bytes`;
    throw awsError('TextSizeLimitExceededException', words);
  }
  const settings = settingsOf(params, target);
  const [terminology] = texts(params, 'TerminologyNames') ?? [];
  if (terminology !== undefined) {
    throw awsError('ResourceNotFoundException', `The resource with name ${terminology} could not be found.`);
  }
  const from = source === 'auto' ? detected(said) : source;
  if (!languages.includes(from) || !languages.includes(target)) {
    const pair = { SourceLanguageCode: from, TargetLanguageCode: target };
    throw awsError('UnsupportedLanguagePairException', `Unsupported language pair: ${from} to ${target}.`, 400, pair);
  }
  if (from !== target) countIn(context, `${from}-${target}`, said);
  return {
    TranslatedText: from === target ? said : translated(said, from, target, context.quirk),
    SourceLanguageCode: from,
    TargetLanguageCode: target,
    ...(settings ? { AppliedSettings: settings } : {}),
  };
};

function countIn({ world }: Context, pair: string, said: string): void {
  const { total, pairs } = world.translations;
  const held = (pairs[pair] ??= { requests: 0, characters: 0 });
  for (const one of [total, held]) {
    one.requests += 1;
    one.characters += Array.from(said).length;
  }
}

const choices = { Formality: ['FORMAL', 'INFORMAL'], Profanity: ['MASK'], Brevity: ['ON'] } as const;

/** The settings that are applied: formality only where the language has it. They change nothing here. */
function settingsOf(params: Params, target: string): Params | undefined {
  const given = isParams(params['Settings']) ? params['Settings'] : {};
  for (const [name, allowed] of Object.entries(choices)) {
    const value = given[name];
    if (value !== undefined && !allowed.some((it) => it === value)) {
      throw awsError('InvalidRequestException', `${name} must be one of ${allowed.join(', ')}.`);
    }
  }
  const { Formality, Profanity, Brevity } = given;
  const applied = { Formality: formal.includes(target) ? Formality : undefined, Profanity, Brevity };
  return Object.values(applied).some((it) => it !== undefined) ? applied : undefined;
}

const scripts: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Hangul}/u, 'ko'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]/iu, 'vi'],
];

/** The language of a script; Latin letters without those of Vietnamese are refused as uncertain. */
function detected(said: string): string {
  const found = scripts.find(([script]) => script.test(said))?.[1];
  if (found !== undefined) return found;
  const words = 'The confidence score of the detected source language is low. Specify the source language code.';
  throw awsError('DetectedLanguageLowConfidenceException', words, 400, { DetectedLanguageCode: 'en' });
}

export const translate: Service = {
  id: 'translate',
  signing: 'translate',
  wire: { protocol: 'json', version: '1.1', target: 'AWSShineFrontendService_20170701', message: 'Message' },
  routes: { TranslateText: translateText },
  fault(kind, operation, { caller }) {
    if (kind === 'throttle') return awsError('ThrottlingException', 'Rate exceeded');
    if (kind === 'error') return awsError('InternalServerException', 'An internal server error occurred.', 500);
    return awsError('AccessDeniedException', denied(caller, `translate:${operation}`));
  },
};
