import type { components } from './openapi.d.ts';

/** The shapes of the contract, by their names in it: there is no second copy of any. */
export type Schemas = components['schemas'];

/** What one retrieval brought back. */
export type FetchAnswer = Schemas['FetchAnswer'];
export type Exchange = Schemas['Exchange'];
export type Problem = Schemas['Problem'];
export type Body = Schemas['Body'];

/** Everything that a retrieval can be asked with. */
export type Asked = Omit<Schemas['WireBody'], 'snapshot' | 'url' | 'contentBase64'> & { readonly url: string };
