import { Comment, Document, type Element, isText, ProcessingInstruction, Text } from 'domhandler';
import { Parser } from 'htmlparser2';
import { appendAttributes, appendChild, createElement, type NamedValue, normalizeNewlines, type Parent, setLocalName } from './tree.ts';
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
  const namespaces = createNamespaces();
  let attributes: NamedValue[] = [];
  let startIndex = 0;

  const current = (): Parent => open.at(-1)?.element ?? document;

  const parser = new Parser(
    {
      onopentagname() {
        startIndex = parser.startIndex;
        attributes = [];
      },

      onattribute(name, value) {
        attributes.push({ name, value: normalizeAttribute(value) });
        count.attributes(attributes.length);
      },

      onopentag(name) {
        count.node();
        count.open();
        const declared = namespaces.declare(attributes);
        const colon = name.indexOf(':');
        const element = createElement(name, namespaces.of(name.slice(0, Math.max(colon, 0))), startIndex);
        if (colon !== -1) setLocalName(element, name.slice(colon + 1));
        appendAttributes(element, attributes);
        appendChild(current(), element);
        open.push({ element, declared });
      },

      onclosetag() {
        count.close();
        namespaces.forget(open.pop()?.declared ?? []);
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

/** What each prefix stands for where the parser is; the empty prefix is the default namespace. https://www.w3.org/TR/xml-names/#scoping */
function createNamespaces(): {
  declare(attributes: readonly NamedValue[]): string[];
  forget(prefixes: readonly string[]): void;
  of(prefix: string): string;
} {
  const uris = new Map<string, string[]>([['xml', ['http://www.w3.org/XML/1998/namespace']]]);
  return {
    declare(attributes) {
      const declared: string[] = [];
      for (const { name, value } of attributes) {
        if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
        const prefix = name.slice('xmlns:'.length);
        const outer = uris.get(prefix);
        if (outer === undefined) uris.set(prefix, [value]);
        else outer.push(value);
        declared.push(prefix);
      }
      return declared;
    },
    forget(prefixes) {
      for (const prefix of prefixes) uris.get(prefix)?.pop();
    },
    of: (prefix) => uris.get(prefix)?.at(-1) ?? '',
  };
}

/** https://www.w3.org/TR/xml/#AVNormalize */
function normalizeAttribute(value: string): string {
  return /[\t\n\r]/.test(value) ? value.replace(/\r\n|[\t\n\r]/g, ' ') : value;
}
