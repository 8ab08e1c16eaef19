// What a handler or an operation may reach.
import type { Locale } from '../../intents/catalog.ts';
import type { Audit } from './audit.ts';
import type { FreezeWindow } from './freeze-windows.ts';
import type { Inventory } from './inventory.ts';
import type { Policy } from './policy.ts';
import type { Chat, Clock, People, Reader, Store, Wakeups } from './ports.ts';

export type Log = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

export type World = {
  clock: Clock;
  store: Store;
  wakeups: Wakeups;
  inventory: Inventory;
  reader: Reader;
  policy: Policy;
  audit: Audit;
  chat: Chat;
  log: Log;
  defaultLocale: Locale;
  locales: readonly Locale[];
  people: People;
  /** Planned freezes of opsjack.yaml, as they are now. */
  freezes?(): readonly FreezeWindow[];
  /** Languages without words of their own are translated. */
  translates: boolean;
  /** Channel id -> language of its shared cards. */
  channelLocales: Readonly<Record<string, Locale>>;
};
