import { breaks } from './breaks.ts';
import { connections } from './connections.ts';
import { contents } from './contents.ts';
import { framings } from './framings.ts';
import { handshakes } from './handshakes.ts';
import { heads } from './heads.ts';
import type { Hostile } from './hostile.ts';
import { redirections } from './redirections.ts';

/** Every hostile response, by what is wrong with it. */
export const HOSTILE: Readonly<Record<string, readonly Hostile[]>> = {
  'a head': heads,
  'a framing': framings,
  'a connection that breaks or waits': breaks,
  'a content coding': contents,
  'a redirect': redirections,
  'a kept connection': connections,
  'a handshake': handshakes,
};
