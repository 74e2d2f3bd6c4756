import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyMarkup, mutationOf, ORDINARY_PAGE, TOKENIZER_STATES } from '../../test/support/markup.ts';
import { runs } from '../../test/support/property.ts';
import { differenceOfTrees } from '../../test/support/tree-agreement.ts';
import { parseHtml } from './html-parser.ts';
import { DEFAULT_PARSE_LIMITS } from './tree-limits.ts';
import { descendantText } from './tree.ts';

/** Where the next characters go otherwise than into a paragraph. */
const PLACES = ['', '<!doctype html>', '<p>', '<pre>', '<table>', '<select>', '<frameset>', '<svg>', '<template><col>'];

function agrees(markup: string): void {
  expect({ markup, difference: differenceOfTrees(markup) }).toEqual({ markup, difference: null });
}

describe('the tree of HTML', () => {
  it.each(Object.entries(TOKENIZER_STATES))("is that of parse5's own tokenizer wherever a text ends: %s state", (_, texts) => {
    for (const text of texts) {
      for (let length = 0; length < text.length; length++) agrees(`<p>${text.slice(0, length)}`);
      for (const place of PLACES) agrees(place + text);
    }
  });

  it("is that of parse5's own tokenizer for a page, whatever its newlines are", () => {
    agrees(ORDINARY_PAGE);
    agrees(ORDINARY_PAGE.replaceAll('\n', '\r\n'));
    agrees(ORDINARY_PAGE.replaceAll('\n', '\r'));
  });

  it("is that of parse5's own tokenizer for any markup", () => {
    fc.assert(fc.property(anyMarkup, agrees), runs(3000));
  });

  it("is that of parse5's own tokenizer for a page changed anywhere", () => {
    fc.assert(fc.property(mutationOf([ORDINARY_PAGE, ORDINARY_PAGE.replaceAll('\n', '\r\n')]), agrees), runs(1500));
  });

  it('has U+FFFD for each NUL in foreign content', () => {
    expect(descendantText(parseHtml('<svg>\0\0x<![CDATA[\0]]>', DEFAULT_PARSE_LIMITS, null))).toBe('\uFFFD\uFFFDx\uFFFD');
  });
});
