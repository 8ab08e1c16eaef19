// Somebody in Seoul who reads English, late on 23 November 2026.
import type { Reader } from '../../src/local/mrkdwn.ts';

export const reader: Reader = {
  locale: 'en-US',
  timeZone: 'Asia/Seoul',
  now: Date.UTC(2026, 10, 23, 12, 0),
  nameOf: (id) => ({ U0ALICE: '@alice', C0OPS: '#ops' })[id],
};
