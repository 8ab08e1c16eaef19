// Lex V2 runtime: text, and sessions. https://docs.aws.amazon.com/lexv2/latest/APIReference/API_Operations_Amazon_Lex_Runtime_V2.html
import { gzipSync } from 'node:zlib';
import { denied } from './ecs-changes.ts';
import { awsError } from './errors.ts';
import { applyState, invalid, locate, occupy, opened, stored } from './lex-sessions.ts';
import { goOn, messages, takeText } from './lex-turn.ts';
import type { LexIntent, LexSession } from './lex-types.ts';
import { isParams, items, type Params } from './params.ts';
import type { Context, Route, Service } from './route.ts';

const session = '/bots/{botId}/botAliases/{botAliasId}/botLocales/{localeId}/sessions/{sessionId}';

const recognizeText: Route = (params, context) => {
  const asked = locate(params, context);
  const said = params['text'];
  if (typeof said !== 'string' || said.length === 0 || said.length > 1024) {
    throw invalid(`Value at 'text' failed to satisfy constraint: Member must have length 1 to 1024`);
  }
  if (context.quirk === 'conflict')
    throw awsError('ConflictException', 'Another request of this session is being processed.', 409);
  if (context.quirk === 'dependency')
    throw awsError('DependencyFailedException', 'A dependency of Amazon Lex failed.', 424);
  occupy(asked, context);
  const before = stored(asked, context);
  const at = structuredClone(before);
  try {
    const found = opened(asked, context);
    if (isParams(params['sessionState'])) applyState(found, asked.locale, params['sessionState']);
    takeText({ locale: asked.locale, now: context.world.timeline.now() }, found, said);
    return { ...view(found, context), sessionId: asked.sessionId, requestAttributes: params['requestAttributes'] };
  } catch (error) {
    // A refused request leaves the session as it was.
    if (at) context.world.lex.sessions.set(asked.key, at);
    else context.world.lex.sessions.delete(asked.key);
    throw error;
  }
};

const getSession: Route = (params, context) => {
  const asked = locate(params, context);
  const found = stored(asked, context);
  if (!found) throw noSession(asked.sessionId);
  return { ...view(found, context), sessionId: asked.sessionId };
};

const deleteSession: Route = (params, context) => {
  const asked = locate(params, context);
  if (!stored(asked, context)) throw noSession(asked.sessionId);
  occupy(asked, context);
  context.world.lex.sessions.delete(asked.key);
  const { botId, botAliasId, localeId, sessionId } = params;
  return { botId, botAliasId, localeId, sessionId };
};

/** Its answer is in headers, gzipped and in base 64, beside an empty stream of audio. */
const putSession: Route = (params, context) => {
  const asked = locate(params, context);
  if (!isParams(params['sessionState'])) throw invalid('sessionState is required.');
  occupy(asked, context);
  const found = opened(asked, context);
  applyState(found, asked.locale, params['sessionState']);
  const intent = asked.locale.intents.find((it) => it.name === found.intent?.name);
  found.messages = items(params, 'messages');
  if (intent && found.messages.length === 0) ask(found, intent);
  const { sessionState, messages: said } = view(found, context);
  return {
    contentType: params['responseContentType'] ?? 'text/plain;charset=utf-8',
    sessionState: packed(sessionState),
    messages: said && packed(said),
    requestAttributes: params['requestAttributes'] && packed(params['requestAttributes']),
    sessionId: asked.sessionId,
  };
};

/** What the bot says to the dialog action that was put. */
function ask(found: LexSession, intent: LexIntent): void {
  const { type, slotToElicit } = found.dialogAction ?? {};
  const slot = intent.slots.find((it) => it.name === slotToElicit);
  if (type === 'Delegate') goOn(found, intent);
  if (type === 'ElicitSlot' && slot) found.messages = messages(slot.prompt, found.intent);
  if (type === 'ConfirmIntent') found.messages = messages(intent.confirm?.prompt ?? [], found.intent);
}

function view(
  found: LexSession,
  { quirk }: Context,
): { sessionState: Params; messages?: Params[]; interpretations: Params[] } {
  return {
    ...(found.messages.length > 0 ? { messages: found.messages } : {}),
    interpretations: quirk === 'no-score' ? found.interpretations.map(scoreless) : found.interpretations,
    sessionState: {
      dialogAction: found.dialogAction,
      intent: found.intent,
      activeContexts: found.contexts,
      sessionAttributes: found.attributes,
      originatingRequestId: found.originatingRequestId,
    },
  };
}

function scoreless({ nluConfidence: _score, ...rest }: Params): Params {
  return rest;
}

function packed(value: unknown): string {
  return gzipSync(JSON.stringify(value)).toString('base64');
}

function noSession(id: string) {
  return awsError('ResourceNotFoundException', `Session ${id} does not exist.`, 404);
}

export const lex: Service = {
  id: 'lex',
  signing: 'lex',
  wire: {
    protocol: 'rest',
    operations: [
      { operation: 'RecognizeText', method: 'POST', path: `${session}/text` },
      { operation: 'GetSession', method: 'GET', path: session },
      { operation: 'DeleteSession', method: 'DELETE', path: session },
      {
        operation: 'PutSession',
        method: 'POST',
        path: session,
        asks: { responsecontenttype: 'responseContentType' },
        answers: {
          contentType: 'content-type',
          sessionState: 'x-amz-lex-session-state',
          messages: 'x-amz-lex-messages',
          requestAttributes: 'x-amz-lex-request-attributes',
          sessionId: 'x-amz-lex-session-id',
        },
      },
    ],
  },
  routes: {
    RecognizeText: recognizeText,
    GetSession: getSession,
    DeleteSession: deleteSession,
    PutSession: putSession,
  },
  fault(kind, operation, { caller }) {
    if (kind === 'throttle') return awsError('ThrottlingException', 'Rate exceeded', 429);
    if (kind === 'error') return awsError('InternalServerException', 'An internal error occurred.', 500);
    return awsError('AccessDeniedException', denied(caller, `lex:${operation}`), 403);
  },
};
