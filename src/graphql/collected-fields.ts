import { type FieldNode, getDirectiveValues, GraphQLIncludeDirective, type GraphQLResolveInfo, GraphQLSkipDirective, Kind } from 'graphql';
import type { SelectionNode, SelectionSetNode } from 'graphql';

/** What of an operation says which fields are asked for. */
export type Selecting = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues'>;

/**
 * The fields that are asked for within a field, under the names that the answer has them by: those of fragments included, and what
 * `@skip` and `@include` leave out left out. No type of this graph has more than one form, so that every fragment applies.
 * https://spec.graphql.org/October2021/#CollectFields()
 */
export function collectFields(nodes: readonly FieldNode[], selecting: Selecting): Map<string, FieldNode[]> {
  const collected = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (!isWanted(selection, selecting)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const known = collected.get(key);
        if (known === undefined) collected.set(key, [selection]);
        else known.push(selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet);
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = selecting.fragments[selection.name.value];
        if (fragment !== undefined) collect(fragment.selectionSet);
      }
    }
  };
  for (const { selectionSet } of nodes) if (selectionSet !== undefined) collect(selectionSet);
  return collected;
}

/** https://spec.graphql.org/October2021/#sec-Type-System.Directives */
function isWanted(selection: SelectionNode, { variableValues }: Selecting): boolean {
  if ((selection.directives ?? []).length === 0) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
  if (skip?.['if'] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.['if'] !== false;
}
