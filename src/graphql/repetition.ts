import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import { collectFields, type Selecting } from './collected-fields.ts';

const known = new WeakMap<readonly FieldNode[], number>();

/**
 * How often, at most, an operation repeats any part of a field's value by asking for it under several names: 1 without
 * aliases. What a resolver returns is answered at no more than so many times its size.
 */
export function repetitionOf({ fieldNodes, ...selecting }: Pick<GraphQLResolveInfo, 'fieldNodes' | keyof Selecting>): number {
  // The entries of a list share the nodes of their fields.
  const measured = known.get(fieldNodes) ?? measure(fieldNodes, selecting);
  known.set(fieldNodes, measured);
  return measured;
}

function measure(nodes: readonly FieldNode[], selecting: Selecting): number {
  const answers = new Map<string, FieldNode[][]>();
  for (const within of collectFields(nodes, selecting).values()) {
    const name = within[0]?.name.value ?? '';
    answers.set(name, [...(answers.get(name) ?? []), within]);
  }
  return Math.max(1, ...[...answers.values()].map((asked) => asked.length * measure(asked.flat(), selecting)));
}
