import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/** Tokens of an operation's text, beyond which it is not even parsed. */
export const MAX_TOKENS = 5000;

/**
 * A validation rule: no field lies deeper than `maxDepth`. Introspection is not counted: its depth is the client's
 * business, and the schema bounds its cost.
 */
export function depthLimit(maxDepth: number): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    OperationDefinition(operation): void {
      const depth = depthOf(operation.selectionSet, fragmentsOf(context), new Map());
      if (depth > maxDepth) {
        const message = `The operation is ${String(depth)} fields deep; at most ${String(maxDepth)} are allowed (GRAPHQL_MAX_DEPTH).`;
        context.reportError(new GraphQLError(message, { nodes: operation }));
      }
    },
  });
}

/** A validation rule: queries alone. Nothing can be changed here, and nothing is pushed. */
export const queriesOnly: ValidationRule = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition(node): void {
    if (node.operation !== OperationTypeNode.QUERY) {
      context.reportError(new GraphQLError(`This server answers queries; it has no ${node.operation}s.`, { nodes: node }));
    }
  },
});

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fragmentsOf(context: ValidationContext): Fragments {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of context.getDocument().definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  return fragments;
}

/** Each fragment is measured once; one within itself counts nothing, since another rule refuses it. */
function depthOf(set: SelectionSetNode, fragments: Fragments, known: Map<string, number>): number {
  let deepest = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value.startsWith('__')) continue;
      deepest = Math.max(deepest, 1 + (selection.selectionSet === undefined ? 0 : depthOf(selection.selectionSet, fragments, known)));
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      deepest = Math.max(deepest, depthOf(selection.selectionSet, fragments, known));
    } else {
      deepest = Math.max(deepest, fragmentDepth(selection.name.value, fragments, known));
    }
  }
  return deepest;
}

function fragmentDepth(name: string, fragments: Fragments, known: Map<string, number>): number {
  const measured = known.get(name);
  if (measured !== undefined) return measured;
  known.set(name, 0);
  const fragment = fragments.get(name);
  const depth = fragment === undefined ? 0 : depthOf(fragment.selectionSet, fragments, known);
  known.set(name, depth);
  return depth;
}
