// Who a message notifies. What stands in a plain_text element is shown as written and notifies nobody.
import { object, objects, string, type Json } from './json.ts';

const MENTION = /<(?:@([UW][A-Z0-9]+)|!subteam\^(S[A-Z0-9]+)|!(channel|here|everyone))(?:\|[^>]*)?>/g;

function inMrkdwn(text: string): string[] {
  return [...text.matchAll(MENTION)].map((hit) => hit[1] ?? hit[2] ?? `<!${hit[3]}>`);
}

function inElement(element: Json): string[] {
  switch (element['type']) {
    case 'plain_text':
    case 'raw_text':
      return [];
    case 'mrkdwn':
    case 'markdown':
      return inMrkdwn(string(element['text']));
    case 'user':
      return [string(element['user_id'])];
    case 'usergroup':
      return [string(element['usergroup_id'])];
    case 'broadcast':
      return [`<!${string(element['range'])}>`];
    default:
      return Object.values(element).flatMap((value) =>
        Array.isArray(value)
          ? objects(value.flat()).flatMap(inElement)
          : typeof value === 'object' && value !== null
            ? inElement(object(value))
            : [],
      );
  }
}

/** Everybody who is notified by a message: people and groups by id, `<!channel>`, `<!here>`, `<!everyone>`. Each once. */
export function pingsOf(message: { text: string; blocks: Json[]; attachments: Json[] }): string[] {
  const attached = message.attachments.flatMap((one) => [...inMrkdwn(string(one['text'])), ...inElement(one)]);
  return [...new Set([...inMrkdwn(message.text), ...message.blocks.flatMap(inElement), ...attached])];
}
