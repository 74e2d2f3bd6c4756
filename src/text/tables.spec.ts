import { describe, expect, it } from '@jest/globals';
import { createDocument, type PageDocument } from '../parse/document.ts';
import type { TablesOptions } from './tables.args.ts';
import type { Table, Tables } from './tables.model.ts';
import { tableCsv, tables } from './tables.ts';

function documentOf(text: string): PageDocument {
  return createDocument({ text, url: 'http://example.com/', baseUrl: null, syntax: 'html', encoding: 'UTF-8' });
}

function read(text: string, options: Partial<TablesOptions> = {}): Tables {
  return tables(documentOf(text), { records: false, offset: 0, ...options });
}

function only(text: string, options: Partial<TablesOptions> = {}): Table {
  const [table] = read(text, options).tables;
  if (table === undefined) throw new Error('there is no table');
  return table;
}

const rows = (cells: string): string[][] => only(`<table>${cells}</table>`).rows;

describe('the tables of a page', () => {
  it('have captions, headers, rows and a place', () => {
    const table = '<table summary=s><caption> a <b>b</b></caption><thead><tr><th>c<th>d</thead><tr><th>e<td> f <br>g</table>';
    expect(read(`x\n${table}`)).toEqual({
      total: 1,
      tables: [
        {
          caption: 'a b',
          summary: 's',
          parent: null,
          columns: 2,
          headerRows: 1,
          headers: ['c', 'd'],
          rows: [['e', 'f\ng']],
          records: null,
          position: { index: 0, line: 2, column: 1, offset: 2 },
        },
      ],
    });
    expect(read('<p>x')).toEqual({ total: 0, tables: [] });
  });

  it.each([
    [
      'tells a cell in every slot it spans',
      '<tr><td colspan=2>a<td>b<tr><td rowspan=2>c<td>d<td>e<tr><td>f',
      [
        ['a', 'a', 'b'],
        ['c', 'd', 'e'],
        ['c', 'f', ''],
      ],
    ],
    [
      'lets a cell from above push those of a row on',
      '<tr><td>a<td rowspan=2>b<td>c<tr><td>d<td>e',
      [
        ['a', 'b', 'c'],
        ['d', 'b', 'e'],
      ],
    ],
    [
      'lets the first of two cells in a slot stand',
      '<tr><td>a<td rowspan=2>b<tr><td colspan=2>c',
      [
        ['a', 'b'],
        ['c', 'b'],
      ],
    ],
    [
      'ends a rowspan with its row group',
      '<tbody><tr><td rowspan=9>a<td>b<tr><td>c<tbody><tr><td>d',
      [
        ['a', 'b'],
        ['a', 'c'],
        ['d', ''],
      ],
    ],
    [
      'spans to the end of the row group where rowspan is 0',
      '<tbody><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d',
      [
        ['a', 'b'],
        ['a', 'c'],
        ['a', 'd'],
      ],
    ],
    [
      'takes spans that are none for 1',
      '<tr><td colspan=0>a<td colspan=-2>b<td rowspan=x>c<td colspan=" +2x">d',
      [['a', 'b', 'c', 'd', 'd']],
    ],
    ['puts tfoot last', '<tfoot><tr><td>z<tbody><tr><td>a', [['a'], ['z']]],
    ['keeps rows without cells', '<tr><tr><td>a', [[''], ['a']]],
    ['leaves out what a reader does not see', '<tr><td>a<b hidden>x</b><script>x</script>', [['a']]],
  ])('%s', (_, cells, expected) => {
    expect(rows(cells)).toEqual(expected);
  });

  it('bounds a colspan by 1000', () => {
    expect(only('<table><tr><td colspan=5000>a</table>').columns).toBe(1_000);
  });

  it('finds headers in thead, and else in a first row of th', () => {
    expect(only('<table><thead><tr><th>a<th colspan=2>b<tr><th>c<th>d<th>d</thead><tr><td>1<td>2<td>3</table>')).toMatchObject({
      headerRows: 2,
      headers: ['a c', 'b d', 'b d'],
      rows: [['1', '2', '3']],
    });
    expect(only('<table><thead><tr><th rowspan=2>a<td>b<tr><th>c</thead></table>').headers).toEqual(['a', 'b c']);
    expect(only('<table><tr><th>a<th>b<tr><td>1<td>2</table>')).toMatchObject({ headerRows: 1, headers: ['a', 'b'] });
    expect(only('<table><tr><th>a<td>b<tr><th>c<td>d</table>')).toMatchObject({
      headerRows: 0,
      headers: [],
      rows: [
        ['a', 'b'],
        ['c', 'd'],
      ],
    });
    expect(only('<table><tr><th>a</table>')).toMatchObject({ headerRows: 0, rows: [['a']] });
  });

  it('tell rows as records where asked, each column by a name of its own', () => {
    const table = '<table><tr><th>a<th><th>a<th>__proto__<tr><td>1<td>2<td>3<td>4</table>';
    expect(JSON.stringify(only(table, { records: true }).records)).toBe('[{"a":"1","column 2":"2","a (2)":"3","__proto__":"4"}]');
    expect(only('<table><tr><td>1</table>', { records: true }).records).toBeNull();
  });

  it('are tables of their own within others, and not told twice', () => {
    const page = '<table><caption>a</caption><tr><td>b<table><tr><td>c<table><tr><td>d</table></table>e</table><table><tr><td>f</table>';
    const found = read(page).tables;
    expect(found.map((table) => [table.position.index, table.parent, table.rows[0]])).toEqual([
      [0, null, ['b\ne']],
      [1, 0, ['c']],
      [2, 1, ['d']],
      [3, null, ['f']],
    ]);
    expect(read(page, { limit: 1, offset: 2 })).toMatchObject({ total: 4, tables: [{ rows: [['d']] }] });
    expect(read(page, { table: 3 })).toMatchObject({ total: 1, tables: [{ rows: [['f']], position: { index: 3 } }] });
    expect(read(page, { table: 4 })).toEqual({ total: 0, tables: [] });
  });

  it('are CSV one by one', () => {
    const csv = (text: string, table?: number): string =>
      tableCsv(documentOf(text), { records: false, offset: 0, ...(table !== undefined && { table }) }).table;
    const table = '<table><tr><th>a<th>=b<tr><td>1,2<td>"3"<tr><td colspan=2>-4</table>';
    expect(csv(table)).toBe('a,\'=b\r\n"1,2","""3"""\r\n\'-4,\'-4\r\n');
    expect(csv(`${table}<table><tr><td>x</table>`, 1)).toBe('x\r\n');
    expect(csv('<table></table>')).toBe('');
    expect(csv('<p>x')).toBe('');
    for (const [text, number] of [
      [table + table, undefined],
      [table, 1],
      ['', 0],
    ] as const) {
      expect(() => csv(text, number)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
    }
  });

  it.each([
    ['columns', '<table>' + '<tr>' + '<td colspan=1000>'.repeat(1_001) + '</table>'],
    ['columns and rows', '<table>' + '<tr><td colspan=1000>'.repeat(1_001) + '</table>'],
    ['rows', '<table><tr>' + '<td rowspan=65534>'.repeat(200) + '<tr>'.repeat(6_000) + '</table>'],
    ['tables', ('<table>' + '<tr><td colspan=1000>'.repeat(900) + '</table>').repeat(10)],
    ['text', '<table><tr><td colspan=1000>' + 'x'.repeat(100_000) + '</table>'],
  ])('end where their %s would be too many', (_, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'PARSE_LIMIT_EXCEEDED' }));
  });

  it('are read however deep they are, and however many cells are so deep', () => {
    const [table] = read(`${'<div>'.repeat(1_900)}<table>${'<tr><td>x<td>y'.repeat(20_000)}</table>`).tables;
    expect(table?.rows).toHaveLength(20_000);
  });

  it('are read however deep they are in each other', () => {
    const found = read('<table><tr><td>x'.repeat(450)).tables;
    expect(found).toHaveLength(450);
    expect(found.every((table, index) => table.rows[0]?.[0] === 'x' && table.parent === (index === 0 ? null : index - 1))).toBe(true);
  });
});
