import { describe, expect, it } from '@jest/globals';
import { inlineAnswer } from './inline-view.ts';
import { links } from './links.ts';
import { LinksOptions } from './links.args.ts';
import { defineView, viewFunctions, viewTask } from './parse-task.ts';
import type { Task } from '../tasks/task.ts';

const elsewhere = viewFunctions({ links: defineView(links, ({ total }) => total) })['links'];

function task(content: string, options: Partial<LinksOptions> = {}, view = 'links'): Task {
  const source = { bytes: Buffer.from(content), hints: { syntax: 'html' as const }, url: 'http://example.com/a/', fields: [] };
  return viewTask(view, source, Object.assign(new LinksOptions(), options), { fields: ['total', 'links.url', 'links.text'] });
}

const textOf = (pieces: readonly Uint8Array[] | undefined): string => Buffer.concat(pieces ?? []).toString();

describe('links that are answered at once', () => {
  it('are those that another process would answer', async () => {
    const asked = task('<p><a href=x>One</a> <a href="/y?z#é">Two &amp; three</a>', { limit: 1 });
    const answer = inlineAnswer(asked);
    expect(answer?.facts).toEqual({ entries: 2 });
    expect(JSON.parse(textOf(answer?.pieces))).toEqual({ total: 2, links: [{ url: 'http://example.com/a/x', text: 'One' }] });
    const other = await elsewhere?.(asked.input as never, Buffer.concat(asked.bytes));
    expect(textOf(answer?.pieces)).toBe(Buffer.from(other?.bytes ?? []).toString());
  });

  it('are of documents of any encoding, also those that a caller sends', () => {
    const source = {
      bytes: Buffer.from('<a href=x>caf\xe9</a>', 'latin1'),
      hints: { syntax: 'html' as const, transport: 'latin1' },
      url: 'http://example.com/',
      fields: [],
    };
    expect(textOf(inlineAnswer(viewTask('links', source, new LinksOptions(), {}))?.pieces)).toContain('"text":"café"');
    const inline = viewTask('links', { html: '<a href=x>日', baseUrl: 'http://example.com/b/' }, new LinksOptions(), {});
    expect(textOf(inlineAnswer(inline)?.pieces)).toContain('"text":"日"');
  });

  it.each([
    ['other views', task('<a href=x>', {}, 'tags')],
    ['a regular expression', task('<a href=x>', { method: 'regex' })],
    ['other elements', task('<a href=x>', { element: ['img'] })],
    ['what else has URLs', task('<a href=x>', { include: ['srcset'] })],
    ['a document that only a tree can tell of', task('<a href=x>1<table><a href=y>2</table>')],
    ['a large document', task(`<a href=x>${' '.repeat(2 * 1024 * 1024)}`)],
    ['a document whose links repeat a long base URL', task(`<base href="/${'b'.repeat(30_000)}/">${'<a href=x></a>'.repeat(100)}`)],
    ['a document whose links repeat a long heading', task(`<h1>${'h'.repeat(30_000)}</h1>${'<a href=x></a>'.repeat(100)}`)],
    ['a document whose end tags take long to find their elements', task('<span>'.repeat(500) + '</i>'.repeat(50_000))],
    ['a document of many tags', task('<a href=x>' + '<b>'.repeat(50_000).replaceAll('<b><b>', '<b></b>'))],
    ['a document with a long text in a link', task(`<a href=x>${'&amp;'.repeat(100_001)}`)],
    ['a document of many links', task('<a href=x></a>'.repeat(5001))],
  ])('are not %s', (_what, asked) => {
    expect(inlineAnswer(asked)).toBeNull();
  });
});
