import { type DemoResource, whole } from './demo-resource.ts';

/** Characters that each of the encodings has, most of them under other bytes. */
export const SENTENCE = '“Juliet’s the sun …”: 20° ± 2°, 3 × 4 = 12.\n';

/** The bytes of what is not ASCII in the sentence. https://encoding.spec.whatwg.org/#indexes */
const WINDOWS_1252: Readonly<Record<string, string>> = {
  '“': '\x93',
  '”': '\x94',
  '’': '\x92',
  '…': '\x85',
  '°': '\xb0',
  '±': '\xb1',
  '×': '\xd7',
};
const SHIFT_JIS: Readonly<Record<string, string>> = {
  '“': '\x81\x67',
  '”': '\x81\x68',
  '’': '\x81\x66',
  '…': '\x81\x63',
  '°': '\x81\x8b',
  '±': '\x81\x7d',
  '×': '\x81\x7e',
};

function written(table: Readonly<Record<string, string>>): Buffer {
  return Buffer.from([...SENTENCE].map((character) => table[character] ?? character).join(''), 'latin1');
}

const BYTES = {
  'utf-8': Buffer.from(SENTENCE, 'utf8'),
  'utf-16': Buffer.from(`\ufeff${SENTENCE}`, 'utf16le'),
  'windows-1252': written(WINDOWS_1252),
  shift_jis: written(SHIFT_JIS),
} as const;

type Encoding = keyof typeof BYTES;

function sentence(encoding: Encoding, declared: Encoding, about: string): DemoResource {
  const name = encoding === declared ? encoding : `${encoding}-declared-as-${declared}`;
  return whole({ path: `/sentence-${name}.txt`, about }, `text/plain; charset=${declared}`, BYTES[encoding]);
}

/** One sentence in four encodings: as declared, and under a name that is not theirs. */
export const ENCODINGS: readonly DemoResource[] = [
  sentence('utf-8', 'utf-8', 'a sentence in UTF-8, declared as that'),
  sentence('utf-16', 'utf-16', 'the same in UTF-16, with a byte order mark'),
  sentence('windows-1252', 'windows-1252', 'the same in windows-1252'),
  sentence('shift_jis', 'shift_jis', 'the same in Shift_JIS'),
  sentence('utf-8', 'windows-1252', 'UTF-8 under a wrong name: three characters for each one'),
  sentence('utf-16', 'utf-8', 'UTF-16 under a wrong name: its byte order mark wins'),
  sentence('windows-1252', 'utf-8', 'windows-1252 under a wrong name: replacement characters'),
  sentence('shift_jis', 'windows-1252', 'Shift_JIS under a wrong name'),
];
