// Who and what is in the simulated workspace at the start: a small Korean shop's operations team.

export type Person = {
  id: string;
  /** The handle, as in `user_name`. */
  name: string;
  realName: string;
  locale: string;
  tz: string;
  tzOffset: number;
  team: string;
  /** A single-channel guest. */
  guest?: boolean;
  bot?: boolean;
};

export type Conversation = {
  id: string;
  name: string;
  kind: 'channel' | 'private' | 'im';
  members: string[];
  /** Shared with another organisation. */
  shared?: boolean;
  topic?: string;
};

export type Group = { id: string; handle: string; name: string; users: string[] };

export const team = { id: 'T0SIMSHOP', domain: 'sim-shop', name: 'Sim Shop', url: 'https://sim-shop.slack.com/' };
export const otherTeam = { id: 'T0PARTNER', domain: 'partner', name: 'Partner' };
export const app = {
  id: 'A0OPSJACK',
  botId: 'B0OPSJACK',
  botUser: 'U0OPSJACK',
  name: 'opsjack',
  displayName: 'OpsJack',
};

const seoul = { locale: 'ko-KR', tz: 'Asia/Seoul', tzOffset: 32_400, team: team.id };
const newYork = { locale: 'en-US', tz: 'America/New_York', tzOffset: -18_000, team: team.id };

/** Fresh copies of the seeded people, the bot and Slackbot included. */
export function seedPeople(): Person[] {
  return [
    { id: 'U0MINSU', name: 'minsu', realName: 'Kim Minsu', ...seoul },
    { id: 'U0JIHO', name: 'jiho', realName: 'Lee Jiho', ...seoul },
    { id: 'U0SUYEON', name: 'suyeon', realName: '박수연', ...seoul },
    { id: 'U0ALICE', name: 'alice', realName: 'Alice Reed', ...newYork },
    { id: 'U0DANIEL', name: 'daniel', realName: 'Daniel Cho', ...newYork, tz: 'Europe/London', tzOffset: 0 },
    { id: 'U0EMMA', name: 'emma', realName: 'Emma Hall', ...newYork, tz: 'Europe/London', tzOffset: 0 },
    { id: 'U0GUEST', name: 'grace', realName: 'Grace Guest', ...newYork, guest: true },
    { id: 'U0PARTNER', name: 'pat', realName: 'Pat Partner', ...newYork, team: otherTeam.id },
    { id: app.botUser, name: app.name, realName: app.displayName, ...newYork, bot: true },
    { id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot', ...newYork, bot: true },
  ];
}

/** Fresh copies of the seeded channels. Direct messages come into being when they are first used. */
export function seedChannels(): Conversation[] {
  const staff = ['U0MINSU', 'U0JIHO', 'U0SUYEON', 'U0ALICE', 'U0DANIEL', 'U0EMMA'];
  return [
    { id: 'C0OPS', name: 'ops', kind: 'channel', members: [...staff, 'U0GUEST', app.botUser], topic: 'Operations' },
    { id: 'C0OPSKO', name: 'ops-ko', kind: 'channel', members: [...staff, app.botUser], topic: '운영' },
    { id: 'C0RANDOM', name: 'random', kind: 'channel', members: [...staff] },
    {
      id: 'C0PARTNER',
      name: 'partner-shared',
      kind: 'channel',
      members: [...staff, 'U0PARTNER', app.botUser],
      shared: true,
    },
    { id: 'G0ONCALL', name: 'oncall-private', kind: 'private', members: ['U0MINSU', 'U0ALICE', app.botUser] },
  ];
}

/** Fresh copies of the seeded user groups. */
export function seedGroups(): Group[] {
  return [
    { id: 'S0ONCALL', handle: 'oncall', name: 'On call', users: ['U0MINSU', 'U0ALICE'] },
    { id: 'S0APPROVE', handle: 'approvers', name: 'Approvers', users: ['U0JIHO', 'U0DANIEL'] },
  ];
}
