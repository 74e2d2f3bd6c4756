import type { Element } from 'domhandler';
import { firstJsonFault } from '../api/json-fault.ts';
import type { PageDocument } from './document.ts';
import type { JsonLd } from './metadata-parts.model.ts';
import { createPositions } from './source-position.ts';
import { asciiLowercase, attributeValue, descendantText, isHtmlElement } from './tree.ts';

/** JSON may be nested as deep as its author likes; what writes the answer goes down with it. */
const MAX_DEPTH = 500;

/** An object of JSON, by its members. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether an element is a block of JSON-LD. https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents */
export function isJsonLd(element: Element): boolean {
  return (
    isHtmlElement(element, 'script') && /^[\t\n\f\r ]*application\/ld\+json[\t\n\f\r ]*(?:;|$)/i.test(attributeValue(element, 'type') ?? '')
  );
}

/** Reads one block of JSON-LD. What is wrong with it is part of the answer, with its place in the text of the script; throws nothing. */
export function readJsonLd(document: PageDocument, script: Element, index: number): JsonLd {
  const text = descendantText(script);
  const position = { index, ...document.position(script.startIndex) };
  try {
    const value: unknown = JSON.parse(text);
    if (isDeeperThan(value, MAX_DEPTH))
      return { value: null, error: errorAt(text, 0, `nested more than ${String(MAX_DEPTH)} deep`), position };
    return { value, error: null, position };
  } catch (error) {
    const offset = firstJsonFault(text) ?? 0;
    return {
      value: null,
      error: errorAt(text, offset, offset === text.length ? 'the JSON ends too early' : (error as Error).message),
      position,
    };
  }
}

function errorAt(text: string, offset: number, message: string): JsonLd['error'] {
  const { line, column } = createPositions(text)(offset);
  return { message, line: line ?? 1, column: column ?? 1, offset };
}

function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    // Values that have none of their own need not be kept for the next level.
    level = level.flatMap((node) => (isObject(node) ? Object.values(node).filter(isObject) : []));
  }
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The objects that blocks of JSON-LD describe at their top: each alone, in a list, or in an `@graph`. */
export interface JsonLdGraph {
  nodes: readonly JsonObject[];
  /** The first of each `@id`. */
  byId: ReadonlyMap<unknown, JsonObject>;
}

/** The graph that all blocks of a page make together. */
export function jsonLdGraph(blocks: readonly JsonLd[]): JsonLdGraph {
  const nodes = blocks.flatMap(({ value }) => nodesOf(value)).flatMap((node) => [node, ...nodesOf(node['@graph'])]);
  const byId = new Map<unknown, JsonObject>();
  for (const node of nodes) if (node['@id'] !== undefined && !byId.has(node['@id'])) byId.set(node['@id'], node);
  return { nodes, byId };
}

function nodesOf(value: unknown): JsonObject[] {
  return [value].flat().filter((node): node is JsonObject => isObject(node) && !Array.isArray(node));
}

/** The first text that one of the nodes has under this name: a string, a `@value`, or the `name` of what it refers to. */
export function jsonLdText({ nodes, byId }: JsonLdGraph, name: string): string | null {
  for (const node of nodes) {
    for (const value of [node[name]].flat()) {
      const text = textOf(value, byId);
      if (text !== null) return text;
    }
  }
  return null;
}

function textOf(value: unknown, byId: JsonLdGraph['byId']): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  const [named] = nodesOf(value);
  if (named === undefined) return null;
  const known = named['name'] ?? named['@value'] ?? byId.get(named['@id'])?.['name'];
  const first: unknown = [known].flat()[0];
  return typeof first === 'string' && first.trim() !== '' ? first : null;
}

/** Addresses of images that the nodes have: strings, and the `url` or `contentUrl` of objects. */
export function jsonLdImages({ nodes }: JsonLdGraph): string[] {
  return nodes
    .flatMap((node) => [node['image']].flat())
    .flatMap((image) => {
      const [object] = nodesOf(image);
      const address = object === undefined ? image : (object['url'] ?? object['contentUrl']);
      return typeof address === 'string' && asciiLowercase(address).trim() !== '' ? [address] : [];
    });
}
