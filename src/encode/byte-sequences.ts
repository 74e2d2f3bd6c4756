import { TextDecoder } from '@exodus/bytes/encoding.js';
import type { ByteSequence } from './encode.model.ts';
import { codePointNotation } from './code-points.ts';
import { iso2022JpSequences } from './iso-2022-jp.ts';
import { SEQUENCE_LENGTHS } from './sequence-lengths.ts';
import { toHex } from './utf.ts';

/** Which part of the list is wanted, and how many there are in all. */
export interface ByteSequencePage {
  total: number;
  sequences: ByteSequence[];
}

interface Reading {
  text: string;
  valid: boolean;
}

const INVALID: Reading = { text: '\uFFFD', valid: false };
const SILENT: Reading = { text: '', valid: true };

/**
 * What a decoder makes of bytes, sequence by sequence: the texts together are what `decodeText` gives, and each that is not
 * valid is one U+FFFD. A byte order mark of the encoding at the start, and an escape sequence, become no text.
 *
 * @param name - an encoding's name
 */
export function byteSequences(bytes: Uint8Array, name: string, page: { limit: number; offset: number }): ByteSequencePage {
  const read = createReader(name);
  const sequences: ByteSequence[] = [];
  let total = 0;
  const take = (start: number, end: number, reading: (hex: string) => Reading): void => {
    if (total >= page.offset && total < page.offset + page.limit) {
      const hex = toHex(bytes.subarray(start, end));
      const { text, valid } = reading(hex);
      sequences.push({ offset: start, hex, text, codePoint: codePointNotation(text), valid });
    }
    total += 1;
  };
  if (name === 'ISO-2022-JP') {
    for (const sequence of iso2022JpSequences(bytes)) {
      take(sequence.start, sequence.end, (hex) => {
        if (sequence.escape) return sequence.valid ? SILENT : INVALID;
        return read(toHex(Buffer.from(sequence.prefix, 'latin1')) + hex);
      });
    }
  } else {
    const lengthAt = SEQUENCE_LENGTHS[name] ?? (() => 1);
    let start = 0;
    while (start < bytes.length) {
      const end = start + lengthAt(bytes, start);
      const isFirst = start === 0;
      take(start, end, (hex) => (isFirst && BYTE_ORDER_MARKS[name] === hex ? SILENT : read(hex)));
      start = end;
    }
  }
  return { total, sequences };
}

const BYTE_ORDER_MARKS: Readonly<Record<string, string>> = { 'UTF-8': 'efbbbf', 'UTF-16LE': 'fffe', 'UTF-16BE': 'feff' };

/** Reads one sequence, given in hexadecimal; equal ones are decoded once. */
function createReader(name: string): (hex: string) => Reading {
  const readings = new Map<string, Reading>();
  if (name === 'replacement') return () => INVALID;
  const decoder = new TextDecoder(name, { fatal: true, ignoreBOM: true });
  return (hex) => {
    let reading = readings.get(hex);
    if (reading === undefined) {
      reading = decoded(decoder, hex);
      readings.set(hex, reading);
    }
    return reading;
  };
}

function decoded(decoder: InstanceType<typeof TextDecoder>, hex: string): Reading {
  try {
    return { text: decoder.decode(Buffer.from(hex, 'hex')), valid: true };
  } catch {
    return INVALID;
  }
}
