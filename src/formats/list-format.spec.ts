import { describe, expect, it } from '@jest/globals';
import { acceptedFormat } from './list-format.ts';

describe('the format of a list', () => {
  it.each([
    [undefined, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['application/json, text/plain, */*', 'json'],
    ['image/png', 'json'],
    ['text/csv', 'csv'],
    ['TEXT/CSV;header=present', 'csv'],
    ['text/csv, */*', 'csv'],
    ['text/csv;q=0.5, application/json', 'json'],
    ['text/csv, application/json;q=0.5', 'csv'],
    ['text/csv;q=0, */*', 'json'],
    ['application/json;q=0, */*;q=0.1', 'csv'],
    ['application/x-ndjson', 'ndjson'],
    ['text/*', 'csv'],
    ['application/*', 'json'],
    ['text/csv;q=2', 'json'],
    ['text/csv;q=abc, application/x-ndjson;q=0.1', 'ndjson'],
    [',;,=,text/,/csv', 'json'],
  ])('of Accept %j is %s', (accept, format) => {
    expect(acceptedFormat(accept)).toBe(format);
  });

  it.each([
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'text/html, application/xhtml+xml, image/jxr, */*',
    'text/html, application/json',
  ])('is JSON for a browser that opens a URL: %s', (accept) => {
    expect(acceptedFormat(accept)).toBe('json');
  });

  it.each(['text/html', 'text/html, */*;q=0.8', 'application/json;q=0.9, text/html'])(
    'is HTML for who wants it above all: %s',
    (accept) => {
      expect(acceptedFormat(accept)).toBe('html');
    },
  );
});
