// Clicking, picking and filling in forms as somebody.
import type { ActorParts } from './actors.ts';
import { pushView, replaceView } from './api-views.ts';
import { blocksOf, chosen, inputState, placed, stateValues, type Clickable } from './clickables.ts';
import type { Delivered, Envelope } from './delivery.ts';
import { filledIn, type Values } from './forms.ts';
import { object, string, type Json } from './json.ts';
import { messageAction, shortcut, viewAction, viewEvent } from './payloads-interactive.ts';
import type { Person } from './seed.ts';
import type { Message, View, World } from './state.ts';

export type Acted = Delivered & {
  triggerId: string;
  responseUrl: string;
  /** A `since` to wait for what it leads to. */
  since: number;
  /** The dialog that was shown first. */
  confirm?: Json;
};
export type Submitted = Acted & {
  /** By block_id, when the app refused the form. */
  errors?: Record<string, string>;
  /** What is open for this person now. */
  open?: View;
};
export type ClickOptions = {
  /** Clicks in the message as it was handed over, because the update has not reached this person's screen yet. */
  stale?: boolean;
  /** Answers no to the confirmation dialog: nothing is sent. */
  decline?: boolean;
};

/** What a person can do with messages and views. */
export function interacting(parts: ActorParts, person: Person) {
  const { world, courier } = parts;

  async function deliver(payload: Json, extra: Partial<Acted> = {}): Promise<Acted> {
    const since = world.seq;
    const envelope: Envelope = { type: 'interactive', payload };
    const sent = await courier.deliver(envelope);
    return {
      ...sent,
      since,
      triggerId: string(payload['trigger_id']),
      responseUrl: string(payload['response_url']),
      ...extra,
    };
  }

  async function click(
    message: Message,
    what: number | string | Clickable,
    options: ClickOptions = {},
  ): Promise<Acted> {
    const { shown, channel } = seen(world, person, message, options.stale ?? false);
    const target = chosen(blocksOf(shown), what);
    const confirm = target.confirm ? { confirm: target.confirm } : {};
    if (options.decline && target.confirm) return declined(world, target.confirm);
    const live = world.messages.find((one) => one.order === shown.order) ?? shown;
    const picked = { ...live.picked[person.id] };
    if (target.kind === 'option') {
      const chosenOption = target.element['type'] === 'checkboxes' ? [target.option] : target.option;
      const state = inputState(target.element, chosenOption);
      if (state) picked[target.block_id] = { ...picked[target.block_id], [target.action_id]: state };
      live.picked[person.id] = picked;
    }
    const state = stateValues(blocksOf(shown), picked);
    const seenMessage = { ...shown, picked: { [person.id]: state } };
    return deliver(messageAction(world, person, seenMessage, channel, actionOf(target)), confirm);
  }

  async function submit(view: View, values: Values = {}): Promise<Submitted> {
    const open = topmost(world, person, view);
    const sent = await deliver(viewEvent(world, 'view_submission', person, open, filledIn(open.blocks, values)));
    if (!sent.acked) return { ...sent, open };
    return { ...sent, ...afterSubmit(world, open, object(sent.body)) };
  }

  return {
    /** Clicks a button (or an option) by number, label, action_id or value. Throws when the message no longer shows it. */
    click,
    /** Picks an option of a menu by its label, value or number. */
    select: click,
    /** Clicks a button in an open modal or in the App Home. */
    async clickView(view: View, what: number | string): Promise<Acted> {
      const open =
        world.homes.get(person.id)?.id === view.id ? world.homes.get(person.id) : topmost(world, person, view);
      if (!open) throw new Error(`${person.name} has no such view open`);
      return deliver(viewAction(world, person, open, actionOf(chosen(open.blocks, what))));
    },
    /** Fills in an open form and sends it. Values by label, action_id or block_id. Throws what Slack's client itself refuses. */
    submit,
    /** Puts an open form away. */
    async closeView(view: View): Promise<Acted | undefined> {
      const open = topmost(world, person, view);
      close(world, open);
      if (open['notify_on_close'] !== true) return undefined;
      return deliver(viewEvent(world, 'view_closed', person, open, stateValues(open.blocks)));
    },
    /** Uses a global shortcut, or a message shortcut on a message. */
    shortcut: (callback: string, message?: Message): Promise<Acted> =>
      deliver(shortcut(world, person, callback, message)),
  };
}

function seen(world: World, person: Person, given: Message, stale: boolean) {
  const live = world.messages.find((one) => one.order === given.order);
  const channel = world.channels.get(given.channel);
  if (!live || !channel || (live.deleted && !stale)) throw new Error('that message is gone');
  if (live.ephemeral && live.ephemeral !== person.id) throw new Error(`${person.name} does not see that message`);
  if (!channel.members.includes(person.id) && !live.ephemeral)
    throw new Error(`${person.name} is not in ${channel.name}`);
  return { shown: stale ? given : live, channel };
}

function actionOf(target: Clickable): Json {
  const { element, option } = target;
  const { options: _options, option_groups: _groups, ...shown } = element;
  const base = { ...shown, block_id: target.block_id };
  if (!option) return base;
  return element['type'] === 'checkboxes'
    ? { ...base, selected_options: [option] }
    : { ...base, selected_option: option };
}

function declined(world: World, confirm: Json): Acted {
  const nothing = { acked: false, reason: 'declined', ms: 0 };
  const final = Promise.resolve({ ...nothing, attempts: 0 });
  return {
    ...nothing,
    id: '',
    type: 'block_actions',
    final,
    triggerId: '',
    responseUrl: '',
    since: world.seq,
    confirm,
  };
}

function topmost(world: World, person: Person, view: View): View {
  const open = world.views.get(person.id)?.at(-1);
  if (open?.id !== view.id) throw new Error(`that view is not on top of what ${person.name} has open`);
  return open;
}

function close(world: World, view: View): void {
  world.views.set(
    view.user,
    (world.views.get(view.user) ?? []).filter((one) => one.id !== view.id),
  );
  world.changed({ kind: 'view_closed', user: view.user, view });
}

function afterSubmit(world: World, view: View, answer: Json): Pick<Submitted, 'errors' | 'open'> {
  switch (answer['response_action']) {
    case 'errors': {
      const errors = object(answer['errors']) as Record<string, string>;
      const known = new Set(placed(view.blocks).map(({ block }) => block['block_id']));
      const lost = Object.keys(errors).filter((id) => !known.has(id));
      if (lost.length > 0) throw new Error(`Slack has no input block for the errors of: ${lost.join(', ')}`);
      return { errors, open: view };
    }
    case 'update':
      return { open: replaceView(world, view, answer['view']) };
    case 'push':
      return { open: pushView(world, view.user, answer['view']) };
    case 'clear':
      world.views.delete(view.user);
      world.changed({ kind: 'view_closed', user: view.user, view });
      return {};
    default: {
      close(world, view);
      const open = world.views.get(view.user)?.at(-1);
      return open ? { open } : {};
    }
  }
}
