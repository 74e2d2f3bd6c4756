import type { Task, TaskFunction } from '../tasks/task.ts';
import { packSnapshot, type PackedSnapshot, unpackSnapshot } from './packed-snapshot.ts';
import type { Retrieved } from './retrieved.ts';
import { type WrittenForm, writeForm } from './snapshot-form.ts';

interface FormInput {
  form: WrittenForm;
  encoding: string | null;
  fields?: readonly string[] | undefined;
  snapshot: PackedSnapshot;
  cache: Retrieved['cache'];
}

/** A form of a snapshot, to be written by another process. */
export function formTask(
  form: WrittenForm,
  { snapshot, cache }: Retrieved,
  encoding: string | undefined,
  fields?: readonly string[],
): Task {
  const { packed, bytes } = packSnapshot(snapshot);
  const input: FormInput = { form, encoding: encoding ?? null, fields, snapshot: packed, cache };
  return { name: 'form', input, bytes };
}

/** What another process does with {@link formTask}. */
export const formFunction: TaskFunction = async ({ form, encoding, fields, snapshot, cache }: FormInput, bytes) => ({
  facts: null,
  bytes: await writeForm(form, { snapshot: unpackSnapshot(snapshot, bytes), cache }, encoding ?? undefined, fields),
});
