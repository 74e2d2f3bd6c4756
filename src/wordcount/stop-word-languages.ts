/** The lists of the package `stopword` by language: BCP 47 tags, and under which name the package has each. */
export const STOP_WORD_LISTS = {
  af: 'afr',
  ar: 'ara',
  bg: 'bul',
  bn: 'ben',
  br: 'bre',
  ca: 'cat',
  cs: 'ces',
  da: 'dan',
  de: 'deu',
  el: 'ell',
  en: 'eng',
  eo: 'epo',
  es: 'spa',
  et: 'est',
  eu: 'eus',
  fa: 'fas',
  fi: 'fin',
  fil: 'tgl',
  fr: 'fra',
  ga: 'gle',
  gl: 'glg',
  gu: 'guj',
  ha: 'hau',
  he: 'heb',
  hi: 'hin',
  hr: 'hrv',
  hu: 'hun',
  hy: 'hye',
  id: 'ind',
  it: 'ita',
  ja: 'jpn',
  ko: 'kor',
  ku: 'kur',
  la: 'lat',
  lgg: 'lgg',
  lt: 'lit',
  lv: 'lav',
  mr: 'mar',
  ms: 'msa',
  my: 'mya',
  nb: 'nob',
  nl: 'nld',
  pa: 'panGu',
  pl: 'pol',
  pt: 'por',
  'pt-BR': 'porBr',
  ro: 'ron',
  ru: 'rus',
  sk: 'slk',
  sl: 'slv',
  so: 'som',
  st: 'sot',
  sv: 'swe',
  sw: 'swa',
  th: 'tha',
  tr: 'tur',
  uk: 'ukr',
  ur: 'urd',
  vi: 'vie',
  yo: 'yor',
  zh: 'zho',
  zu: 'zul',
} as const;

export type StopWordLanguage = keyof typeof STOP_WORD_LISTS;

export const STOP_WORD_LANGUAGES = Object.keys(STOP_WORD_LISTS).join(', ');

/** The list for a language tag, of any spelling: `EN-gb` and `eng` have that of `en`. Null where there is none. */
export function stopWordLanguage(tag: string): StopWordLanguage | null {
  let locale: Intl.Locale;
  try {
    locale = new Intl.Locale(tag);
  } catch {
    return null;
  }
  // Norwegian without saying which is Bokmål nearly always.
  const language = locale.language === 'no' ? 'nb' : locale.language;
  return [`${language}-${locale.region ?? ''}`, language].find(isListed) ?? null;
}

function isListed(tag: string): tag is StopWordLanguage {
  return Object.hasOwn(STOP_WORD_LISTS, tag);
}
