// How the tests talk to the simulated Lex.
import { RecognizeTextCommand, type RecognizeTextCommandInput } from '@aws-sdk/client-lex-runtime-v2';
import { account, type Account } from './account.ts';
import { bot, ids } from './lex-bot.ts';

export const at = { ...ids, localeId: 'en_US', sessionId: 'T1:C1:U1:1700000000.000100' };
export const withBot = () => account({ lex: [bot()] });

export function say(on: Account, text: string, more: Partial<RecognizeTextCommandInput> = {}) {
  return on.lex.send(new RecognizeTextCommand({ ...at, text, ...more }));
}

export function asking(name: string, slotToElicit: string, slots: Record<string, string> = {}) {
  const filled = Object.entries(slots).map(([slot, value]) => [slot, { value: { interpretedValue: value } }]);
  const intent = { name, slots: Object.fromEntries(filled), state: 'InProgress' as const };
  return { sessionState: { dialogAction: { type: 'ElicitSlot' as const, slotToElicit }, intent } };
}
