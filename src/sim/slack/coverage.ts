// How true to Slack each part of this simulator is. A test holds the methods equal to the routes.

export type Coverage = { level: 'faithful' | 'partial' | 'absent'; note: string };

const faithful = (note = ''): Coverage => ({ level: 'faithful', note });
const partial = (note: string): Coverage => ({ level: 'partial', note });
const absent = (note: string): Coverage => ({ level: 'absent', note });

/** Web API methods by name. Errors and limits are as documented; no live workspace was compared. */
export const methodCoverage: Record<string, Coverage> = {
  'api.test': faithful(),
  'auth.test': faithful('the bot token only'),
  'apps.connections.open': partial('no rate limit: the documentation disagrees with itself'),
  'chat.postMessage': partial(
    'any well-formed thread_ts is taken; no unfurling, no reply_broadcast, no customised names',
  ),
  'chat.update': partial('text of 4,000 characters; no parse and link_names'),
  'chat.delete': faithful(),
  'chat.postEphemeral': partial('stays until deleted; in Slack it is gone after a reload'),
  'chat.getPermalink': faithful(),
  'chat.startStream': absent('not used: Slack ends a stream after five minutes'),
  'chat.appendStream': absent('see chat.startStream'),
  'chat.stopStream': absent('see chat.startStream'),
  'chat.unfurl': absent('no links are unfurled'),
  'reactions.add': partial('any well-formed name counts as an emoji'),
  'reactions.remove': faithful(),
  'conversations.info': partial('the fields a bot asks about'),
  'conversations.members': partial('one page'),
  'conversations.open': partial('direct messages with one person'),
  'conversations.history': partial('no cursor: oldest, latest, limit and inclusive'),
  'conversations.replies': partial('no cursor'),
  'conversations.list': absent('not used'),
  'users.info': partial('name, locale, time zone, guest and workspace'),
  'users.lookupByEmail': absent('people are known by id'),
  'usergroups.list': faithful(),
  'usergroups.users.list': faithful(),
  'views.open': faithful('trigger_id: three seconds, once'),
  'views.push': faithful('three views'),
  'views.update': faithful('by view_id or external_id, with hash'),
  'views.publish': faithful(),
  'assistant.threads.setStatus': partial(
    'stays until the bot posts in the thread or clears it; Slack also clears it after two minutes',
  ),
  'files.getUploadURLExternal': faithful(),
  'files.completeUploadExternal': partial('one channel; the post is not a message event'),
  'blocks.validate': partial('the limits of this simulator'),
};

/** Everything that is not a method. */
export const surfaceCoverage: Record<string, Coverage> = {
  'block kit limits': partial(
    'documented limits and unknown fields; where sources disagree the stricter one, for newer blocks too',
  ),
  'rate limits': partial('documented tiers as buckets, for each method; one workspace'),
  scopes: faithful('missing_scope with needed and provided'),
  events: partial(
    'app_mention, message.* with message_changed and message_deleted, app_home_opened; only subscribed ones',
  ),
  'reaction, member and file events': absent('not subscribed by the app'),
  app_rate_limited: absent('can be sent by hand'),
  'event redelivery': partial('up to three times: at once, after 1 and 5 minutes; subscriptions are never disabled'),
  'slash commands': partial(
    'should_escape, acknowledgement bodies, failures; not offered to people of other workspaces',
  ),
  'buttons and menus': partial(
    'buttons, static selects, radio buttons, checkboxes, overflow; no external data sources',
  ),
  modals: partial('input blocks of text, numbers, dates, options and people; view_submission, view_closed'),
  'app home': partial('publishing and opening; no buttons remembered'),
  shortcuts: partial('global and message'),
  response_url: faithful('five uses within thirty minutes'),
  'socket mode': partial('tickets, hello, acknowledgement, refresh, ping, ten connections, ghosts; no TLS'),
  'http delivery': partial('signatures, retry headers, X-Slack-No-Retry, url_verification; no TLS'),
  'shared channels': partial(
    'is_ext_shared_channel and foreign senders; foreign clicks carry their own team as far as known',
  ),
  'enterprise grid, token rotation, oauth': absent('one workspace with one installation'),
};
