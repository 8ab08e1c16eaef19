// Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
import { node, nodes, words, type Node } from './json.ts';
import { moment, picture, type Reader } from './mrkdwn.ts';
import { span, wrap, type Line, type Look, type Span } from './spans.ts';

/** The sections, lists, quotes and code of a rich_text block. */
export function drawRich(block: Node, reader: Reader, columns: number): Line[] {
  return nodes(block['elements']).flatMap((part) => {
    if (part['type'] === 'rich_text_list') {
      return nodes(part['elements']).flatMap((item, index) => {
        const mark = part['style'] === 'ordered' ? `${index + 1}. ` : '• ';
        return wrap([span(mark), ...richSpans(item, reader)], columns, 2);
      });
    }
    const before = part['type'] === 'rich_text_quote' ? [span('│ ', 'dim')] : [];
    return wrap([...before, ...richSpans(part, reader)], columns, before.length * 2);
  });
}

/** The elements of one section, as spans. */
export function richSpans(section: Node, reader: Reader): Span[] {
  return nodes(section['elements']).map((element) => span(said(element, reader), lookOf(element)));
}

function lookOf(element: Node): Look | undefined {
  const style = node(element['style']);
  if (style['code'] === true) return 'code';
  return style['bold'] === true ? 'bold' : undefined;
}

function said(element: Node, reader: Reader): string {
  switch (element['type']) {
    case 'emoji':
      return picture(words(element['name'])) ?? `:${words(element['name'])}:`;
    case 'user':
      return reader.nameOf(words(element['user_id'])) ?? `@${words(element['user_id'])}`;
    case 'usergroup':
      return reader.nameOf(words(element['usergroup_id'])) ?? `@${words(element['usergroup_id'])}`;
    case 'channel':
      return reader.nameOf(words(element['channel_id'])) ?? `#${words(element['channel_id'])}`;
    case 'broadcast':
      return `@${words(element['range'])}`;
    case 'link':
      return words(element['text']) || words(element['url']);
    case 'date':
      return moment(Number(element['timestamp']), words(element['format']), words(element['fallback']), reader);
    default:
      return words(element['text']);
  }
}
