import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { edgesOf, NETWORKS_V4, NETWORKS_V6, numberOf, addressOf, isUnlisted } from '../../test/namespace/networks.ts';
import { embeddings, SPECIAL_NAMES, spellings } from '../../test/namespace/tries.ts';
import { anyText, runs } from '../../test/support/property.ts';
import { parseTargetList } from '../settings/target-list.ts';
import { admitsAddress, judgeHost, literalAddress, parseAddress } from './address-guard.ts';

const NOTHING = parseTargetList('');
const STRICT = { allow: NOTHING, deny: NOTHING, demo: true };

/** Any address of a network. */
function within(network: string): fc.Arbitrary<string> {
  const { within: edges } = edgesOf(network);
  const [first, last] = [numberOf(edges[0] ?? ''), numberOf(edges.at(-1) ?? '')];
  return fc.bigInt({ min: first, max: last }).map((number) => addressOf(number, network.includes(':') ? 6 : 4));
}

const listedV4 = fc.constantFrom(...NETWORKS_V4).chain(within);
const listedV6 = fc.constantFrom(...NETWORKS_V6).chain(within);
const anyV4 = fc.bigInt({ min: 0n, max: 2n ** 32n - 1n }).map((number) => addressOf(number, 4));
const anyV6 = fc
  .oneof(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), fc.bigInt({ min: 0x2000n << 112n, max: (0x4000n << 112n) - 1n }))
  .map((number) => addressOf(number, 6));

function hostOf(spelling: string): string {
  return new URL(`http://${spelling}/`).hostname;
}

describe('the address guard', () => {
  it('refuses every address of a network that is not public', () => {
    fc.assert(
      fc.property(fc.oneof(listedV4, listedV6), (address) => {
        expect(admitsAddress(STRICT, address)).toBe(false);
        expect(judgeHost(STRICT, hostOf(address.includes(':') ? `[${address}]` : address)).admitted).toBe(false);
      }),
      runs(1000),
    );
  });

  it('refuses every IPv6 address that carries an IPv4 address, public or not', () => {
    fc.assert(
      fc.property(fc.oneof(listedV4, anyV4), (v4) => {
        for (const v6 of Object.values(embeddings(v4))) {
          expect([v6, admitsAddress(STRICT, v6)]).toEqual([v6, false]);
          expect([v6, judgeHost(STRICT, hostOf(`[${v6}]`)).admitted]).toEqual([v6, false]);
        }
      }),
      runs(100),
    );
  });

  it('gives one verdict for every spelling of an IPv4 address', () => {
    fc.assert(
      fc.property(fc.oneof(listedV4, anyV4), (v4) => {
        const { admitted } = judgeHost(STRICT, v4);
        expect(admitted).toBe(isUnlisted(v4));
        for (const spelling of spellings(v4)) {
          expect([spelling, judgeHost(STRICT, hostOf(spelling)).admitted]).toEqual([spelling, admitted]);
        }
      }),
      runs(60),
    );
  });

  it('admits exactly the addresses that no network lists', () => {
    fc.assert(
      fc.property(fc.oneof(anyV4, anyV6, listedV6), (address) => {
        expect(admitsAddress(STRICT, address)).toBe(isUnlisted(address));
        expect(
          admitsAddress(STRICT, new URL(`http://${address.includes(':') ? `[${address}]` : address}`).hostname.replace(/[[\]]/g, '')),
        ).toBe(isUnlisted(address));
      }),
      runs(1000),
    );
  });

  it('lets what is denied win over what is allowed, in every form', () => {
    fc.assert(
      fc.property(fc.oneof(anyV4, anyV6), (address) => {
        const list = parseTargetList(address);
        const mapped = address.includes(':') ? [] : [`::ffff:${address}`];
        for (const form of [address, ...mapped]) {
          expect(admitsAddress({ allow: list, deny: NOTHING, demo: true }, form)).toBe(true);
          expect(admitsAddress({ allow: list, deny: list, demo: true }, form)).toBe(false);
          expect(admitsAddress({ allow: NOTHING, deny: list, demo: true }, form, true)).toBe(false);
        }
      }),
      runs(500),
    );
  });

  it('takes nothing for an address that is none, and refuses it as one', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.tuple(anyV6, anyText).map(([address, zone]) => `${address}%${zone}`),
        ),
        (text) => {
          fc.pre(!/^[\d.]+$|^[\da-f:.]+$/i.test(text));
          expect([parseAddress(text), admitsAddress(STRICT, text, true), literalAddress(text)]).toEqual([null, false, null]);
        },
      ),
      runs(1000),
    );
  });

  it('refuses special names, whatever is before them and however they are written', () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
    const dotted = SPECIAL_NAMES.map((name) => hostOf(name).replace(/\.$/, '')).filter(
      (name) => name.includes('.') || name === 'localhost',
    );
    fc.assert(
      fc.property(fc.array(label, { maxLength: 3 }), fc.constantFrom(...dotted), fc.constantFrom('', '.'), (labels, name, dot) => {
        const host = [...labels, name].join('.') + dot;
        expect([host, judgeHost(STRICT, host).admitted]).toEqual([host, false]);
        expect(judgeHost(STRICT, host.toUpperCase()).admitted).toBe(false);
      }),
      runs(500),
    );
  });
});
