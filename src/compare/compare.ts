import type { HeaderField } from '../fetch/field-lines.ts';
import type { Difference, VariantAnswer, VaryReport } from './compare.model.ts';

/** What is compared of a variant: its answer, the fields that were sent and received, how often it has each link and word. */
export interface VariantReading {
  answer: VariantAnswer;
  requestHeaders: readonly HeaderField[];
  headers: readonly HeaderField[];
  links: ReadonlyMap<string, number> | null;
  words: ReadonlyMap<string, number> | null;
}

/** What a comparison finds. */
export interface Findings {
  same: boolean;
  differences: Difference[];
  headers: Difference[];
  links: Difference[];
  words: Difference[];
  vary: VaryReport;
}

const COMPARED = ['status', 'finalUrl', 'mediaType', 'contentEncoding', 'transferBytes', 'bytes', 'sha256', 'links', 'words'] as const;

/** What belongs to the connection, and depends on nothing that a caller chose. */
const CONNECTION_FIELDS = new Set(['host', 'connection', 'content-length']);

const MOST_ENTRIES = 200;

/** Compares the readings of two or more variants of one request. A variant that failed has no header fields, links and words. */
export function compareReadings(readings: readonly VariantReading[]): Findings {
  const answers = readings.map(({ answer }) => answer);
  const differences = COMPARED.map((name) => differenceOf(name, readings, ({ answer }) => answer[name])).filter(isDifferent);
  return {
    same: answers.every((answer) => answer.problem === null && representation(answer) === representation(answers[0])),
    differences,
    headers: headerDifferences(readings),
    links: countDifferences(readings, ({ links }) => links),
    words: countDifferences(readings, ({ words }) => words),
    vary: varyReport(readings),
  };
}

type Reader = (reading: VariantReading) => string | number | null;

function differenceOf(name: string, readings: readonly VariantReading[], read: Reader): Difference {
  const values = readings.map((reading) => {
    const value = read(reading);
    return { variant: reading.answer.name, value: value === null ? null : String(value) };
  });
  return { name, values };
}

function isDifferent({ values }: Difference): boolean {
  return values.some(({ value }) => value !== values[0]?.value);
}

/** What a client sees: status, place and content. */
function representation(answer: VariantAnswer | undefined): string {
  return JSON.stringify([answer?.status, answer?.finalUrl, answer?.sha256]);
}

function headerDifferences(readings: readonly VariantReading[]): Difference[] {
  const names = new Map<string, string>();
  for (const { name } of readings.flatMap(({ headers }) => headers)) {
    if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names].map(([key, name]) => differenceOf(name, readings, ({ headers }) => fieldValue(headers, key))).filter(isDifferent);
}

function fieldValue(fields: readonly HeaderField[], key: string): string | null {
  const values = fields.filter(({ name }) => name.toLowerCase() === key).map(({ value }) => value);
  return values.length === 0 ? null : values.join('\n');
}

/** Entries that the variants have, but not equally often; the widest difference first, then as first seen. */
function countDifferences(
  readings: readonly VariantReading[],
  countsOf: (reading: VariantReading) => ReadonlyMap<string, number> | null,
): Difference[] {
  const present = readings.map(countsOf).filter((counts) => counts !== null);
  if (present.length < 2) return [];
  const names = new Set(present.flatMap((counts) => [...counts.keys()]));
  return [...names]
    .map((name) => ({ name, counts: present.map((counts) => counts.get(name) ?? 0) }))
    .map(({ name, counts }) => ({ name, spread: Math.max(...counts) - Math.min(...counts) }))
    .filter(({ spread }) => spread > 0)
    .sort((one, other) => other.spread - one.spread)
    .slice(0, MOST_ENTRIES)
    .map(({ name }) =>
      differenceOf(name, readings, (reading) => {
        const counts = countsOf(reading);
        return counts === null ? null : (counts.get(name) ?? 0);
      }),
    );
}

/**
 * Two variants whose answers differ must differ in a request field that `Vary` names; otherwise a cache gives one the
 * other's answer. https://www.rfc-editor.org/rfc/rfc9110#section-12.5.5
 */
function varyReport(readings: readonly VariantReading[]): VaryReport {
  const answered = readings.filter(({ answer }) => answer.problem === null);
  const declared = new Set(answered.flatMap(({ headers }) => varyOf(headers)));
  const missing = new Set<string>();
  for (const [index, one] of answered.entries()) {
    for (const other of answered.slice(index + 1)) {
      if (representation(one.answer) === representation(other.answer) && one.answer.contentEncoding === other.answer.contentEncoding)
        continue;
      const changed = changedFields(one.requestHeaders, other.requestHeaders);
      if (declared.has('*') || changed.some((name) => declared.has(name))) continue;
      for (const name of changed) missing.add(name);
    }
  }
  return { declared: [...declared], missing: [...missing], advice: missing.size === 0 ? null : adviceOn([...missing]) };
}

function varyOf(headers: readonly HeaderField[]): string[] {
  return headers
    .filter(({ name }) => name.toLowerCase() === 'vary')
    .flatMap(({ value }) => value.split(','))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}

function changedFields(one: readonly HeaderField[], other: readonly HeaderField[]): string[] {
  const names = new Set([...one, ...other].map(({ name }) => name.toLowerCase()));
  return [...names].filter((name) => !CONNECTION_FIELDS.has(name) && fieldValue(one, name) !== fieldValue(other, name));
}

function adviceOn(missing: readonly string[]): string {
  const names = missing.join(', ');
  const [what, how] =
    missing.length === 1
      ? [`in ${names} alone, yet Vary does not name it`, '']
      : [`in ${names}, yet Vary names none of them`, '; vary one at a time to see which it is'];
  return `the answers differ between requests that differ ${what}: a shared cache may give one caller what was meant for another (unless the content changes by itself from one retrieval to the next)${how}`;
}
