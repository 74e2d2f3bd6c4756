import { type ChildNode, Document, type Element, isTag, isText, Text } from 'domhandler';
import { appendAttributes, appendChild, attributeNames, createElement, following, localName, type Parent } from '../parse/tree.ts';
import { descendants, DomDocument, DomElement, type DomParent, DomText } from './dom.ts';

/**
 * A copy of the elements and texts of a tree. Elements that are deeper than `maxDepth` become siblings of the deepest, as in browsers.
 * `attribute` may write an attribute's value anew.
 */
export function copyToDom(
  tree: Document,
  baseUrl: string | null,
  maxDepth: number,
  attribute: (element: Element, name: string, value: string) => string,
): DomDocument {
  const document = new DomDocument(baseUrl);
  const places = new Map<Parent, { node: DomParent; depth: number }>([[tree, { node: document, depth: 0 }]]);
  for (let node = following(tree, tree); node !== null; node = following(node, tree)) {
    const place = node.parent === null ? undefined : places.get(node.parent as Parent);
    if (place === undefined) continue;
    if (isTag(node)) {
      const element = node;
      const attributes = attributeNames(node).map((name): [string, string] => [
        name,
        attribute(element, name, element.attribs[name] ?? ''),
      ]);
      const copy = place.node.appendChild(new DomElement(document, localName(node), node.namespace ?? '', node.startIndex, attributes));
      places.set(node, place.depth < maxDepth ? { node: copy, depth: place.depth + 1 } : place);
    } else if (isText(node) && place.node !== document) {
      place.node.appendChild(new DomText(node.data));
    }
  }
  return document;
}

/** What is in an element, as a tree like a document's own. */
export function treeOf(root: DomElement): Document {
  const tree = new Document([]);
  const places = new Map<DomParent, Parent>([[root, tree]]);
  for (const node of descendants(root)) {
    const parent = node.parentNode === null ? undefined : places.get(node.parentNode);
    if (parent === undefined) continue;
    let copy: ChildNode;
    if (node instanceof DomText) {
      copy = new Text(node.textContent);
    } else {
      copy = createElement(node.localName, node.namespace, node.startIndex);
      appendAttributes(copy, node.attributes);
      places.set(node, copy);
    }
    appendChild(parent, copy);
  }
  return tree;
}
