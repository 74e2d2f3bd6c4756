import { type DemoResource, redirecting, whole } from './demo-resource.ts';

const HTML = 'text/html; charset=utf-8';
const AT = '/garden/';

/** The plants by their beds. */
const BEDS: Readonly<Record<string, readonly string[]>> = {
  herbs: ['basil', 'chervil', 'dill', 'lovage', 'rosemary', 'sage', 'thyme'],
  roots: ['beetroot', 'carrot', 'parsnip', 'radish', 'turnip'],
  leaves: ['chard', 'kale', 'lettuce', 'rocket', 'spinach'],
  flowers: ['aster', 'iris', 'marigold', 'nasturtium', 'rose', 'tulip'],
  fruit: ['apple', 'currant', 'gooseberry', 'raspberry'],
};

/** Who likes to stand beside whom: links across the beds. */
const COMPANIONS: readonly (readonly [string, string])[] = [
  ['basil', 'marigold'],
  ['carrot', 'dill'],
  ['carrot', 'rosemary'],
  ['lettuce', 'radish'],
  ['lettuce', 'chervil'],
  ['kale', 'nasturtium'],
  ['rose', 'marigold'],
  ['rose', 'thyme'],
  ['apple', 'nasturtium'],
  ['gooseberry', 'thyme'],
  ['spinach', 'raspberry'],
];

/** The diary, of which each month leads to the next. */
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august'];

const named = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const link = (path: string, text: string, more = ''): string => `<a href="${AT}${path}"${more}>${text}</a>`;
const item = (content: string): string => `<li>${content}\n`;
const list = (links: readonly string[]): string => `<ul>\n${links.map(item).join('')}</ul>\n`;

function page(path: string, about: string, title: string, content: string, head = ''): DemoResource {
  const nav = `<nav>${link('', 'The garden')} ${link('beds.html', 'Beds')} ${link('diary/', 'Diary')}</nav>\n`;
  const text = `<!doctype html>\n<html lang="en">\n<title>${title}</title>\n${head}${nav}<h1>${title}</h1>\n${content}</html>\n`;
  return whole({ path: AT + path, about }, HTML, text);
}

function plant(name: string, bed: string): DemoResource {
  const companions = COMPANIONS.flatMap(([one, other]) => (one === name ? [other] : other === name ? [one] : []));
  const beside =
    companions.length === 0 ? '' : `<h2>Likes to stand beside</h2>\n${list(companions.map((one) => link(`${one}.html`, one)))}`;
  const print = name === 'rose' ? `<p>${link('rose-to-print.html', 'To print')}</p>\n` : '';
  return page(
    `${name}.html`,
    `a plant of the bed of ${bed}`,
    named(name),
    `<p>Of the bed of ${link(`${bed}.html`, bed)}.</p>\n${beside}${print}`,
  );
}

/** A small site to crawl: it has what sites have, what is wrong with them, too. */
export function garden(): DemoResource[] {
  const beds = Object.entries(BEDS);
  const faults = [
    link('nettle.html', 'nettles'),
    link('old-beds', 'where the beds were'),
    link('well', 'the well, round which one walks for ever'),
    link('shed/key.html', 'what is in the shed'),
    link('visitors.html', 'visitors'),
    link('guestbook.html', 'the guest book', ' rel="nofollow"'),
    '<a href="http://neighbour.example/">the neighbour</a>',
  ];
  return [
    page(
      '',
      'a small site to crawl, with all that can be wrong with one',
      'The garden',
      `<p>What grows here, and when.</p>\n${list(faults)}`,
    ),
    page('beds.html', 'its beds', 'Beds', list(beds.map(([bed]) => link(`${bed}.html`, bed)))),
    ...beds.flatMap(([bed, plants]) => [
      page(`${bed}.html`, 'one of its beds', `The bed of ${bed}`, list(plants.map((name) => link(`${name}.html`, name)))),
      ...plants.map((name) => plant(name, bed)),
    ]),
    page(
      'rose-to-print.html',
      'the page of a rose once more, of which it says so',
      'Rose',
      '<p>The same, to print.</p>\n',
      `<link rel="canonical" href="${AT}rose.html">\n`,
    ),
    page(
      'diary/',
      'a diary, in which each month leads to the next',
      'Diary',
      `<p>It begins in ${link('diary/january.html', 'January')}.</p>\n`,
    ),
    ...MONTHS.map((month, index) => {
      const next = MONTHS[index + 1];
      const on = next === undefined ? link('compost.html', 'what became of all this') : link(`diary/${next}.html`, named(next));
      return page(`diary/${month}.html`, 'a month of the diary', named(month), `<p>Nothing but weeds. ${on}</p>\n`);
    }),
    page('compost.html', 'a page with a link that is broken', 'Compost', `<p>It came of ${link('nettle.html', 'nettles')}.</p>\n`),
    // Twice the same, without a word of that.
    ...['visitors.html', 'guests.html'].map((path) =>
      page(path, 'one of two pages that are the same', 'Visitors', `<p>Come in. ${link('guests.html', 'Guests')}</p>\n`),
    ),
    page('shed/key.html', 'a page that robots.txt forbids', 'The shed', '<p>You should not be here.</p>\n'),
    redirecting({ path: `${AT}old-beds`, about: 'moved for good: 301' }, 301, 'beds.html'),
    redirecting({ path: `${AT}well`, about: 'a redirect to itself' }, 302, 'well'),
    whole(
      { path: '/robots.txt', about: 'what crawlers may not retrieve' },
      'text/plain; charset=utf-8',
      `User-agent: *\nDisallow: ${AT}shed/\n`,
    ),
  ];
}
