// What the terminal itself says: at the start, and when asked how to use it.
import { controlHelp } from './controls.ts';

/** Said before anything else. `who` writes unless a line says otherwise. */
export function intro(about: { who: string; speed: number; log: string; http: boolean }): string[] {
  const way = about.http ? 'signed HTTP' : 'Socket Mode';
  return [
    `OpsJack, local workspace: Slack and AWS are SIMULATED here, nothing real is touched. AWS runs ${about.speed}x as fast as life.`,
    `The bot is the production code in a process of its own (${way}); its log: ${about.log}`,
    `You are @${about.who}, in a direct message with it. Try:`,
    '  status api-prod',
    '  what is unhealthy?',
    '  api-prod를 최소 4 최대 12로 늘려줘',
    'Then !1 clicks button [1] and :wait waits for the end of a change. ? shows what else works here, help asks the bot.',
    'For your own Slack and AWS: set SLACK_BOT_TOKEN, SLACK_APP_TOKEN, AWS_REGION and AWS credentials, then npm run bot.',
  ];
}

export function help(about: { people: readonly string[]; channels: readonly string[] }): string[] {
  return [
    'Any line        is written to the bot in a direct message',
    '#ops ...        is written in that channel, with a mention of the bot',
    '#ops> ...       is written in the last thread of that channel',
    '/ops ...        is sent as the slash command',
    '@jiho ...       does the same as somebody else, for this line',
    '!1   !Cancel    clicks that button of the last answer;  !3 2 picks the second option of menu [3]',
    '!Label          clicks a button of an older card',
    ':wait           waits until no change is under way',
    ':people         who is here',
    ...controlHelp(),
    '# ...           a remark; exit or Ctrl-D ends',
    ...cast(about),
  ];
}

export function cast({ people, channels }: { people: readonly string[]; channels: readonly string[] }): string[] {
  return [
    `People: ${people.map((name) => `@${name}`).join(' ')}`,
    `Channels: ${channels.map((name) => `#${name}`).join(' ')}`,
  ];
}
