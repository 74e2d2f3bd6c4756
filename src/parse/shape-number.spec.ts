import { describe, expect, it } from '@jest/globals';
import { numberIn } from './shape-number.ts';

describe('the number of a text', () => {
  it.each([
    ['29', 29],
    [' 29 ', 29],
    ['0', 0],
    ['-5', -5],
    ['\u22125 °C', -5],
    ['+5', 5],
    ['-£5.00', -5],
    ['-$1,299.50', -1299.5],
    ['\u2212€ 5', -5],
    ['- £5', -5],
    ['- 5', -5],
    ['Loss: -$5', -5],
    ['Loss: \u2212\u00a0$5', -5],
    ['-US$5', -5],
    ['-EUR 5.50', -5.5],
    ['£-5', -5],
    ['\u20135', -5],
    [' \u2013£5', -5],
    ['+£5', 5],
    ['Price - £5', 5],
    ['Price \u2013 £5', 5],
    ['\u2013 5', 5],
    ['X-£5', 5],
    ['- USB 3', 3],
    ['sub-EUR 5', 5],
    ['1e3', 1000],
    ['.5', 0.5],
    ['3.', 3],
    ['No.5', 5],
    ['X-5', 5],
    ['$1,299.00', 1299],
    ['£1,299,500.25 incl. VAT', 1299500.25],
    ['USD25', 25],
    ['45%', 45],
    ['1\u00a0299', 1299],
    ['1\u202f299\u202f€', 1299],
    ["CHF 1'299.50", 1299.5],
    ['1\u2019299', 1299],
    ['₹12,34,567', 1234567],
    ['1.234', 1.234],
    ['9007199254740991', 9007199254740991],
  ])('is, of %j, %d', (text, value) => {
    expect(numberIn(text, '.')).toEqual({ value });
  });

  it.each([
    ['1.299,50 €', 1299.5],
    ['1.234', 1234],
    ['12,5', 12.5],
    ['1 299,00', 1299],
    ['1 299 kr', 1299],
    ['-3,5', -3.5],
    ['-€ 1.299,50', -1299.5],
    ['1.449,\u2013 €', 1449],
    ['12.34.567', 1234567],
  ])('is, with a comma before decimals, of %j %d', (text, value) => {
    expect(numberIn(text, ',')).toEqual({ value });
  });

  it.each([
    ['', '"" has no number in it'],
    ['sold out', '"sold out" has no number in it'],
    ['\u0663\u0664', '"\u0663\u0664" has no number in it'],
    ['12 x 30', '"12 x 30" has more than one number in it, "12" and "30": match takes the one that is meant'],
    ['2026-01', '"2026-01" has more than one number in it, "2026" and "01": match takes the one that is meant'],
    ['1.299,50', '"1.299,50" has more than one number in it, "1.299" and "50": is "decimal": "," meant?'],
    ['iPhone 15 256', '"iPhone 15 256" has more than one number in it, "15" and "256": is "decimal": "," meant?'],
    ['12,5', '"12,5" has more than one number in it, "12" and "5": is "decimal": "," meant?'],
    ['1,234 567', '"1,234 567" has more than one number in it, "1,234" and "567": match takes the one that is meant'],
    ['1,2345', '"1,2345" has more than one number in it, "1" and "2345": is "decimal": "," meant?'],
    ['-£5 -£6', '"-£5 -£6" has more than one number in it, "-£5" and "-£6": match takes the one that is meant'],
    ['5 - £6', '"5 - £6" has more than one number in it, "5" and "6": match takes the one that is meant'],
    ['1.2.3', '"1.2.3" has more than one number in it, "1.2" and "3": match takes the one that is meant'],
    ['9007199254740993', '"9007199254740993" is more than a number of JSON holds: take it as text'],
    ['1e999', '"1e999" is more than a number of JSON holds: take it as text'],
  ])('is none where there is none, or nothing says which: %j', (text, message) => {
    expect(numberIn(text, '.')).toEqual({ reason: 'no-number', message });
  });

  it('is looked for in a long text in one pass', () => {
    expect(numberIn('1,'.repeat(1_000_000), '.')).toMatchObject({ reason: 'no-number' });
    expect(numberIn('1'.repeat(1_000_000), '.')).toMatchObject({ reason: 'no-number' });
    expect(numberIn('111,'.repeat(1_000_000), '.')).toMatchObject({ reason: 'no-number' });
    expect(numberIn('- '.repeat(1_000_000), '.')).toMatchObject({ reason: 'no-number' });
    expect(numberIn(`${' '.repeat(1_000_000)}-x`, '.')).toMatchObject({ reason: 'no-number' });
    expect(numberIn(`${'1,111'.repeat(500_000)}1`, '.')).toMatchObject({ reason: 'no-number' });
  });
});
