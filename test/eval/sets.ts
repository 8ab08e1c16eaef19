// Public intent sets beside the published systems. The sets are not part of this repository: --data names a folder with them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classifier, type Row } from '../../src/nlu/classifier.ts';
import { normalise } from '../../src/nlu/features.ts';

type Pair = [text: string, intent: string];
type Clinc = Record<'train' | 'val' | 'test' | 'oos_train' | 'oos_val' | 'oos_test', Pair[]>;

/**
 * CLINC150 (Larson et al., EMNLP 2019): share of in-scope tests with the right intent, and of out-of-scope ones rejected, at
 * the threshold that is best on the validation split. The classifier is the embedded recognizer's own, with its class of
 * what is nobody's request.
 */
export function clinc(folder: string): object {
  const data = JSON.parse(readFileSync(join(folder, 'clinc150', 'data_full.json'), 'utf8')) as Clinc;
  const labels = [...new Set(data.train.map(([, intent]) => intent)), 'oos'];
  const none = labels.length - 1;
  const model = classifier(rowsOf([...data.train, ...data.oos_train], labels), labels.length);
  const judge = (text: string) => {
    const { scores, trust } = model.classify(normalise(text));
    const best = scores.reduce((top, it, at) => (it > scores[top]! ? at : top), 0);
    return { label: best, confidence: best === none ? 0 : scores[best]! * trust };
  };
  const judged = (pairs: Pair[]) => pairs.map(([text, intent]) => ({ ...judge(text), want: labels.indexOf(intent) }));
  const [val, outVal] = [judged(data.val), judged(data.oos_val)];
  const thresholds = Array.from({ length: 100 }, (_, at) => at / 100);
  const total = (threshold: number) => right(val, threshold) * val.length + rejected(outVal, threshold) * outVal.length;
  const threshold = thresholds.reduce((best, it) => (total(it) > total(best) ? it : best), 0);
  const [test, outTest] = [judged(data.test), judged(data.oos_test)];
  return {
    set: 'CLINC150',
    threshold,
    inScope: percent(right(test, threshold)),
    outOfScopeRecall: percent(rejected(outTest, threshold)),
    published: 'in-scope / out-of-scope recall: Dialogflow 91.7/26.7, Rasa 91.5/31.2, MLP 93.5/49.1, BERT 96.9/52.3',
  };
}

type Judged = { label: number; confidence: number; want: number };

function right(judged: readonly Judged[], threshold: number): number {
  return judged.filter((it) => it.label === it.want && it.confidence >= threshold).length / judged.length;
}

function rejected(judged: readonly Judged[], threshold: number): number {
  return judged.filter((it) => it.confidence < threshold).length / judged.length;
}

type Corpus = { name: string; sentences: { text: string; intent: string; training: boolean }[] };

/** The three corpora of Braun et al. (SIGDIAL 2017): micro F1, which is accuracy where every test has one answer. */
export function sigdial(folder: string): object {
  const counted = ['ChatbotCorpus', 'AskUbuntuCorpus', 'WebApplicationsCorpus'].map((name) => {
    const { sentences } = JSON.parse(readFileSync(join(folder, 'braun2017', `${name}.json`), 'utf8')) as Corpus;
    const labels = [...new Set(sentences.map(({ intent }) => intent))];
    const pairs = (training: boolean) =>
      sentences.filter((it) => it.training === training).map((it): Pair => [it.text, it.intent]);
    const model = classifier(rowsOf(pairs(true), labels), labels.length);
    const tests = rowsOf(pairs(false), labels);
    const hits = tests.filter(({ text, label }) => {
      const { scores } = model.classify(text);
      return scores.every((it) => it <= scores[label]!);
    });
    return { name, hits: hits.length, total: tests.length };
  });
  const sum = (key: 'hits' | 'total') => counted.reduce((all, it) => all + it[key], 0);
  return {
    set: 'SIGDIAL 2017',
    ...Object.fromEntries(counted.map(({ name, hits, total }) => [name, percent(hits / total)])),
    overall: percent(sum('hits') / sum('total')),
    published: 'overall F1: Watson .92, LUIS .91, Rasa .88, Dialogflow .87',
  };
}

function rowsOf(pairs: readonly Pair[], labels: readonly string[]): Row[] {
  return pairs.map(([text, intent], group) => ({ text: normalise(text), label: labels.indexOf(intent), group }));
}

function percent(share: number): number {
  return Math.round(share * 1000) / 10;
}
