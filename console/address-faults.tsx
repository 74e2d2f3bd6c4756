import type { JSX } from 'preact';
import { parameters, useParameters, writeParameters } from './address.ts';
import { CHOICES, TEXTS } from './address-words.ts';
import { SHARED, SHARED_WORDS } from './asked.ts';
import { plural } from './figures.ts';
import { TABS } from './tabs.ts';
import { TargetText } from './target-text.tsx';
import { MOST_VARIANTS, VARIANT } from './variants.ts';

/** Something of an address that means nothing here. */
interface Fault {
  name: string;
  value: string;
  /** What it may be, or why it means nothing. */
  words: string;
}

/** So many are told, and so much of each. */
const MOST_TOLD = 12;
const MOST_SHOWN = 60;

const WORDS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...Object.entries(CHOICES),
  ...Object.entries(SHARED_WORDS),
  ['tab', TABS.map(({ id }) => id)],
]);
const KNOWN = new Set<string>([...WORDS.keys(), ...TEXTS, ...Object.keys(SHARED), VARIANT]);

/** What of an address was not understood. */
function faultsOf(given: URLSearchParams): Fault[] {
  const times = new Map<string, number>();
  return [...given].flatMap(([name, value]): Fault[] => {
    const before = times.get(name) ?? 0;
    times.set(name, before + 1);
    if (!KNOWN.has(name)) return [{ name, value, words: 'is nothing that this page knows' }];
    if (name === VARIANT)
      return before < MOST_VARIANTS ? [] : [{ name, value, words: `is more than the ${String(MOST_VARIANTS)} that are compared` }];
    if (before > 0) return [{ name, value, words: 'stands there already, and the first one counts' }];
    if (value === '') return [];
    const words = WORDS.get(name);
    if (words !== undefined && !words.includes(value))
      return [{ name, value, words: `must be one of ${words.filter((word) => word !== '').join(', ')}` }];
    const isNumber = name === 'at' || SHARED[name as keyof typeof SHARED] === 'number';
    return isNumber && !/^\d{1,15}$/.test(value) ? [{ name, value, words: 'must be a whole number' }] : [];
  });
}

/** The address without what means nothing. */
function takeOut(faults: readonly Fault[]): void {
  const kept = new URLSearchParams();
  const left = [...faults];
  // Of a name that stands twice it is the later one that is meant nothing by.
  for (const [name, value] of [...parameters()].reverse()) {
    const place = left.findLastIndex((fault) => fault.name === name && fault.value === value);
    if (place === -1) kept.append(name, value);
    else left.splice(place, 1);
  }
  writeParameters(new URLSearchParams([...kept].reverse()), 'replace');
}

/** Says what of the address was passed over; nothing where all of it was understood. */
export function AddressFaults(): JSX.Element | null {
  const faults = faultsOf(useParameters());
  if (faults.length === 0) return null;
  return (
    <section class="address-faults" role="status" aria-label="What the address says wrongly">
      <p>The address has {plural(faults.length, 'thing')} in it that this page passes over:</p>
      <ul>
        {faults.slice(0, MOST_TOLD).map(({ name, value, words }, index) => (
          <li key={index}>
            <code>
              <TargetText text={`${name.slice(0, MOST_SHOWN)}=${value.slice(0, MOST_SHOWN)}`} />
            </code>{' '}
            {words}.
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="button small"
        onClick={() => {
          takeOut(faults);
        }}
      >
        Take it out of the address
      </button>
    </section>
  );
}
