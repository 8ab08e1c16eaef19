// views.* and blocks.validate: https://docs.slack.dev/surfaces/modals
import { decoded, object, SlackError, string, type Json } from './json.ts';
import { validateBlocks, validateView } from './limits.ts';
import { withIds } from './block-ids.ts';
import type { Method, Methods } from './method.ts';
import { wireView } from './payloads-interactive.ts';
import { app, team } from './seed.ts';
import type { View, World } from './state.ts';

const TRIGGER_MS = 3_000;
const MOST_VIEWS = 3;

function spendTrigger(world: World, args: Json): string {
  const trigger = world.triggers.get(string(args['trigger_id']));
  if (!trigger) throw new SlackError('invalid_trigger_id');
  if (trigger.used) throw new SlackError('exchanged_trigger_id');
  if (world.clock.now() - trigger.at > TRIGGER_MS) throw new SlackError('expired_trigger_id');
  trigger.used = true;
  return trigger.user;
}

function viewArg(value: unknown, type: 'modal' | 'home'): Json {
  const view = object(decoded(value));
  const problems = validateView(view, type);
  if (problems.length === 0) return view;
  const messages = problems.map((one) => `[ERROR] ${one.message} [json-pointer:${one.pointer}]`);
  throw new SlackError('invalid_arguments', { response_metadata: { messages } });
}

function stored(world: World, user: string, view: Json, place: Partial<View>): View {
  const fresh = {
    id: world.id('V'),
    team_id: team.id,
    app_id: app.id,
    bot_id: app.botId,
    app_installed_team_id: team.id,
  };
  return {
    callback_id: '',
    private_metadata: '',
    external_id: '',
    title: null,
    submit: null,
    close: null,
    clear_on_close: false,
    notify_on_close: false,
    previous_view_id: null,
    ...fresh,
    root_view_id: fresh.id,
    ...view,
    type: string(view['type']),
    blocks: withIds(world, view['blocks'] as Json[]),
    user,
    ...place,
    hash: `${Math.floor(world.clock.now() / 1000)}.${world.id('h')}`,
  };
}

/** Opens a view on top of what the person has open. */
export function pushView(world: World, user: string, raw: unknown): View {
  const stack = world.views.get(user) ?? [];
  if (stack.length >= MOST_VIEWS) throw new SlackError('push_limit_reached');
  const below = stack.at(-1);
  const place = below ? { previous_view_id: below.id, root_view_id: stack[0]?.id } : {};
  const view = stored(world, user, viewArg(raw, 'modal'), place);
  world.views.set(user, [...stack, view]);
  world.changed({ kind: 'view', user, view });
  return view;
}

/** Puts new content in the place of an open view. */
export function replaceView(world: World, old: View, raw: unknown): View {
  const { id, previous_view_id, root_view_id } = old;
  const view = stored(world, old.user, viewArg(raw, 'modal'), { id, previous_view_id, root_view_id });
  world.views.set(
    old.user,
    (world.views.get(old.user) ?? []).map((one) => (one.id === id ? view : one)),
  );
  world.changed({ kind: 'view', user: old.user, view });
  return view;
}

function open(world: World, args: Json): Json {
  const user = spendTrigger(world, args);
  world.views.delete(user);
  return { view: wireView(pushView(world, user, args['view'])) };
}

function push(world: World, args: Json): Json {
  const user = spendTrigger(world, args);
  if (!world.views.get(user)?.length) throw new SlackError('not_found');
  return { view: wireView(pushView(world, user, args['view'])) };
}

function update(world: World, args: Json): Json {
  const all = [...world.views.values()].flat();
  const wanted = string(args['view_id']);
  const old = all.find((one) => (wanted ? one.id === wanted : one['external_id'] === args['external_id']));
  if (!old) throw new SlackError('not_found');
  if (args['hash'] && args['hash'] !== old.hash) throw new SlackError('hash_conflict');
  return { view: wireView(replaceView(world, old, args['view'])) };
}

function publish(world: World, args: Json): Json {
  const user = string(args['user_id']);
  if (!world.people.has(user)) throw new SlackError('user_not_found');
  const old = world.homes.get(user);
  if (args['hash'] && args['hash'] !== old?.hash) throw new SlackError('hash_conflict');
  const view = stored(world, user, viewArg(args['view'], 'home'), old ? { id: old.id, root_view_id: old.id } : {});
  world.homes.set(user, view);
  world.changed({ kind: 'home', user, view });
  return { view: wireView(view) };
}

const validate: Method = {
  tier: 'tier3',
  run(_world, args) {
    const errors = validateBlocks(decoded(args['blocks']), 'message', '/blocks');
    return errors.length > 0 ? { ok: false, error: 'invalid_blocks', errors } : {};
  },
};

export const viewMethods: Methods = {
  'views.open': { tier: 'tier4', run: open },
  'views.push': { tier: 'tier4', run: push },
  'views.update': { tier: 'tier4', run: update },
  'views.publish': { tier: 'tier4', run: publish },
  'blocks.validate': validate,
};
