import { describe, expect, it } from '@jest/globals';
import { type ExchangeMarks, type Timings, timingsOf } from './exchange-timings.ts';

const NEW: ExchangeMarks = {
  dispatchedAt: 100,
  connecting: { dns: { from: 110, to: 112 }, tcp: { from: 112, to: 115 }, tls: { from: 115, to: 120 } },
  writtenAt: 121,
  sentAt: 123,
  firstByteAt: 130,
  endedAt: 150,
};

function sumOf({ wait, dns, tcp, tls, request, firstByte, download }: Timings): number {
  return [wait, dns, tcp, tls, request, firstByte, download].reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
}

describe('timingsOf', () => {
  it('tells the phases of an exchange that made its connection', () => {
    expect(timingsOf(NEW)).toEqual({ wait: 11, dns: 2, tcp: 3, tls: 5, request: 2, firstByte: 7, download: 20, total: 50 });
  });

  it('has no connection phases on a connection that was there, and counts the wait until it was free', () => {
    expect(timingsOf({ ...NEW, connecting: null })).toMatchObject({ wait: 21, dns: null, tcp: null, tls: null, total: 50 });
  });

  it('has no dns when no name server was asked, and no tls without TLS', () => {
    const connecting = { dns: null, tcp: { from: 112, to: 115 }, tls: null };
    expect(timingsOf({ ...NEW, connecting })).toMatchObject({ wait: 18, dns: null, tcp: 3, tls: null, total: 50 });
  });

  it('counts of a connection begun for another request only what came after the dispatch', () => {
    expect(timingsOf({ ...NEW, dispatchedAt: 113 })).toMatchObject({ wait: 1, dns: 0, tcp: 2, tls: 5, total: 37 });
    expect(timingsOf({ ...NEW, dispatchedAt: 120.5 })).toMatchObject({ wait: 0.5, dns: 0, tcp: 0, tls: 0, total: 29.5 });
  });

  it('ends the request where the response begins, when that came first', () => {
    expect(timingsOf({ ...NEW, sentAt: 140 })).toMatchObject({ request: 9, firstByte: 0, download: 20, total: 50 });
    expect(timingsOf({ ...NEW, sentAt: null })).toMatchObject({ request: 9, firstByte: 0, download: 20, total: 50 });
  });

  it('has phases that add up to the total, whatever the rounding, none of them negative', () => {
    let seed = 1;
    const next = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    for (let round = 0; round < 500; round++) {
      const [dispatchedAt = 0, a = 0, b = 0, c = 0, d = 0, writtenAt = 0, sentAt = 0, firstByteAt = 0, endedAt = 0] = Array.from(
        { length: 9 },
        () => next() * 10,
      ).sort((first, second) => first - second);
      const connecting = { dns: { from: a, to: b }, tcp: { from: b, to: c }, tls: { from: c, to: d } };
      const timings = timingsOf({ dispatchedAt, connecting, writtenAt, sentAt, firstByteAt, endedAt });
      expect(sumOf(timings)).toBeCloseTo(timings.total, 6);
      expect(Math.min(...Object.values(timings).map(Number))).toBeGreaterThanOrEqual(0);
    }
  });
});
