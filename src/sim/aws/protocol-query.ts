// AWS Query on the wire: form in, XML out. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
import type { AwsError } from './errors.ts';
import { isParams, type Params } from './params.ts';
import type { Answer } from './protocol-json.ts';

type Node = Map<string, Node | string>;

/** `A.member.1.B=x` as `{A: [{B: 'x'}]}`; every value stays text. */
export function readForm(body: string): Params {
  const root: Node = new Map();
  for (const [path, value] of new URLSearchParams(body)) {
    let node = root;
    const names = path.split('.');
    for (const name of names.slice(0, -1)) {
      const inner = node.get(name);
      const next: Node = inner instanceof Map ? inner : new Map();
      node.set(name, next);
      node = next;
    }
    node.set(names.at(-1)!, value);
  }
  return Object.fromEntries([...root].map(([name, value]) => [name, plain(value)]));
}

function plain(node: Node | string): unknown {
  if (typeof node === 'string') return node;
  const member = node.get('member');
  if (member instanceof Map) {
    const numbered = [...member].toSorted(([a], [b]) => Number(a) - Number(b));
    return numbered.map(([, value]) => plain(value));
  }
  return Object.fromEntries([...node].map(([name, value]) => [name, plain(value)]));
}

export function queryAnswer(namespace: string, action: string, value: unknown, requestId: string): Answer {
  const result = value === undefined ? '' : `<${action}Result>${xml(value)}</${action}Result>`;
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  return answer(200, `<${action}Response xmlns="${namespace}">${result}${metadata}</${action}Response>`, requestId);
}

export function queryError(namespace: string, error: AwsError, requestId: string): Answer {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  const inner = xml({ Type: type, Code: error.code, Message: error.message });
  const body = `<ErrorResponse xmlns="${namespace}"><Error>${inner}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return answer(error.status, body, requestId);
}

function answer(status: number, body: string, requestId: string): Answer {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}

/** Members as elements, list items as `member`, dates in ISO 8601; absent members are left out. */
function xml(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join('');
  if (typeof value === 'string') return escape(value);
  if (!isParams(value)) return JSON.stringify(value) ?? '';
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `<${name}>${xml(member)}</${name}>`)
    .join('');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[^\P{Cc}\t\n\r]/gu, '');
}
