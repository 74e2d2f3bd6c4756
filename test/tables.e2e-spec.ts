import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Problem, TablesAnswer } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

let retrieval: Retrieval;

beforeAll(async () => {
  retrieval = await startRetrieval();
});

afterAll(() => retrieval.close());

const at = (path: string): string => retrieval.origin.url + path;

const TWO = '<table><tr><th>a<tr><td>1</table><table><tr><td>2<td>3</table>';

describe('/tables', () => {
  it('answers tables with their headers, rows and records', async () => {
    const { status, json } = await retrieval.app.get<TablesAnswer>('/tables', { url: at('/articles/tides'), records: true });
    expect(status).toBe(200);
    expect(json).toMatchObject({ status: 200, next: null, total: 1 });
    expect(json.tables).toEqual([
      {
        caption: null,
        summary: null,
        parent: null,
        columns: 2,
        headerRows: 1,
        headers: ['Port', 'High'],
        rows: [
          ['North', '5 m'],
          ['South', '4 m'],
        ],
        records: [
          { Port: 'North', High: '5 m' },
          { Port: 'South', High: '4 m' },
        ],
        position: expect.objectContaining({ index: 0, line: expect.any(Number) }),
      },
    ]);
  });

  it('pages through them', async () => {
    const first = await retrieval.app.get<TablesAnswer>('/tables', { url: at('/articles/two-tables'), limit: 1 });
    expect(first.json).toMatchObject({ total: 2, tables: [{ headers: ['a'], rows: [['1']] }] });
    const second = await retrieval.app.get<TablesAnswer>(first.json.next ?? '');
    expect(second.json).toMatchObject({ next: null, tables: [{ rows: [['2', '3']], position: { index: 1 } }] });
  });

  it('answers one as CSV, by the parameter and by Accept', async () => {
    const csv = await retrieval.app.get('/tables', { url: at('/articles/tides'), format: 'csv' });
    expect(csv.text).toBe('Port,High\r\nNorth,5 m\r\nSouth,4 m\r\n');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="127.0.0.1-table.csv"');
    const accepted = await retrieval.app.send(`/tables?url=${encodeURIComponent(at('/articles/two-tables'))}&table=1`, {
      headers: { accept: 'text/csv' },
    });
    expect(accepted.text).toBe('2,3\r\n');
    const which = await retrieval.app.get<Problem>('/tables', { url: at('/articles/two-tables'), format: 'csv' });
    expect(which.json).toMatchObject({ status: 400, code: 'INVALID_REQUEST', errors: [{ parameter: 'table' }] });
  });

  it('reads a document that the caller sends', async () => {
    const { json } = await retrieval.app.post<TablesAnswer>('/tables', { html: TWO, table: 1 });
    expect(json).toMatchObject({ snapshot: null, total: 1, tables: [{ rows: [['2', '3']] }] });
    expect((await retrieval.app.post('/tables', { html: TWO, table: 0, format: 'csv' })).text).toBe('a\r\n1\r\n');
  });

  it('is a field of a page in the graph', async () => {
    const query = `query ($url: String!) { page(url: $url) { tables(records: true) { total
      tables { caption summary parent columns headerRows headers rows records position { index line column offset } } } } }`;
    const { json } = await retrieval.app.graphql<{ page: { tables: object } }>(query, { url: at('/articles/tides') });
    const rest = await retrieval.app.get<TablesAnswer>('/tables', { url: at('/articles/tides'), records: true });
    expect(json.data?.page.tables).toEqual({ total: rest.json.total, tables: rest.json.tables });
  });
});
