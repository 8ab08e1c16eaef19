// Answering through a response URL: reaches the person where the bot is no member. Five times in 30 minutes.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
import { failure, type Outcome } from './calls.ts';
import type { Card } from './render.ts';

/** Posts a message that only the person sees; it cannot be edited later. Never throws. */
export async function respond(responseUrl: string, card: Card): Promise<Outcome> {
  const { text, blocks } = card;
  const body = { response_type: 'ephemeral', replace_original: false, text, ...(blocks.length > 0 ? { blocks } : {}) };
  try {
    const response = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
    return outcomeOf(response, await response.text());
  } catch (error) {
    return { kind: 'failed', error: failed('no_answer', 'timeout', true, error) };
  }
}

function outcomeOf(response: Response, said: string): Outcome {
  if (response.status === 429) {
    const after = Math.max(1, Number(response.headers.get('retry-after')) || 1) * 1000;
    return { kind: 'limited', after, error: failed('ratelimited', 'throttled', false) };
  }
  const code = /"error"\s*:\s*"([a-z_]{1,80})"/u.exec(said)?.[1] ?? /^[a-z_]{1,80}$/u.exec(said.trim())?.[0];
  if (response.ok && (code === undefined || code === 'ok')) return { kind: 'ok', data: {} };
  if (response.status >= 500) return { kind: 'failed', error: failed(`http_${response.status}`, 'broken', true) };
  const refused = code ?? `http_${response.status}`;
  return { kind: 'refused', refused: { code: refused, pointers: [] }, error: failed(refused, 'invalid', false) };
}

function failed(
  code: string,
  reason: 'timeout' | 'throttled' | 'broken' | 'invalid',
  unsure: boolean,
  cause?: unknown,
) {
  const retryable = unsure || reason === 'throttled';
  return failure('response_url', code, reason, { unsure, retryable, cause });
}
