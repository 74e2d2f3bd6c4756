import type { QueryNode } from './xpath-names.ts';
import type { XPathNode } from './xpath-tree.ts';

/** As much of the library as is used. Its own types bring a browser's along, for the whole project. https://github.com/FontoXML/fontoxpath */
declare const fontoxpath: {
  evaluateXPath: {
    (
      /** As text, or as it was read. */
      expression: string | QueryNode,
      context: XPathNode,
      facade: XPathFacade,
      variables: null,
      returnType: number,
      options: {
        language: string;
        namespaceResolver: (prefix: string) => string | null;
        functionNameResolver: (name: { prefix: string; localName: string }) => { namespaceURI: string; localName: string };
        disableCache: boolean;
        logger: { trace: (message: string) => void };
      },
    ): unknown[];
    readonly ALL_RESULTS_TYPE: number;
    readonly XPATH_3_1_LANGUAGE: string;
  };
  /** Reads an expression as a document of XQueryX, made of what `factory` makes. */
  parseScript(
    expression: string,
    options: { language: string; annotateAst: boolean },
    factory: {
      createElementNS(namespace: string, name: string): QueryNode;
      createTextNode(text: string): QueryNode;
      createComment(text: string): QueryNode;
    },
  ): QueryNode;
};

/** How it walks a tree. */
export interface XPathFacade {
  getAllAttributes(node: XPathNode): readonly XPathNode[];
  getAttribute(node: XPathNode, name: string): string | null;
  getChildNodes(node: XPathNode): readonly XPathNode[];
  getData(node: XPathNode): string;
  getFirstChild(node: XPathNode): XPathNode | null;
  getLastChild(node: XPathNode): XPathNode | null;
  getNextSibling(node: XPathNode): XPathNode | null;
  getParentNode(node: XPathNode): XPathNode | null;
  getPreviousSibling(node: XPathNode): XPathNode | null;
}

export default fontoxpath;
