import { type DemoResource, type RequestFields, whole } from './demo-resource.ts';

/** The languages it knows; the first is for everybody else. */
const LANGUAGES = {
  en: ['Good morning', 'This page answers in the language that is asked for.', 'Four lines of verse'],
  de: ['Guten Morgen', 'Diese Seite antwortet in der Sprache, um die gebeten wird.', 'Vier Zeilen Verse'],
  fr: ['Bonjour', 'Cette page répond dans la langue demandée.', 'Quatre vers'],
} as const;

type Language = keyof typeof LANGUAGES;

const isKnown = (language: string): language is Language => Object.hasOwn(LANGUAGES, language);

/** The language that is wanted most of those that are known. https://www.rfc-editor.org/rfc/rfc4647#section-3.4 */
function languageFor(wanted: string): Language {
  const ranges = wanted.split(',').map((range) => {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find((value) => value !== undefined);
    return { language: tag.trim().split('-')[0] ?? '', quality: Number(quality ?? 1) };
  });
  const known = ranges.filter(({ language, quality }) => quality > 0 && isKnown(language));
  const [best] = known.sort((one, other) => other.quality - one.quality);
  return best !== undefined && isKnown(best.language) ? best.language : 'en';
}

function greeting(language: Language, isSmall: boolean): DemoResource {
  const [title, text, link] = LANGUAGES[language];
  const more = isSmall ? '' : `<p><a href="/romeo.txt">${link}</a></p>\n<p><a href="/article.html">How a page travels</a></p>\n`;
  return whole(
    {
      path: '/greeting.html',
      about: 'another answer by Accept-Language, as its Vary says, and by User-Agent, which it does not say',
      headers: [
        ['Content-Language', language],
        ['Vary', 'Accept-Language'],
        ...(isSmall ? ([['Cache-Control', 'no-transform']] as const) : []),
      ],
    },
    'text/html; charset=utf-8',
    `<!doctype html>\n<html lang="${language}"><title>${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n${more}</html>\n`,
  );
}

/** The greeting as it is without wishes, and how it is chosen: by a field that its `Vary` names, and by one that it should name. */
export const GREETING: DemoResource = {
  ...greeting('en', false),
  chosenFor: (fields: RequestFields) => greeting(languageFor(fields['accept-language'] ?? ''), /mobile/i.test(fields['user-agent'] ?? '')),
};
