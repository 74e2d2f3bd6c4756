import type { XPathNode } from './xpath-tree.ts';

/** As much of the library as is used. Its own types bring a browser's along, for the whole project. https://github.com/FontoXML/fontoxpath */
declare const fontoxpath: {
  evaluateXPath: {
    (
      expression: string,
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
