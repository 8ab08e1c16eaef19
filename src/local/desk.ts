// One line in, done in the workspace: what script and chat have in common.
import { acting, settled, type Outcome } from './act.ts';
import type { Child } from './child.ts';
import { control } from './controls.ts';
import { cast, help } from './intro.ts';
import { readLine, type Cast } from './lines.ts';
import { offers } from './offers.ts';
import type { Screen } from './screen.ts';
import { show, underWay } from './show.ts';
import type { SimAws } from '../sim/aws/server.ts';
import type { Message, Person, SimSlack } from './slack.ts';

export type Desk = {
  /** Carries out a line; tells on screen why it could not. */
  enter: (line: string) => Promise<Outcome>;
  /** Resolves when no change is under way, or after `limit` ms: then false. */
  idle: (limit: number) => Promise<boolean>;
  close: () => void;
};

type Parts = {
  slack: SimSlack;
  aws: SimAws;
  bot: Pick<Child, 'ready'>;
  screen: Screen;
  /** Handle of the person at the terminal. */
  who: string;
  /** Milliseconds to wait for an answer. */
  patience: number;
  confirm: (question: string[]) => Promise<boolean>;
};

/** How long `:wait` waits for changes to end. */
export const longestChange = 120_000;

/** Opens the desk: from now on everything the bot says is drawn on the screen. */
export function desk(parts: Parts): Desk {
  const { slack, screen, who } = parts;
  const numbers = offers(slack.clickables);
  const me = slack.as(who).person;
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  let speaker = me;
  const reader = (message: Message) => ({ locale: readerOf(slack, message, speaker).locale, timeZone });
  const showing = show({ slack, screen, numbers, reader, home: () => `D${me.id.slice(1)}` });
  const company = castOf(slack);
  const tell = (lines: string[]): void => screen.say(lines);
  const { act } = acting({ slack, numbers, tell, confirm: parts.confirm, patience: parts.patience });

  async function enter(line: string): Promise<Outcome> {
    const deed = readLine(line, who, company);
    if (deed.kind === 'nothing') return 'answered';
    if (deed.kind === 'unknown') {
      tell([`Nobody here is called @${deed.name}.`, ...cast(company)]);
      return 'wrong';
    }
    if (deed.kind === 'control') return manage(deed.name, deed.args);
    try {
      await parts.bot.ready();
    } catch {
      tell(['Not sent: the bot is not running.']);
      return 'silent';
    }
    speaker = slack.as(deed.who).person;
    return act(deed);
  }

  async function manage(name: string, args: string[]): Promise<Outcome> {
    if (name === 'help') tell(help(company));
    else if (name === 'people') tell(cast(company));
    else if (name === 'wait') return (await idle(longestChange)) ? 'answered' : 'silent';
    else {
      const { done, said } = control(parts.aws.control, name, args);
      tell([said]);
      return done ? 'answered' : 'wrong';
    }
    return 'answered';
  }

  async function idle(limit: number): Promise<boolean> {
    if (!busy(slack)) return true;
    try {
      await slack.untilTrue(() => !busy(slack), { timeoutMs: limit });
      await settled(slack);
      return true;
    } catch {
      return false;
    }
  }

  return { enter, idle, close: showing.stop };
}

/** Who reads a message: the one it is for; in a channel the one who spoke last. */
function readerOf(slack: SimSlack, { channel, ephemeral }: Message, speaker: Person): Person {
  const { kind, members = [] } = slack.channels.get(channel) ?? {};
  const named = ephemeral ? [ephemeral] : kind === 'im' ? members : [];
  return named.map((id) => slack.people.get(id)).find((one) => one && !one.bot) ?? speaker;
}

function busy(slack: SimSlack): boolean {
  return [...slack.channels.keys()].some((channel) => slack.messages(channel).some(underWay));
}

function castOf(slack: SimSlack): Cast {
  const everybody = [...slack.people.values()];
  return {
    people: everybody.filter((one) => !one.bot).map((one) => one.name),
    bots: everybody.filter((one) => one.bot).map((one) => one.name),
    channels: [...slack.channels.values()].filter((one) => one.kind !== 'im').map((one) => one.name),
  };
}
