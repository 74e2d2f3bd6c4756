import { createHash } from 'node:crypto';
import { trimmed } from '../api/fields.ts';
import type { HeaderField } from '../fetch/field-lines.ts';
import type { Links } from '../parse/links.model.ts';
import { BytesPacker, type Place } from '../tasks/packed-bytes.ts';
import type { Task, TaskResult } from '../tasks/task.ts';
import type { WordCount } from '../wordcount/wordcount.model.ts';
import type { VariantAnswer } from './compare.model.ts';
import { compareReadings, type VariantReading } from './compare.ts';

/** What a variant brought back: its answer without what its content has to be read for, which comes as JSON of views and as bytes. */
export interface Obtained {
  answer: VariantAnswer;
  requestHeaders: readonly HeaderField[];
  headers: readonly HeaderField[];
  links: readonly Buffer[] | null;
  words: readonly Buffer[] | null;
  content: Uint8Array | null;
}

type Packed = Omit<Obtained, 'links' | 'words' | 'content'> & Record<'links' | 'words' | 'content', Place | null>;

interface CompareInput {
  url: string;
  /** Members of the answer that are wanted; all where there are none. */
  fields: readonly string[] | undefined;
  variants: Packed[];
}

/** The comparison of what variants of one request brought back, as a task, and how many bytes it has to read. */
export function comparison(
  url: string,
  obtained: readonly Obtained[],
  fields: readonly string[] | undefined,
): { task: Task & { input: CompareInput }; length: number } {
  const packer = new BytesPacker();
  const variants = obtained.map(({ links, words, content, ...known }) => ({
    ...known,
    links: links && packer.add(...links),
    words: words && packer.add(...words),
    content: content && packer.add(content),
  }));
  return { task: { name: 'compare', input: { url, fields, variants }, bytes: packer.bytes }, length: packer.length };
}

/** What is done with {@link comparison}: the answer as JSON. */
export function compareFunction({ url, fields, variants }: CompareInput, bytes: Buffer): TaskResult {
  const readings = variants.map((variant) => readingOf(variant, bytes));
  const answer = { url, ...compareReadings(readings), variants: readings.map((reading) => reading.answer) };
  return { facts: null, bytes: Buffer.from(JSON.stringify(trimmed(answer, fields))) };
}

function readingOf({ answer, requestHeaders, headers, links, words, content }: Packed, bytes: Buffer): VariantReading {
  const at = ({ from, to }: Place): Buffer => bytes.subarray(from, to);
  const linkCounts = links && countOf((JSON.parse(at(links).toString()) as Links).links.map(({ url, href }) => url ?? href));
  const wordCounts = words && new Map((JSON.parse(at(words).toString()) as WordCount).words.map(({ word, count }) => [word, count]));
  return {
    answer: {
      ...answer,
      sha256: content && createHash('sha256').update(at(content)).digest('hex'),
      links: linkCounts && sumOf(linkCounts),
      words: wordCounts && sumOf(wordCounts),
    },
    requestHeaders,
    headers,
    links: linkCounts,
    words: wordCounts,
  };
}

function countOf(entries: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(entry, (counts.get(entry) ?? 0) + 1);
  return counts;
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
