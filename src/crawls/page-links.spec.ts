import { describe, expect, it } from '@jest/globals';
import { packLinks, type PageLinks, unpackLinks } from './page-links.ts';

describe('the links of a page', () => {
  it.each<[string, PageLinks]>([
    [
      'many',
      {
        index: 7,
        targets: Int32Array.of(3, 70_000, 0, 2_000_000),
        nofollow: Uint8Array.of(0, 1, 0, 0),
        texts: ['Three', '', 'ü', '"]'],
        outside: [{ url: 'http://example.net/', text: 'elsewhere', nofollow: false }],
        outsideTotal: 7,
      },
    ],
    ['none', { index: 0, targets: Int32Array.of(), nofollow: Uint8Array.of(), texts: [], outside: [], outsideTotal: 0 }],
  ])('are the same when they were packed: %s', (_what, links) => {
    const packed = packLinks(links);
    expect(packed.targets.byteLength).toBe(4 * links.targets.length);
    // A database gives bytes that begin anywhere in a buffer.
    const within = Buffer.concat([Buffer.of(1), packed.targets]).subarray(1);
    expect(unpackLinks({ ...packed, targets: within })).toEqual(links);
  });
});
