import { loadIntents } from '../../intents/index.ts';
import { embedded } from '../../src/nlu/embedded.ts';
import { testClock } from '../clock.ts';
import { recognizerContract } from '../contracts/recognizer.ts';
import { driver, serveLex } from './simulated-lex.ts';

recognizerContract('embedded', () => ({ recognizer: embedded({ intents: loadIntents() }) }));

recognizerContract('lex', async () => {
  const aws = await serveLex();
  return { recognizer: driver({ clock: testClock() }).recognizer, close: () => aws.close() };
});
