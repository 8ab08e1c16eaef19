// Tables: Slack's table block, or one line a row where it is not to be had.
import { signs, type Cell, type Part } from '../core/reply.ts';
import { moreBlock, type Block } from './blocks.ts';
import { cutMrkdwn, cutPlain } from './cut.ts';
import { limits } from './limits.ts';
import { joined, sections } from './render-lines.ts';
import { blank, type Piece, type Spell } from './spell.ts';
import { plain, richText } from './write.ts';

type Table = Extract<Part, { kind: 'table' }>;
type Written = Record<string, unknown>;

/** The table, and how many rows did not fit. https://docs.slack.dev/reference/block-kit/blocks/table-block */
export function tableBlocks(table: Table, spell: Spell, asTable: boolean): Block[] {
  const columns = table.columns.slice(0, limits.tableColumns);
  if (columns.length === 0 || table.rows.length === 0) return [];
  if (!asTable) return rowLines(table, spell);
  const labels = columns.map((column) => cell({ text: column.label }, spell));
  const rows = [labels];
  let size = lengthOf(labels);
  for (const row of table.rows.slice(0, limits.tableRows - 1)) {
    const written = columns.map((_, index) => cell(row[index], spell));
    size += lengthOf(written);
    if (size > limits.tableText) break;
    rows.push(written);
  }
  const block = {
    type: 'table',
    column_settings: columns.map((column) => ({ align: column.right ? 'right' : 'left' })),
    rows: rows.map((row) => row.map((one) => one.cell)),
  };
  return [block, ...moreBlock(table.rows.length - (rows.length - 1), spell)];
}

function rowLines(table: Table, spell: Spell): Block[] {
  const shown = table.rows.slice(0, limits.tableRows - 1);
  const lines = shown.map(([first, ...rest]) => {
    const sign = first?.sign ? `:${signs[first.sign]}: ` : '';
    const name = first ? joined([first.text], spell) : '';
    const values = rest.map((one) => `${one.sign ? `:${signs[one.sign]}: ` : ''}${joined([one.text], spell)}`);
    const text = [name === '' ? '' : `*${cutMrkdwn(name, limits.tableCell)}*`, values.filter(Boolean).join(' · ')];
    return cutMrkdwn(`${sign}${text.filter(Boolean).join(' \u00A0')}`, limits.line);
  });
  return [...sections(lines), ...moreBlock(table.rows.length - shown.length, spell)];
}

/** Rich where there is a sign or something only rich text can show; the rest raw, which phones show denser. */
function cell(given: Cell | undefined, spell: Spell): { cell: Written; length: number } {
  const pieces = given ? spell(given.text) : [];
  const text = cutPlain(plain(pieces).trim() || '-', limits.tableCell);
  if (!given || (!given.sign && !pieces.some(isRich))) return { cell: { type: 'raw_text', text }, length: text.length };
  const calm = given.sign === undefined || given.sign === 'healthy';
  const short = text.length === plain(pieces).trim().length && !blank(pieces);
  const inside: Piece[] = short ? pieces : [{ kind: 'words', text }];
  const elements = [
    ...(given.sign
      ? [
          { type: 'emoji', name: signs[given.sign] },
          { type: 'text', text: ' ' },
        ]
      : []),
    ...richText(inside, calm ? undefined : { bold: true }),
  ];
  return {
    cell: { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] },
    length: text.length + 1,
  };
}

function isRich(piece: Piece): boolean {
  return piece.kind === 'person' || piece.kind === 'group' || piece.kind === 'time' || piece.kind === 'code';
}

function lengthOf(row: readonly { length: number }[]): number {
  return row.reduce((sum, one) => sum + one.length, 0);
}
