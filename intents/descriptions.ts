// What each intent and slot is for, in English and for a model to read: Lex's Assisted NLU decides by these. Not shown to people.
import type { Intent, Slot } from './catalog.ts';

/** At most 200 characters each: https://docs.aws.amazon.com/lexv2/latest/APIReference/API_CreateIntent.html */
export const intentDescriptions: Record<Intent, string> = {
  Status: 'Intent to see how one service or environment is doing now: its health, size, load and the version it runs.',
  Fleet:
    'Intent to see all services and environments at once, or those of a stage, city or platform, or the unhealthy ones.',
  Events: 'Intent to see what happened or changed recently on one service or environment: its events and history.',
  Versions:
    'Intent to list the versions, builds or images that can be deployed to a service, or to ask about one of them.',
  Scale:
    'Intent to change how many instances or tasks a service runs: its minimum, maximum or number, absolute or relative.',
  Deploy: 'Intent to put a named version, build or image tag onto a service or environment.',
  Rollback:
    'Intent to take a service or environment back to the version that it ran before, or to a named earlier one.',
  Undo: 'Intent to reverse the last change that the person made with this bot.',
  Schedule: 'Intent to see which changes are planned for later and which temporary sizes will be taken back.',
  Promote: 'Intent to put the version that one stage runs onto the same service in the next stage, as staging to prod.',
  Restart: 'Intent to restart a service or environment without changing its version or size.',
  Swap: 'Intent to swap the addresses of two environments, as in a blue/green switch.',
  Traffic: 'Intent to send a share of the traffic, in percent, to a new version beside the old one.',
  Lock: 'Intent to lock a service so that nobody changes it for a while, with a reason.',
  Unlock: 'Intent to take a lock off a service.',
  Freeze: 'Intent to freeze all changes of a stage until some time, with a reason.',
  Unfreeze: 'Intent to end a freeze of a stage.',
  Approvals: 'Intent to see which changes wait for approval by others.',
  Rights: 'Intent to see who may do what to a service: deploy, scale, approve.',
  History: 'Intent to see who changed what and when with this bot: past deployments, scalings, approvals.',
  Verify: 'Intent to check that the audit log is whole and was not tampered with.',
  Running: 'Intent to see which deployments and other changes are in progress now and how far they are.',
  Abort: 'Intent to stop a deployment or other change that is in progress.',
  Cancel: 'Intent to drop the question or the unconfirmed plan at hand, because the person changed their mind.',
  Help: 'Intent to learn what this bot can do and how to ask for it.',
  Whoami: 'Intent to see who the bot takes the person for: identity, rights, language and time zone.',
  Language: 'Intent to choose the language that the bot answers the person in.',
};

/** `day`: the date of a `time`, which Lex takes apart. */
export const slotDescriptions: Record<Slot | 'day', string> = {
  target: 'Name of the service or environment; the word "target" stands for one.',
  version: 'Version, build number or image tag to deploy or return to; the word "version" stands for one.',
  min: 'Smallest number of instances or tasks, after a word such as min or at least.',
  max: 'Largest number of instances or tasks, after a word such as max or at most.',
  count: 'Number of instances or tasks to have, add or remove, where neither minimum nor maximum is named.',
  duration: 'How long a change should last, or how far back to look.',
  time: 'Time of day at which to make the change.',
  day: 'Day on which to make the change.',
  filter: 'Stage, city, platform or condition that narrows the list; the word "stage" stands for one.',
  other: 'The second service or environment of a swap.',
  reason: 'Why the change is made, in free words.',
  language: 'Language to be answered in; the word "language" stands for one.',
};

/** What the bot as a whole is for. */
export const botDescription =
  'Reports on, scales and deploys AWS services for a team. Made from sentences; changes by hand are lost.';
