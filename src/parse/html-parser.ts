import { Comment, type Document, type Element, isTag, isText, type ParentNode, Text } from 'domhandler';
import { Parser, type TreeAdapter } from 'parse5';
import { adapter, type Htmlparser2TreeAdapterMap } from 'parse5-htmlparser2-tree-adapter';
import { HtmlTokenizer, type TagAttributes } from './html-tokenizer.ts';
import { appendAttributes, appendChild, createElement, isHtmlElement, type NamedValue } from './tree.ts';
import { createTreeCount, type ParseLimits, type TreeCount } from './tree-limits.ts';

type Attribute = TagAttributes[number];

/**
 * Parses decoded text as a browser does that runs no scripts: `<noscript>` is markup. `startIndex` of an element is where its start tag
 * begins, in UTF-16 code units of `text`, and null where the parser implied it; an element that the adoption agency or a
 * reconstruction made again begins where the first did. What a browser makes a shadow root is not part of the tree. Throws PARSE_LIMIT_EXCEEDED. https://html.spec.whatwg.org/multipage/parsing.html
 */
export function parseHtml(text: string, limits: ParseLimits, url: string | null): Document {
  const treeAdapter = countingTreeAdapter(createTreeCount(limits, url));
  const builder = new Parser<Htmlparser2TreeAdapterMap>({ scriptingEnabled: false, treeAdapter });
  new HtmlTokenizer(text, builder).run();
  return builder.document;
}

/** The htmlparser2 adapter with a count of what it makes, attributes by their qualified names, and of source locations where an element starts. */
export function countingTreeAdapter(count: TreeCount): TreeAdapter<Htmlparser2TreeAdapterMap> {
  const adopted = new WeakMap<Element, number>();
  const shadowHosts = new WeakSet<ParentNode>();
  // The template whose start tag asks for a shadow root, until it is inserted.
  let asking: Element | null = null;

  function createText(data: string): Text {
    count.node();
    return new Text(data);
  }

  return {
    ...adapter,

    appendChild(parent, node) {
      if (node === asking) {
        asking = null;
        if (isValidShadowHost(parent) && !shadowHosts.has(parent)) {
          shadowHosts.add(parent);
          return;
        }
      }
      appendChild(parent, node);
    },

    // The parser hands over the same list of attributes whenever it makes an element again from one start tag.
    createElement(tagName, namespaceURI, attrs: TagAttributes) {
      count.node();
      count.attributes(attrs.length);
      const element = createElement(tagName, namespaceURI, attrs.start ?? null);
      appendAttributes(element, byQualifiedName(attrs));
      if (tagName === 'template' && isHtmlElement(element) && asksForShadowRoot(attrs)) asking = element;
      return element;
    },

    createTextNode: createText,

    createCommentNode(data) {
      count.node();
      return new Comment(data);
    },

    insertText(parent, text) {
      const last = parent.children.at(-1);
      if (last !== undefined && isText(last)) last.data += text;
      else appendChild(parent, createText(text));
    },

    insertTextBefore(parent, text, reference) {
      const previous = reference.prev;
      if (previous !== null && isText(previous)) previous.data += text;
      else adapter.insertBefore(parent, createText(text), reference);
    },

    adoptAttributes(recipient, attrs) {
      const before = adopted.get(recipient) ?? Object.keys(recipient.attribs).length;
      const after = before + appendAttributes(recipient, byQualifiedName(attrs));
      adopted.set(recipient, after);
      count.attributes(after);
    },

    onItemPush() {
      count.open();
    },

    onItemPop() {
      count.close();
    },

    // Where tokens stand is asked for beside the tree, if at all.
    setNodeSourceCodeLocation: () => undefined,
    getNodeSourceCodeLocation: () => null,
    updateNodeSourceCodeLocation: () => undefined,
  };
}

/** https://html.spec.whatwg.org/multipage/scripting.html#attr-template-shadowrootmode */
function asksForShadowRoot(attributes: readonly Attribute[]): boolean {
  return attributes.some(({ name, value }) => name === 'shadowrootmode' && /^(?:open|closed)$/i.test(value));
}

/** https://dom.spec.whatwg.org/#valid-shadow-host-name */
function isValidShadowHost(node: ParentNode): boolean {
  return isTag(node) && isHtmlElement(node) && (SHADOW_HOSTS.has(node.name) || (/^[a-z].*-/s.test(node.name) && !RESERVED.has(node.name)));
}

const SHADOW_HOSTS: ReadonlySet<string> = new Set([
  ...['article', 'aside', 'blockquote', 'body', 'div', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['header', 'main', 'nav', 'p', 'section', 'span'],
]);

/** Names with a hyphen that are no custom element's. https://html.spec.whatwg.org/multipage/custom-elements.html#valid-custom-element-name */
const RESERVED: ReadonlySet<string> = new Set([
  ...['annotation-xml', 'color-profile', 'font-face', 'font-face-src', 'font-face-uri', 'font-face-format', 'font-face-name'],
  'missing-glyph',
]);

/** https://dom.spec.whatwg.org/#concept-attribute-qualified-name */
function byQualifiedName(attributes: readonly Attribute[]): readonly NamedValue[] {
  if (!attributes.some(hasPrefix)) return attributes;
  return attributes.map((attribute) => {
    const { name, prefix, value } = attribute;
    return { name: hasPrefix(attribute) ? `${prefix ?? ''}:${name}` : name, value };
  });
}

function hasPrefix({ prefix }: Attribute): boolean {
  return prefix !== undefined && prefix !== '';
}
