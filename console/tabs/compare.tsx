import type { JSX } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { parameters, useParameters, writeParameters } from '../address.ts';
import { membersOf } from '../asked.ts';
import { Comparison } from '../comparison.tsx';
import type { Schemas } from '../contract.ts';
import { AGENTS } from '../request-parts.ts';
import { Trouble } from '../trouble.tsx';
import { VariantEditor } from '../variant-editor.tsx';
import { comparable, isUnsafeToCompare, type Variant, VARIANT, variantParameters, variantsOf } from '../variants.ts';
import { AskedContext, readJson, useShows, useView } from '../view.ts';

type Answer = Schemas['CompareAnswer'];

const agentOf = (name: string): string => AGENTS.find(([agent]) => agent === name)?.[1] ?? '';

/** What is worth comparing, one click each. */
const PRESETS: readonly (readonly [title: string, about: string, variants: readonly Variant[]])[] = [
  [
    'Three languages',
    'Does it answer in the language that is asked for, and does its Vary say so?',
    ['en', 'de', 'fr'].map((acceptLanguage) => ({ name: acceptLanguage, acceptLanguage })),
  ],
  [
    'Desktop and phone',
    'Is it one page for both, or two?',
    [
      { name: 'desktop', userAgent: agentOf('Chrome on Windows') },
      { name: 'phone', userAgent: agentOf('Safari on iPhone') },
    ],
  ],
  [
    'Browser, crawler and curl',
    'Do search engines and programs get what people get?',
    [
      { name: 'browser', userAgent: agentOf('Chrome on Windows') },
      { name: 'Googlebot', userAgent: agentOf('Googlebot') },
      { name: 'curl', userAgent: agentOf('curl') },
    ],
  ],
  [
    'Compressed or not',
    'How much does a content coding save?',
    [{ name: 'compressed' }, { name: 'as it is', headers: [{ name: 'Accept-Encoding', value: 'identity' }] }],
  ],
  [
    'A page or JSON',
    'Does it negotiate by media type?',
    [
      { name: 'HTML', headers: [{ name: 'Accept', value: 'text/html' }] },
      { name: 'JSON', headers: [{ name: 'Accept', value: 'application/json' }] },
    ],
  ],
  [
    'GET and HEAD',
    'Is the head the same when nobody wants the content?',
    [
      { name: 'GET', method: 'GET' },
      { name: 'HEAD', method: 'HEAD' },
    ],
  ],
];

const FIELDS =
  'same\n  differences { name values { variant value } }\n  headers { name values { variant value } }\n  vary { missing advice }';

/** Counts on through the whole session: what is asked for again is another question. */
let rounds = 0;

/** Variants of the request, and side by side what differs between their answers. */
export default function Compare(): JSX.Element {
  const asked = comparable(useContext(AskedContext));
  const variants = variantsOf(useParameters());
  const [isEditing, setIsEditing] = useState(false);
  const [round, setRound] = useState(rounds);
  const question = JSON.stringify(variants);
  const [allowed, setAllowed] = useState('');
  const isSet = variants.length > 1;
  const body = { variants };
  useShows({
    path: '/compare',
    asked,
    body: isSet ? body : { variants: PRESETS[0]?.[2] },
    field: 'compare',
    graphql: FIELDS,
  });
  const isAsked = isSet && (allowed === question || !isUnsafeToCompare(asked, variants));
  const { answer, failure, again, isLoading } = useView<Answer>(
    isAsked ? { path: '/compare', body: { ...membersOf(asked), ...body } } : null,
    readJson,
    round,
  );
  const choose = (next: readonly Variant[]): void => {
    const all = parameters();
    all.delete(VARIANT);
    for (const text of variantParameters(next)) all.append(VARIANT, text);
    writeParameters(all, 'push');
    setIsEditing(false);
    // Whoever has pressed a button has said that it may be sent.
    setAllowed(JSON.stringify(next));
    rounds += 1;
    setRound(rounds);
  };
  if (!isSet || isEditing) {
    return (
      <div class="compare">
        {!isSet && (
          <>
            <p class="story small">
              The same request, asked in two ways or up to five, at the same time and past the cache: what differs between the answers, and
              whether a shared cache could know.
            </p>
            <ul class="lessons presets" aria-label="What to compare">
              {PRESETS.map(([title, about, chosen]) => (
                <li key={title}>
                  <button
                    type="button"
                    onClick={() => {
                      choose(chosen);
                    }}
                  >
                    <strong>{title}</strong>
                    <span>{about}</span>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        <VariantEditor
          variants={isSet ? variants : [{ name: 'one' }, { name: 'other' }]}
          onCompare={choose}
          {...(isSet && {
            onCancel: () => {
              setIsEditing(false);
            },
          })}
        />
      </div>
    );
  }
  return (
    <div class="compare">
      <div class="tools">
        <button
          type="button"
          class="button small"
          onClick={() => {
            setIsEditing(true);
          }}
        >
          Change the variants
        </button>
        <button
          type="button"
          class="button small"
          onClick={() => {
            choose(variants);
          }}
        >
          {isAsked ? 'Compare again' : 'Compare'}
        </button>
        <button
          type="button"
          class="button small"
          onClick={() => {
            const all = parameters();
            all.delete(VARIANT);
            writeParameters(all, 'push');
          }}
        >
          Start over
        </button>
      </div>
      {!isAsked && (
        <p class="empty">
          A variant has a method that may change something at the target: nothing is sent before you say so. Compare sends {variants.length}{' '}
          requests.
        </p>
      )}
      {failure !== null && <Trouble failure={failure} onRetry={again} />}
      {isAsked && answer === null && failure === null && <p class="hint">Retrieving {variants.length} variants …</p>}
      {answer !== null && failure === null && (
        <div aria-busy={isLoading}>
          <Comparison answer={answer} variants={variants} />
        </div>
      )}
    </div>
  );
}
