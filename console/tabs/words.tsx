import type { JSX } from 'preact';
import { useChoice, useParameter } from '../address.ts';
import type { Schemas } from '../contract.ts';
import { count, plural } from '../figures.ts';
import { enumValue } from '../snippets.ts';
import { plainly, TargetText } from '../target-text.tsx';
import { Segments } from '../tools.tsx';
import { Trouble } from '../trouble.tsx';
import { type TabProps, useShows, useView } from '../view.ts';

/** So many words are drawn. */
const LIMIT = 200;
/** Languages that readers of many pages want; the server knows more. */
const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'ru', 'ja', 'zh', 'th', 'ar'];

/** How often each word occurs, and by which rules that was counted. */
export default function Words({ answer: { snapshot } }: TabProps): JSX.Element {
  const [tokenizer, setTokenizer] = useChoice('tokenizer');
  const [locale, setLocale] = useParameter('locale');
  const [fold, setFold] = useChoice('fold');
  const [stop, setStop] = useChoice('stop');
  const [ngrams, setNgrams] = useChoice('ngrams');
  const isUnicode = tokenizer === 'unicode';
  const query = {
    ...(isUnicode && { tokenizer }),
    ...(isUnicode && locale !== '' && { locale }),
    ...(fold !== '' && { fold: true }),
    ...(stop !== '' && { stopWords: locale === '' ? 'en' : locale }),
    ...(ngrams !== '1' && { ngrams: Number(ngrams) }),
  };
  const words = Object.entries({ ...query, limit: 20 }).map(
    ([name, value]) => `${name}: ${name === 'tokenizer' ? enumValue(String(value)) : JSON.stringify(value)}`,
  );
  useShows({ path: '/wordcount', query, graphql: `wordCount(${words.join(', ')}) {\n  total\n  distinct\n  words { word count }\n}` });
  const { answer, failure, again } = useView<Schemas['WordCountAnswer']>({
    path: '/wordcount',
    query: { snapshot, ...query, limit: LIMIT },
  });
  return (
    <div class="filled">
      <div class="tools">
        <Segments
          label="What a word is"
          options={[
            ['whitespace', 'Between white space'],
            ['unicode', 'By Unicode'],
          ]}
          value={tokenizer}
          onChange={setTokenizer}
        />
        <select
          aria-label="Language"
          value={locale}
          onChange={({ currentTarget }) => {
            setLocale(currentTarget.value);
          }}
        >
          <option value="">language: en</option>
          {LOCALES.slice(1).map((one) => (
            <option key={one} value={one}>
              language: {one}
            </option>
          ))}
        </select>
        <Segments
          label="Words together"
          options={[
            ['1', 'Words'],
            ['2', 'Pairs'],
            ['3', 'Triples'],
          ]}
          value={ngrams}
          onChange={setNgrams}
        />
        <Check label="Letter case alike" isSet={fold !== ''} onChange={setFold} />
        <Check label="Without stop words" isSet={stop !== ''} onChange={setStop} />
      </div>
      {failure !== null ? (
        <Trouble failure={failure} onRetry={again} />
      ) : answer === null ? (
        <p class="hint">Counting …</p>
      ) : (
        <Counted answer={answer} />
      )}
    </div>
  );
}

function Check({ label, isSet, onChange }: { label: string; isSet: boolean; onChange: (value: 'yes' | '') => void }): JSX.Element {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isSet}
        onChange={({ currentTarget }) => {
          onChange(currentTarget.checked ? 'yes' : '');
        }}
      />
      <span>{label}</span>
    </label>
  );
}

function Counted({ answer }: { answer: Schemas['WordCountAnswer'] }): JSX.Element {
  const { counts, language, rule, readingTimeS, total, distinct } = answer;
  const most = Math.max(1, ...answer.words.map((one) => one.count));
  const minutes = readingTimeS < 60 ? `${readingTimeS} s` : `${Math.round(readingTimeS / 60)} min`;
  return (
    <div class="halves">
      <section class="half" aria-label="Words" tabIndex={0}>
        <h2 class="heading">
          {count(total)} counted, {count(distinct)} of them distinct
        </h2>
        {answer.words.length === 0 && <p class="empty">There are no words in it.</p>}
        <ol class="bars">
          {answer.words.map(({ word, count: times }) => (
            <li key={word}>
              <div>
                <span class="bar-name" title={plainly(word.slice(0, 200))}>
                  <TargetText text={word.slice(0, 200)} />
                </span>
                <span class="bar-space">
                  <span class="bar" style={{ width: `${(times / most) * 100}%` }} />
                </span>
                <span class="bar-count">{count(times)}</span>
              </div>
            </li>
          ))}
        </ol>
        {distinct > answer.words.length && <p class="hint">The first {count(answer.words.length)}.</p>}
      </section>
      <section class="half" aria-label="By which rules" tabIndex={0}>
        <h2 class="heading">The text</h2>
        <dl>
          {Object.entries({
            Characters: plural(counts.graphemes, 'character'),
            Words: count(counts.words),
            Sentences: count(counts.sentences),
            Paragraphs: count(counts.paragraphs),
            'To read': minutes,
            Language: [
              language.declared === null ? null : `${language.declared}, as declared`,
              language.detected === null ? null : `${language.detected}, as detected`,
            ]
              .filter((one) => one !== null)
              .join('; '),
          }).map(([name, value]) => (
            <div key={name} class="row">
              <dt>{name}</dt>
              <dd>
                <TargetText text={value === '' ? 'not known' : value} />
              </dd>
            </div>
          ))}
        </dl>
        <h2 class="heading apart">By which rules</h2>
        {[rule.source, rule.words, rule.fold, rule.leftOut, rule.ngrams, rule.readingTime]
          .filter((one) => one !== null)
          .map((one) => (
            <p key={one} class="rule">
              {one}
            </p>
          ))}
      </section>
    </div>
  );
}
