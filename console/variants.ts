import { isUnsafe } from './asked.ts';
import type { Asked, Schemas } from './contract.ts';

/** A variant of a request, as the contract has it. */
export type Variant = Schemas['VariantInput'];

/** As many as are compared at once. */
export const MOST_VARIANTS = 5;

/** The parameter of an address that is a variant: it may stand there several times. */
export const VARIANT = 'variant';

/** Fields that say what a caller would like, and nothing of who it is: an address may have these. */
const SHARED = new Set(['accept', 'accept-encoding', 'accept-language', 'user-agent']);

/** As `User-Agent` and `Accept-Language` are called where they are members of their own. */
const MEMBERS = { 'user-agent': 'userAgent', 'accept-language': 'acceptLanguage' } as const;

const isMember = (name: string): name is keyof typeof MEMBERS => Object.hasOwn(MEMBERS, name);

/** A variant as text: its name, and what may be shared of it, a line each. */
function written({ name = '', method, insecureTls, userAgent, acceptLanguage, headers = [] }: Variant): string {
  const lines = Object.entries({ 'User-Agent': userAgent, 'Accept-Language': acceptLanguage }).map(([field, value]) => ({
    name: field,
    value: value ?? '',
  }));
  const shared = [...lines.filter(({ value }) => value !== ''), ...headers.filter((field) => SHARED.has(field.name.toLowerCase()))];
  return [
    name,
    ...((method ?? '') === '' ? [] : [`(method): ${method ?? ''}`]),
    ...(insecureTls === true ? ['(insecureTls): true'] : []),
    ...shared.map((field) => `${field.name}: ${field.value}`),
  ].join('\n');
}

function read(text: string): Variant {
  const [name = '', ...lines] = text.split('\n');
  const fields = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }];
  });
  const headers = fields.filter((field) => SHARED.has(field.name.toLowerCase()) && !isMember(field.name.toLowerCase()));
  const members = fields.flatMap((field): [string, string | boolean][] => {
    const key = field.name.toLowerCase();
    if (isMember(key)) return [[MEMBERS[key], field.value]];
    if (key === '(method)') return [['method', field.value]];
    return key === '(insecuretls)' ? [['insecureTls', field.value === 'true']] : [];
  });
  return said({ name, ...Object.fromEntries(members), headers });
}

/** A variant with nothing in it that says nothing. */
export function said(variant: Variant): Variant {
  const entries = Object.entries(variant).filter(
    ([, value]: [string, unknown]) =>
      value !== '' && value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(entries);
}

/** What was written into the address last, with the parts that it does not have: they are forgotten with the page. */
let latest: { readonly address: string; readonly variants: readonly Variant[] } = { address: '', variants: [] };

/** Variants as parameters of an address; the parts that may be secrets are kept here alone. */
export function variantParameters(variants: readonly Variant[]): string[] {
  const texts = variants.map(written);
  latest = { address: JSON.stringify(texts), variants };
  return texts;
}

/** The variants of an address. */
export function variantsOf(parameters: URLSearchParams): readonly Variant[] {
  const texts = parameters.getAll(VARIANT).slice(0, MOST_VARIANTS);
  return JSON.stringify(texts) === latest.address ? latest.variants : texts.map(read);
}

/** What is varied, as retrievals of their own and past the cache: what each is asked with beside its variant. */
export function comparable(asked: Asked): Asked {
  return Object.fromEntries(Object.entries(asked).filter(([name]) => name !== 'httpVersion' && name !== 'cache')) as Asked;
}

/** True where comparing may change something at the target: then nobody but the reader may start it. */
export function isUnsafeToCompare(asked: Asked, variants: readonly Variant[]): boolean {
  return variants.some((variant) => isUnsafe({ ...asked, method: variant.method ?? asked.method ?? 'GET' }));
}

/** What a variant changes, a line each. */
export function changesOf({ method, insecureTls, userAgent, acceptLanguage, headers = [], cookies = [] }: Variant): string[] {
  return [
    ...(method === undefined ? [] : [method]),
    ...(acceptLanguage === undefined ? [] : [`Accept-Language: ${acceptLanguage}`]),
    ...(userAgent === undefined ? [] : [`User-Agent: ${userAgent}`]),
    ...headers.map(({ name, value }) => `${name}: ${value}`),
    ...cookies.map(({ name, value }) => `Cookie: ${name}=${value}`),
    ...(insecureTls === true ? ['certificate not checked'] : []),
  ];
}
