// The HTTP under the Web API client: undici's plain request, about half the work of `fetch` with its web streams and
// with a timeout that goes off ten seconds later even when the answer came at once.
import { request } from 'undici';

/** How long a whole call may take, ms. */
const patience = 10_000;

/** `fetch` as far as the Web API client uses it: a form goes out, an answer is read whole. Redirects are not followed. */
export async function httpFetch(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  if (url instanceof Request || typeof init.body !== 'string') throw new TypeError('only forms are sent');
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), patience);
  try {
    const { statusCode, headers, body } = await request(url, {
      method: 'POST',
      headers: Object.fromEntries(new Headers(init.headers)),
      body: init.body,
      signal: late.signal,
    });
    const text = await body.text();
    const fields = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
    const isEmpty = statusCode === 204 || statusCode === 304;
    return new Response(isEmpty ? null : text, { status: statusCode, headers: fields });
  } finally {
    clearTimeout(timer);
  }
}
