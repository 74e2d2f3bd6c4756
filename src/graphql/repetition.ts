import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

type Fragments = GraphQLResolveInfo['fragments'];

/** Fields of one name that a selection asks for, under so many names of answers. */
interface Asked {
  answers: Set<string>;
  nodes: FieldNode[];
}

const known = new WeakMap<readonly FieldNode[], number>();

/**
 * How often, at most, an operation repeats any part of a field's value by asking for it under several names: 1 without
 * aliases. What a resolver returns is answered at no more than so many times its size.
 */
export function repetitionOf({ fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): number {
  // The entries of a list share the nodes of their fields.
  const measured = known.get(fieldNodes) ?? measure(fieldNodes, fragments);
  known.set(fieldNodes, measured);
  return measured;
}

function measure(nodes: readonly FieldNode[], fragments: Fragments): number {
  const asked = new Map<string, Asked>();
  const spread = new Set<string>();
  for (const { selectionSet } of nodes) if (selectionSet !== undefined) collect(selectionSet, fragments, asked, spread);
  return Math.max(1, ...[...asked.values()].map(({ answers, nodes: within }) => answers.size * measure(within, fragments)));
}

/** The fields of a selection, those of its fragments included. https://spec.graphql.org/October2021/#CollectFields() */
function collect(set: SelectionSetNode, fragments: Fragments, asked: Map<string, Asked>, spread: Set<string>): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      const field = asked.get(name) ?? { answers: new Set(), nodes: [] };
      field.answers.add(selection.alias?.value ?? name);
      field.nodes.push(selection);
      asked.set(name, field);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      collect(selection.selectionSet, fragments, asked, spread);
    } else if (!spread.has(selection.name.value)) {
      spread.add(selection.name.value);
      const fragment = fragments[selection.name.value];
      if (fragment !== undefined) collect(fragment.selectionSet, fragments, asked, spread);
    }
  }
}
