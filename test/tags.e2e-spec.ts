import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Element, Problem, TagsAnswer } from './support/contract.ts';
import { type Retrieval, startRetrieval } from './support/retrieval.ts';

type Query = Readonly<Record<string, string | number | boolean>>;

describe('/tags', () => {
  let retrieval: Retrieval;

  beforeAll(async () => {
    retrieval = await startRetrieval();
  });

  afterAll(() => retrieval.close());

  async function tagsOf(path: string, query: Query = {}): Promise<TagsAnswer> {
    const { status, json } = await retrieval.app.get<TagsAnswer>('/tags', { url: retrieval.origin.url + path, ...query });
    expect(status).toBe(200);
    return json;
  }

  /** The first tag of a piece of HTML. */
  async function tagIn(html: string, tag: string): Promise<Element | undefined> {
    const { status, json } = await retrieval.app.post<TagsAnswer>('/tags', { html, baseUrl: 'http://example.com/', tag });
    expect(status).toBe(200);
    return json.tags[0];
  }

  it('finds anchors unless told otherwise', async () => {
    expect(await tagsOf('/page1.htm')).toMatchObject({ total: 1, tags: [{ name: 'a' }] });
  });

  it('gives the attributes in order, an empty one too', async () => {
    const { total, tags } = await tagsOf('/tags/table', { tag: 'p' });
    expect(total).toBe(3);
    expect(tags[0]).toMatchObject({
      name: 'p',
      attributes: [
        { name: 'id', value: 'first' },
        { name: 'class', value: 'a b' },
        { name: 'data-empty', value: '' },
      ],
      html: '<p id="first" class="a b" data-empty="">One</p>',
      contents: ['One'],
      text: 'One',
    });
    expect(tags[1]).toMatchObject({ contents: ['Two', '<br>', 'lines'], html: '<p>Two<br>lines</p>' });
    expect(tags.map(({ position }) => position.index)).toEqual([0, 1, 2]);
    expect(tags.map(({ position }) => position.line)).toEqual([2, 3, 4]);
  });

  it('does not mind the case of a tag name, and finds elements that are nobody’s', async () => {
    expect((await tagsOf('/tags/table', { tag: 'P' })).total).toBe(3);
    expect((await tagsOf('/tags/table', { tag: 'custom-element' })).tags[0]).toMatchObject({ text: 'custom' });
    expect((await tagsOf('/tags/table', { tag: 'nothing' })).total).toBe(0);
  });

  it('gives all elements for *, those that the parser puts in as well', async () => {
    const { tags } = await tagsOf('/tags/table', { tag: '*' });
    expect(tags.map(({ name }) => name)).toEqual(['html', 'head', 'body', 'p', 'p', 'br', 'p', 'img', 'custom-element']);
  });

  it('keeps to the elements that have an attribute', async () => {
    expect((await tagsOf('/tags/table', { tag: '*', attr: 'src' })).tags.map(({ name }) => name)).toEqual(['img']);
  });

  it('pages', async () => {
    const first = await tagsOf('/tags/table', { tag: 'p', limit: 2 });
    expect(first).toMatchObject({ total: 3, tags: [{ text: 'One' }, {}] });
    expect(first.next?.startsWith(`${retrieval.app.url}/tags?`)).toBe(true);
    const second = await retrieval.app.get<TagsAnswer>(first.next ?? '');
    expect(second.json).toMatchObject({ total: 3, next: null, tags: [{ text: 'Three', position: { index: 2 } }] });
  });

  it('serialises as the HTML Standard does', async () => {
    expect((await tagIn('<p title="&quot;&amp;<>&nbsp;">a&amp;b &lt;&nbsp;</p>', 'p'))?.html).toBe(
      '<p title="&quot;&amp;&lt;&gt;&nbsp;">a&amp;b &lt;&nbsp;</p>',
    );
    expect((await tagIn('<p>x<!-- c --><br><b>y</p>', 'p'))?.contents).toEqual(['x', '<!-- c -->', '<br>', '<b>y</b>']);
    expect((await tagIn('<a href=x>y', 'a'))?.html).toBe('<a href="x">y</a>');
  });

  it('strips and collapses ASCII white space in text, and no other', async () => {
    expect((await tagIn('<p>\n a \t b\f<b> c</b>\u00a0 \u2003d </p>', 'p'))?.text).toBe('a b c\u00a0 \u2003d');
  });

  it('says that a picture is not a document', async () => {
    const { status, json } = await retrieval.app.get<Problem>('/tags', { url: `${retrieval.origin.url}/cover3.jpg` });
    expect([status, json.code]).toEqual([422, 'NOT_A_DOCUMENT']);
  });
});
