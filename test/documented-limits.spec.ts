import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { readSettings } from '../src/settings/settings.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** Every setting as it is when nothing is set; those that are no such value are told in words. */
const PRESETS = readSettings({}) as unknown as Readonly<Record<string, string | number | boolean | null>>;
const NAMES = Object.keys(PRESETS);

/** Defaults that depend on the machine or on another setting, as documents word them. */
const IN_WORDS: Readonly<Record<string, string>> = {
  PARSE_THREADS: 'cores',
  USER_AGENT: '`Pagewire/<version> (+<homepage>)`',
  DNS_SERVERS: "the system's",
  RATE_LIMIT_PER_MINUTE: '`0` (off) on loopback, `120` otherwise',
  CORS_ORIGINS: '`*` on loopback, none otherwise',
  ALLOW_TARGETS: 'none',
  DENY_TARGETS: 'none',
};

/** A default as a table says it. */
function worded(name: string): string {
  const preset = PRESETS[name];
  return IN_WORDS[name] ?? (preset === null ? 'none' : `\`${String(preset)}\``);
}

/** The cells of every row of every table in a Markdown file. */
function rowsOf(path: string): string[][] {
  return read(path)
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|-]+$/.test(line))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The settings that a cell names, and nothing besides. */
function settingsIn(cell: string): string[] {
  const words = cell.split(' ').map((word) => /^`([A-Z][A-Z_]+)`$/.exec(word)?.[1] ?? '');
  return words.every((word) => /_|^(HOST|PORT|WORKERS|DEMO|ROLE)$/.test(word)) ? words : [];
}

describe("the README's settings", () => {
  const rows = rowsOf('README.md').flatMap(([names = '', presets = '']) => {
    const settings = settingsIn(names);
    return settings.length === 0 ? [] : [{ settings, presets }];
  });

  it('are all of them, and no others', () => {
    expect(rows.flatMap(({ settings }) => settings).sort()).toEqual([...NAMES].sort());
  });

  it.each(rows)('have their defaults: $settings', ({ settings, presets }) => {
    const all = settings.map(worded);
    const wordings = [all.join(' '), all.join(', '), ...(new Set(all).size === 1 ? [all[0]] : [])];
    expect(wordings).toContain(presets);
  });
});

describe('.env.example', () => {
  const entries = Object.fromEntries(
    [...read('.env.example').matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name = '', preset = '']) => [name, preset]),
  );

  it('has every setting, and no others', () => {
    expect(Object.keys(entries).sort()).toEqual([...NAMES].sort());
  });

  it.each(NAMES)('has the default of %s', (name) => {
    const isFixed = !(name in IN_WORDS) && PRESETS[name] !== null;
    expect(entries[name]).toBe(isFixed ? String(PRESETS[name]) : '');
  });
});

describe('the limits of SECURITY.md', () => {
  const rows = rowsOf('SECURITY.md').filter((cells) => cells.length === 5 && cells[0] !== 'of');
  const ofSettings = rows.flatMap(([, , number = '', where = '']) => settingsIn(where).map((name) => ({ name, number })));
  const ofCode = rows.flatMap(([, limit = '', number = '', where = '']) => {
    const [, name, path] = /^\[`(\w+)`\]\((src\/[^ )]+)/.exec(where) ?? [];
    return name === undefined || path === undefined ? [] : [{ limit, name, path, number }];
  });

  it('are each a setting or a number in the code', () => {
    expect(ofSettings.length + ofCode.length).toBe(rows.length);
  });

  it('are all that can be set', () => {
    const numeric = NAMES.filter((name) => typeof PRESETS[name] === 'number' && name !== 'PORT');
    expect(ofSettings.map(({ name }) => name).sort()).toEqual(numeric.sort());
  });

  it.each(ofSettings)('have the default of $name', ({ name, number }) => {
    expect(number).toBe(worded(name));
  });

  it.each(ofCode)('have the number of the code: $limit', ({ name, path, number }) => {
    const source = read(path);
    const numbers = [...source.matchAll(new RegExp(`\\b${name}\\b\\s*(?:=|:|\\()[^\\d;{]*([\\d_]+(?: \\* [\\d_]+)*)`, 'g'))].map(
      ([, written = '']) => written.split(' * ').reduce((product, factor) => product * Number(factor.replaceAll('_', '')), 1),
    );
    expect(numbers.map((value) => `\`${String(value)}\``)).toContain(number);
  });
});

describe('what SECURITY.md names as its proof', () => {
  const files = new Set([...read('SECURITY.md').matchAll(/\]\(([\w./-]+)/g)].map(([, path = '']) => path));

  it.each([...files])('is there: %s', (path) => {
    expect(existsSync(new URL(`../${path}`, import.meta.url))).toBe(true);
  });
});
