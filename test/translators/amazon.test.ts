import { onTestFinished, describe, expect, it, vi } from 'vitest';
import type { Segment } from '../../src/core/ports.ts';
import { simAws } from '../../src/sim/aws/server.ts';
import { amazon, permissions } from '../../src/translators/amazon.ts';

const scale: Segment[] = ['ปรับขนาด ', { keep: 'api-prod', id: 0 }, ' เป็น ', { keep: '4', id: 1 }];
const shown = (made: readonly Segment[] | undefined) =>
  made?.map((part) => (typeof part === 'string' ? part : `[${part.keep}]`)).join('');

async function account() {
  const sim = await simAws();
  onTestFinished(() => sim.close());
  vi.stubEnv('AWS_ENDPOINT_URL', sim.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  return { control: sim.control, translator: amazon({ region: 'ap-northeast-2' }) };
}

describe('Amazon Translate', () => {
  it('translates both ways, with what is kept in place', async () => {
    const { translator } = await account();

    expect(shown(await translator.translate(scale, 'th', 'en'))).toBe('scale [api-prod] to [4]');
    expect(shown(await translator.translate([{ keep: 'api-prod', id: 0 }, ' is healthy'], 'en', 'vi'))).toBe(
      '[api-prod] đang khỏe mạnh',
    );
  });

  it('is told the source language and calls nothing but what it is permitted to', async () => {
    const { control, translator } = await account();

    await translator.translate(scale, 'th', 'en');

    const calls = control.calls();
    expect(calls.map(({ operation }) => `translate:${operation}`)).toEqual(permissions);
    expect(calls[0]!.params).toMatchObject({ SourceLanguageCode: 'th', TargetLanguageCode: 'en' });
  });

  it.each(['span-lost', 'span-doubled', 'span-translated'] as const)(
    'gives nothing for a text with a %s',
    async (kind) => {
      const { control, translator } = await account();
      control.fault({ kind, service: 'translate', times: 1 });

      expect(await translator.translate(scale, 'th', 'en')).toBeUndefined();
      expect(shown(await translator.translate(scale, 'th', 'en'))).toBe('scale [api-prod] to [4]');
    },
  );

  it.each([
    ['span-moved', 'scale to [4] [api-prod]'],
    ['span-spaced', 'scale [api-prod] to [4]'],
  ] as const)('takes a text with a %s, every piece whole', async (kind, english) => {
    const { control, translator } = await account();
    control.fault({ kind, service: 'translate', times: 1 });

    const made = shown(await translator.translate(scale, 'th', 'en'));

    expect(made?.match(/\[.*?\]/gu)?.toSorted()).toEqual(english.match(/\[.*?\]/gu)?.toSorted());
  });

  it('escapes what looks like markup on the way there and back', async () => {
    const { translator } = await account();

    const made = await translator.translate(['<b> & ', { keep: '<i>&amp;', id: 0 }], 'en', 'th');

    expect(shown(made)).toContain('& [<i>&amp;]');
    expect(shown(made)).not.toContain('&lt;');
  });

  it('gives nothing for more than 10,000 bytes, and asks nobody', async () => {
    const { control, translator } = await account();

    expect(await translator.translate(['ไ'.repeat(3334)], 'th', 'en')).toBeUndefined();
    expect(control.calls()).toEqual([]);
  });

  it('gives nothing for a language it does not have', async () => {
    const { translator } = await account();

    expect(await translator.translate(['kaixo mundua'], 'eu', 'en')).toBeUndefined();
  });

  it.each([
    ['error', 'broken'],
    ['throttle', 'throttled'],
    ['deny', 'denied'],
    ['timeout-before', 'unreachable'],
    ['garbage', 'broken'],
  ] as const)('rejects with a PlatformError after %s', async (kind, reason) => {
    const { control, translator } = await account();
    control.fault({ kind, service: 'translate', times: 9 });

    await expect(translator.translate(scale, 'th', 'en')).rejects.toMatchObject({ name: 'PlatformError', reason });
  });

  it('tries a second time', async () => {
    const { control, translator } = await account();
    control.fault({ kind: 'error', service: 'translate', times: 1 });

    expect(shown(await translator.translate(scale, 'th', 'en'))).toBe('scale [api-prod] to [4]');
  });
});
