// The product's own words for the tests of the Slack edge.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { words } from '../../src/core/words.ts';

function texts(locale: string): Record<string, string> {
  const file = new URL(`../../intents/${locale}/replies.yaml`, import.meta.url);
  return parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

export const ourWords = words({ 'en-US': texts('en-US'), 'ko-KR': texts('ko-KR') });
