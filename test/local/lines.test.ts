import { describe, expect, it } from 'vitest';
import { readLine } from '../../src/local/lines.ts';

const cast = { people: ['alice', 'jiho'], channels: ['ops', 'ops-ko'], bots: ['opsjack'] };

describe('a typed line', () => {
  it.each([
    ['status api-prod', { kind: 'say', who: 'alice', text: 'status api-prod' }],
    ['  늘려줘  ', { kind: 'say', who: 'alice', text: '늘려줘' }],
    ['@jiho status', { kind: 'say', who: 'jiho', text: 'status' }],
    ['@JIHO !2', { kind: 'click', who: 'jiho', what: '2' }],
    ['@opsjack status', { kind: 'say', who: 'alice', text: '@opsjack status' }],
    ['@bob hi', { kind: 'unknown', name: 'bob' }],
    ['@수연 hi', { kind: 'unknown', name: '수연' }],
    ['#ops status', { kind: 'say', who: 'alice', channel: 'ops', text: 'status' }],
    ['#ops-ko> 12', { kind: 'say', who: 'alice', channel: 'ops-ko', thread: true, text: '12' }],
    ['#nowhere status', { kind: 'say', who: 'alice', text: '#nowhere status' }],
    ['/ops status', { kind: 'slash', who: 'alice', text: '/ops status' }],
    ['@jiho /ops status', { kind: 'slash', who: 'jiho', text: '/ops status' }],
    ['!1', { kind: 'click', who: 'alice', what: '1' }],
    ['!3 2', { kind: 'click', who: 'alice', what: '3', option: '2' }],
    ['!Scale to 4–12', { kind: 'click', who: 'alice', what: 'Scale to 4–12' }],
    [':fault throttle ecs 3', { kind: 'control', name: 'fault', args: ['throttle', 'ecs', '3'] }],
    ['?', { kind: 'control', name: 'help', args: [] }],
    ['# a remark', { kind: 'nothing' }],
    ['@jiho', { kind: 'nothing' }],
    ['', { kind: 'nothing' }],
    ['!', { kind: 'say', who: 'alice', text: '!' }],
    [':smile: hi', { kind: 'say', who: 'alice', text: ':smile: hi' }],
  ])('%s is understood', (line, deed) => {
    expect(readLine(line, 'alice', cast)).toEqual(deed);
  });
});
