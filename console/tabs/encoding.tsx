import type { JSX } from 'preact';
import { useParameter } from '../address.ts';
import type { Schemas } from '../contract.ts';
import { count, plural } from '../figures.ts';
import { FilterInput, Segments } from '../tools.tsx';
import { Trouble } from '../trouble.tsx';
import { type TabProps, useShows, useView } from '../view.ts';

/** So many characters are told one by one. */
const LIMIT = 200;
/** もしもし in Shift_JIS: the same bytes are another text in each encoding. */
const BYTES = '82 e0 82 b5 82 e0 82 b5';
/** Encodings that bytes of unknown origin are often in. */
const ENCODINGS = [
  'utf-8',
  'windows-1252',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
  'windows-1251',
  'koi8-r',
  'utf-16le',
  'utf-16be',
] as const;

/** Characters as bytes, and bytes as characters. */
export default function Encoding({ answer }: TabProps): JSX.Element {
  const [way, setWay] = useParameter('way', 'encode');
  return (
    <div class="filled">
      <div class="tools">
        <Segments
          label="Which way"
          options={[
            ['encode', 'Characters to bytes'],
            ['decode', 'Bytes to characters'],
          ]}
          value={way}
          onChange={setWay}
        />
      </div>
      {way === 'decode' ? <Decode /> : <Encode snapshot={answer.snapshot} />}
    </div>
  );
}

function Encode({ snapshot }: { snapshot: string }): JSX.Element {
  const [text, setText] = useParameter('text');
  const isOwn = text !== '';
  const fields = '{\n  characters { character codePoint name utf8 utf16 utf32 }\n}';
  useShows(
    isOwn
      ? { path: '/encode', query: { text, limit: LIMIT }, graphql: `encode(text: ${JSON.stringify(text)}) ${fields}`, isTargetless: true }
      : { path: '/encode', query: { limit: LIMIT }, graphql: `encode(limit: ${LIMIT}) ${fields}` },
  );
  const { answer, failure } = useView<Schemas['CharactersAnswer']>({
    path: '/encode',
    query: { ...(isOwn ? { text } : { snapshot }), limit: LIMIT, fields: 'total,length,characters,encodings' },
  });
  return (
    <>
      <div class="tools">
        <FilterInput label="Text" placeholder="type or paste a text; or see that of the page" value={text} onChange={setText} />
        {answer !== null && (
          <span class="hint">
            {plural(answer.length.graphemes, 'character')} to a reader, {plural(answer.length.codePoints, 'code point')},{' '}
            {plural(answer.length.codeUnits, 'code unit')} of UTF-16;{' '}
            {answer.encodings.map(({ name, bytes }) => `${name} ${count(bytes)}`).join(', ')} bytes
          </span>
        )}
      </div>
      {failure !== null && <Trouble failure={failure} />}
      {answer !== null && failure === null && (
        <div class="scrolled" tabIndex={0} role="region" aria-label="Characters">
          <table class="characters">
            <thead>
              <tr>
                {['', 'Code point', 'Name', 'UTF-8', 'UTF-16', 'UTF-32'].map((title, index) => (
                  <th key={title} scope="col">
                    {index === 0 ? <span class="aside">Character</span> : title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {answer.characters.map((one, index) => (
                <tr key={index}>
                  <td class="glyph">{/^[\p{C}\p{Z}]$/u.test(one.character) ? <span class="hint">·</span> : one.character}</td>
                  <td class="mono">{one.codePoint}</td>
                  <td class="character-name">{one.name}</td>
                  <td>
                    <Cells hex={one.utf8} kind={one.utf8.length === 2 ? 'one' : 'lead'} />
                  </td>
                  <td>
                    <Cells hex={one.utf16} kind="unit" />
                  </td>
                  <td>
                    <Cells hex={one.utf32} kind="wide" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {answer.total > answer.characters.length && (
            <p class="hint">
              The first {count(answer.characters.length)} of {count(answer.total)}.
            </p>
          )}
        </div>
      )}
    </>
  );
}

/** Bytes, each a cell; in UTF-8 those that go on from a first byte are of another colour. */
function Cells({ hex, kind }: { hex: string; kind: 'one' | 'lead' | 'unit' | 'wide' }): JSX.Element {
  const cells = hex.match(/../g) ?? [];
  return (
    <span class="cells">
      {cells.map((byte, index) => (
        <span key={index} class={`cell cell-${kind === 'lead' && index > 0 ? 'next' : byte === '00' ? 'zero' : kind}`}>
          {byte}
        </span>
      ))}
    </span>
  );
}

function Decode(): JSX.Element {
  const [hex, setHex] = useParameter('hex', BYTES);
  useShows({
    path: '/decode',
    query: { hex, encoding: 'shift_jis' },
    graphql: `decode(hex: ${JSON.stringify(hex)}, encoding: "shift_jis") {\n  text\n  replacements\n  sequences { hex text valid }\n}`,
    isTargetless: true,
  });
  return (
    <>
      <div class="tools">
        <FilterInput label="Bytes, hexadecimal" placeholder="82 e0 82 b5" value={hex} onChange={setHex} />
        <span class="hint">the same bytes, read in each of these encodings</span>
      </div>
      <div class="scrolled" tabIndex={0} role="region" aria-label="Bytes decoded">
        {ENCODINGS.map((encoding) => (
          <Decoded key={encoding} hex={hex} encoding={encoding} />
        ))}
      </div>
    </>
  );
}

function Decoded({ hex, encoding }: { hex: string; encoding: string }): JSX.Element {
  const { answer, failure } = useView<Schemas['DecodedText']>(
    hex.trim() === '' ? null : { path: '/decode', query: { hex, encoding, limit: 64 } },
  );
  return (
    <section class="decoded" aria-label={encoding}>
      <h2>{answer?.encoding ?? encoding}</h2>
      {failure !== null && <p class="hint">{failure.message}</p>}
      {answer !== null && (
        <>
          <p class="decoded-text">{answer.text}</p>
          <p class="hint">{answer.replacements === 0 ? 'all of it valid' : `${plural(answer.replacements, 'sequence')} of it not valid`}</p>
          <span class="cells">
            {answer.sequences.map((sequence, index) => (
              <span key={index} class={`sequence${sequence.valid ? '' : ' invalid'}`}>
                <span class="cell cell-unit">{sequence.hex}</span>
                <span>{sequence.text}</span>
              </span>
            ))}
          </span>
        </>
      )}
    </section>
  );
}
