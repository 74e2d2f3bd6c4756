import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
  visit,
} from 'graphql';

/** Tokens of an operation's text, beyond which it is not even parsed: enough for a thousand pages. */
export const MAX_TOKENS = 20_000;

/** What is counted of a document or of an operation, and how much of each there may be. */
const LIMITS = {
  aliases: 1000,
  directives: 100,
  fragments: 100,
  rootFields: 1000,
  /** Fields and fragments, those of fragments counted wherever they are spread. */
  selections: 10_000,
  /** Of these, below `__schema` and `__type`: what introspection tools ask has 250. */
  introspection: 500,
  /** Braces within braces, of whatever sort: what measures an operation follows them. */
  nesting: 200,
} as const;

const LIMIT_WORDS: Readonly<Record<keyof typeof LIMITS, string>> = {
  aliases: 'aliases',
  directives: 'directives',
  fragments: 'fragments',
  rootFields: 'fields at its root',
  selections: 'fields, those of fragments counted wherever they are spread',
  introspection: 'fields of introspection',
  nesting: 'levels of braces',
};

/** A validation rule: nothing is there more often than {@link LIMITS} say. */
export const countLimits: ValidationRule = (context: ValidationContext): ASTVisitor => {
  const document = context.getDocument();
  const counts: Counts = { aliases: 0, directives: 0, fragments: 0, rootFields: 0, selections: 0, introspection: 0, nesting: 0 };
  let level = 0;
  visit(document, {
    SelectionSet: {
      enter: () => {
        level += 1;
        counts.nesting = Math.max(counts.nesting, level);
      },
      leave: () => void (level -= 1),
    },
    Field: ({ alias }) => void (counts.aliases += alias === undefined ? 0 : 1),
    Directive: () => void (counts.directives += 1),
    FragmentDefinition: () => void (counts.fragments += 1),
  });
  if (counts.nesting <= LIMITS.nesting) countExpanded(document, fragmentsOf(context), counts);
  for (const [name, most] of Object.entries(LIMITS) as [keyof typeof LIMITS, number][]) {
    if (counts[name] > most) {
      context.reportError(new GraphQLError(`The operation has more than ${String(most)} ${LIMIT_WORDS[name]}, the most that is allowed.`));
    }
  }
  return {};
};

type Counts = Record<keyof typeof LIMITS, number>;

/** Counts what fragments multiply. */
function countExpanded(document: DocumentNode, fragments: Fragments, counts: Counts): void {
  const count = selectionCounter(fragments, ({ selectionSet }, within) => 1 + (selectionSet === undefined ? 0 : within(selectionSet)));
  const countRoot = selectionCounter(fragments, () => 1);
  const countIntrospection = selectionCounter(fragments, ({ name, selectionSet }, within) =>
    selectionSet === undefined ? 0 : name.value.startsWith('__') ? count(selectionSet) : within(selectionSet),
  );
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    counts.selections += count(definition.selectionSet);
    counts.introspection += countIntrospection(definition.selectionSet);
    counts.rootFields = Math.max(counts.rootFields, countRoot(definition.selectionSet));
  }
}

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

/** A validation rule: no subscriptions. Nothing is pushed here; /batches/{id}/events and /crawls/{id}/events are. */
export const noSubscriptions: ValidationRule = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition(node): void {
    if (node.operation === OperationTypeNode.SUBSCRIPTION) {
      context.reportError(new GraphQLError('This server answers queries and mutations; it has no subscriptions.', { nodes: node }));
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

type Counter = (set: SelectionSetNode) => number;

/** Counts a selection, each of its fields as `ofField` says. Each fragment is counted once, and used as often as it is spread. */
function selectionCounter(fragments: Fragments, ofField: (field: FieldNode, within: Counter) => number): Counter {
  const known = new Map<string, number>();
  const ofFragment = (name: string): number => {
    const counted = known.get(name);
    if (counted !== undefined) return counted;
    known.set(name, 0);
    const fragment = fragments.get(name);
    const total = fragment === undefined ? 0 : count(fragment.selectionSet);
    known.set(name, total);
    return total;
  };
  const count: Counter = ({ selections }) => {
    let total = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) total += ofField(selection, count);
      else total += selection.kind === Kind.INLINE_FRAGMENT ? count(selection.selectionSet) : ofFragment(selection.name.value);
    }
    return total;
  };
  return count;
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
