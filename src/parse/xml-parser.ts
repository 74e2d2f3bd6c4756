import { Comment, Document, type Element, isText, ProcessingInstruction, Text } from 'domhandler';
import { Parser } from 'htmlparser2';
import { appendAttribute, appendChild, createElement, type Parent, setLocalName } from './tree.ts';
import { createTreeCount, type ParseLimits } from './tree-limits.ts';

/** An open element and the prefixes that it declares. */
interface OpenElement {
  element: Element;
  declared: string[];
}

/**
 * Parses decoded text as XML with namespaces: names keep their case and their prefix, `namespace` is what the prefix stands for.
 * Lenient where a browser would stop at an error: an end tag without a start tag is passed over, an element left open ends where
 * its parent does, the first of two attributes of one name is kept, and an entity that XML does not define stays as written. Reads no
 * external entity and expands none. Throws PARSE_LIMIT_EXCEEDED. https://www.w3.org/TR/xml-names/
 */
export function parseXml(text: string, limits: ParseLimits, url: string | null): Document {
  const count = createTreeCount(limits, url);
  const document = new Document([]);
  const open: OpenElement[] = [];
  const namespaces = new Map<string, string[]>([['xml', ['http://www.w3.org/XML/1998/namespace']]]);
  let attributes: [name: string, value: string][] = [];
  let startIndex = 0;

  const current = (): Parent => open.at(-1)?.element ?? document;

  const parser = new Parser(
    {
      onopentagname() {
        startIndex = parser.startIndex;
        attributes = [];
      },

      onattribute(name, value) {
        attributes.push([name, value]);
        count.attributes(attributes.length);
      },

      onopentag(name) {
        count.node();
        count.open();
        const element = createElement(name, '', startIndex);
        const declared: string[] = [];
        for (const [attribute, written] of attributes) {
          const value = normalizeAttribute(written);
          if (appendAttribute(element, attribute, value) && /^xmlns(?::|$)/.test(attribute)) {
            const prefix = attribute.slice('xmlns:'.length);
            const values = namespaces.get(prefix);
            if (values === undefined) namespaces.set(prefix, [value]);
            else values.push(value);
            declared.push(prefix);
          }
        }
        const colon = name.indexOf(':');
        element.namespace = namespaces.get(name.slice(0, Math.max(colon, 0)))?.at(-1) ?? '';
        if (colon !== -1) setLocalName(element, name.slice(colon + 1));
        appendChild(current(), element);
        open.push({ element, declared });
      },

      onclosetag() {
        count.close();
        for (const prefix of open.pop()?.declared ?? []) namespaces.get(prefix)?.pop();
      },

      ontext(data) {
        const lines = normalizeNewlines(data);
        const last = current().children.at(-1);
        if (last !== undefined && isText(last)) {
          last.data += lines;
        } else {
          count.node();
          appendChild(current(), new Text(lines));
        }
      },

      oncomment(data) {
        count.node();
        appendChild(current(), new Comment(normalizeNewlines(data)));
      },

      onprocessinginstruction(name, data) {
        count.node();
        appendChild(current(), new ProcessingInstruction(name, normalizeNewlines(data)));
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  return document;
}

/** https://www.w3.org/TR/xml/#sec-line-ends */
function normalizeNewlines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** https://www.w3.org/TR/xml/#AVNormalize */
function normalizeAttribute(value: string): string {
  return /[\t\n\r]/.test(value) ? value.replace(/\r\n|[\t\n\r]/g, ' ') : value;
}
