/**
 * Reads the links of every page with their texts, from bytes, in one of several ways, as a process of its own so that none
 * warms the other up. `cost` gives microseconds of the main thread's processor time for all pages, `links` what was read of one.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { TextDecoder } from 'node:util';
import { Parser } from 'htmlparser2';
import { parse } from 'parse5';
import { pagesOf } from './pages.mjs';

const collapsed = (text) => text.replaceAll(/[\t\n\f\r ]+/g, ' ').replaceAll(/^ | $/g, '');
const utf8 = new TextDecoder();

/** As the server does it, from the bytes to the links, without resolving and describing them. */
async function pagewire() {
  const built = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);
  const { decodeText, determineEncoding, validUtf8 } = await built('encode/character-encoding.js');
  const { createDocument } = await built('parse/document.js');
  const { findLinks, HYPERLINK_ELEMENTS } = await built('parse/link-sources.js');
  const sources = { elements: HYPERLINK_ELEMENTS, include: new Set() };
  return (bytes) => {
    const { name } = determineEncoding(bytes, { syntax: 'html' });
    const text = validUtf8(bytes, name) ?? decodeText(bytes, name).text;
    const document = createDocument({ text, url: null, baseUrl: null, syntax: 'html', encoding: name });
    return findLinks(document, sources).map(({ href, element }) => ({ href, text: element.text }));
  };
}

/** What a page says of its encoding is Pagewire's to find out: the others are told, and read UTF-8 where that is it. */
async function decoder() {
  const { decodeText, determineEncoding } = await import(new URL('../../dist/encode/character-encoding.js', import.meta.url).href);
  return (bytes) => {
    const { name } = determineEncoding(bytes, { syntax: 'html' });
    return name === 'UTF-8' ? utf8.decode(bytes) : decodeText(bytes, name).text;
  };
}

async function htmlparser2() {
  const decode = await decoder();
  return (bytes) => {
    const links = [];
    const open = [];
    const parser = new Parser({
      onopentag(name, { href }) {
        if ((name !== 'a' && name !== 'area') || href === undefined) return;
        const link = { href, text: '' };
        links.push(link);
        if (name === 'a') open.push(link);
      },
      ontext(text) {
        for (const link of open) link.text += text;
      },
      onclosetag(name) {
        if (name === 'a') open.pop();
      },
    });
    parser.end(decode(bytes));
    for (const link of links) link.text = collapsed(link.text);
    return links;
  };
}

async function cheerio(folder) {
  const { load } = createRequire(join(folder, 'package.json'))('cheerio');
  const decode = await decoder();
  return (bytes) => {
    const $ = load(decode(bytes));
    return $('a[href], area[href]')
      .toArray()
      .map((element) => ({ href: $(element).attr('href'), text: collapsed($(element).text()) }));
  };
}

/** The tree of the standard, scripting off: what is right. Iterates, as trees may be deep. */
async function parse5() {
  const decode = await decoder();
  return (bytes) => {
    const links = [];
    const open = [];
    const todo = [parse(decode(bytes), { scriptingEnabled: false })];
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      if (node === CLOSE) {
        open.pop();
        continue;
      }
      if (node.nodeName === '#text') for (const link of open) link.text += node.value;
      const isLink = node.tagName === 'a' || node.tagName === 'area';
      const href = isLink ? node.attrs.find(({ name, prefix }) => name === 'href' && !prefix)?.value : undefined;
      if (href !== undefined) {
        const link = { href, text: '' };
        links.push(link);
        open.push(link);
        todo.push(CLOSE);
      }
      // Content of a template is in a tree of its own, and left out.
      for (let index = (node.childNodes?.length ?? 0) - 1; index >= 0; index -= 1) todo.push(node.childNodes[index]);
    }
    for (const link of links) link.text = collapsed(link.text);
    return links;
  };
}

const CLOSE = {};

const WAYS = { pagewire, htmlparser2, cheerio, parse5 };
const [way, peers, corpus] = process.argv.slice(2);
const read = await WAYS[way](peers);
const pages = pagesOf(corpus);

const COMMANDS = {
  cost() {
    const before = process.threadCpuUsage();
    let links = 0;
    for (const { bytes } of pages) links += read(bytes).length;
    const { user, system } = process.threadCpuUsage(before);
    return { microseconds: user + system, links };
  },
  links: ({ page }) => read(pages[page].bytes),
};

process.on('message', ({ id, command, ...order }) => process.send({ id, result: COMMANDS[command](order) }));
process.on('disconnect', () => process.exit(0));
process.send({ id: 'ready', result: null });
