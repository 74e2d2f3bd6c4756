import { spawnSync } from 'node:child_process';
import { TextDecoder } from 'node:util';

/** What /wordcount with tokenizer=whitespace says it does: Python's str.split. Byte by byte, windows-1252 has a character for each on the web. */
const COUNT = `
import codecs, collections, json, sys
codecs.register_error('web', lambda error: (error.object[error.start:error.end].decode('latin-1'), error.end))
codec, errors = {'utf-8': ('utf-8-sig', 'replace'), 'windows-1252': ('cp1252', 'web')}[sys.argv[1].lower()]
words = sys.stdin.buffer.read().decode(codec, errors).split()
print(json.dumps(list(collections.Counter(words).items())))
`;

/** Encodings that Python decodes as the web does. */
const DECODED_BY_PYTHON = ['UTF-8', 'windows-1252'];

/** The words of a content and how often each occurs, in the order of first sight, as Python counts them; throws where there is no python3. */
export function countByPython(content, encoding) {
  if (!DECODED_BY_PYTHON.includes(encoding)) return countByPython(new TextDecoder(encoding).decode(content), 'UTF-8');
  const { error, status, stdout, stderr } = spawnSync('python3', ['-c', COUNT, encoding], {
    input: content,
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  });
  if (error !== undefined || status !== 0) throw new Error(`python3 cannot count: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
  return JSON.parse(stdout);
}

/** Where what `/wordcount` counts differs from what Python counts: of the content as it is, and of what a browser's innerText has. */
export async function differencesOfWords(server, url, { about, theirs }) {
  const content = Buffer.from(await (await fetch(url)).arrayBuffer());
  const counts = {
    'raw words': ['raw', countByPython(content, theirs.encoding)],
    'text words': ['text', countByPython(theirs.visible, 'UTF-8')],
  };
  const differences = [];
  for (const [aspect, [source, their]] of Object.entries(counts)) {
    const query = new URLSearchParams({ ...about, tokenizer: 'whitespace', source, sort: 'first', fields: 'words' });
    const our = (await (await fetch(`${server}/wordcount?${query}`)).json()).words.map(({ word, count }) => [word, count]);
    const at = our.findIndex((entry, index) => String(entry) !== String(their[index]));
    const first = at === -1 ? our.length : at;
    if (at === -1 && our.length === their.length) continue;
    differences.push({
      aspect,
      what: `from entry ${first} on`,
      ours: our.slice(first, first + 5),
      theirs: their.slice(first, first + 5),
      known: null,
    });
  }
  return differences;
}
