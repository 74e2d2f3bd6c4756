import contents from 'virtual:contents';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** An endpoint as the list of all has it. */
export interface Entry {
  path: string;
  methods: readonly Method[];
  title: string;
}

/** As much of the contract as a first view shows. */
export interface Contents {
  version: string;
  description: string;
  groups: readonly { name: string; description: string; endpoints: readonly Entry[] }[];
}

/** All that there is to read about, in the order and the groups of the contract. */
export const CONTENTS: Contents = contents;

/** Every endpoint by its path. */
export const ENTRIES: ReadonlyMap<string, Entry> = new Map(
  CONTENTS.groups.flatMap(({ endpoints }) => endpoints.map((entry) => [entry.path, entry])),
);
