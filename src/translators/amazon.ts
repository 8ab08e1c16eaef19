// The Translator port on Amazon Translate. What must survive goes as spans that are not translated, and is looked for after.
import { TranslateClient, TranslateTextCommand } from '@aws-sdk/client-translate';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { awsError } from '../aws-errors.ts';
import type { Segment, Translator } from '../core/ports.ts';
import { fromMarkup, toMarkup } from './markup.ts';

/** IAM actions it calls. The source language is always passed: `auto` would take comprehend:DetectDominantLanguage. */
export const permissions: readonly string[] = ['translate:TranslateText'];

/** https://docs.aws.amazon.com/translate/latest/dg/what-is-limits.html */
const longestBytes = 10_000;
/** This text will never do; others may. */
const refused = new Set(['TextSizeLimitExceededException', 'UnsupportedLanguagePairException']);

/** A translator in a region. Texts over Translate's 10,000 bytes, with their tags, come back as nothing. */
export function amazon(options: { region: string }): Translator {
  const requestHandler = new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout: 2500 });
  const client = new TranslateClient({ region: options.region, requestHandler, maxAttempts: 2 });

  return {
    async translate(text, from, to): Promise<Segment[] | undefined> {
      const markup = toMarkup(text);
      if (Buffer.byteLength(markup) > longestBytes) return undefined;
      const command = new TranslateTextCommand({ Text: markup, SourceLanguageCode: from, TargetLanguageCode: to });
      try {
        const { TranslatedText } = await client.send(command);
        // Number words may come back as digits; digits never go.
        return TranslatedText === undefined
          ? undefined
          : fromMarkup(TranslatedText, text, { moreNumbers: to === 'en' });
      } catch (error) {
        if (error instanceof Error && refused.has(error.name)) return undefined;
        throw awsError({ platform: 'translate', operation: 'TranslateText', write: false }, error);
      }
    },
  };
}
