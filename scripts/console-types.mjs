#!/usr/bin/env node
/** Writes `console/openapi.d.ts`, the types of `openapi/openapi.json`, where it is not of that file already. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import openApiTypes, { astToString } from 'openapi-typescript';

const contract = new URL('../openapi/openapi.json', import.meta.url);
const types = new URL('../console/openapi.d.ts', import.meta.url);
const stamp = `// Made of openapi.json ${createHash('sha256').update(readFileSync(contract)).digest('hex')}\n`;

if (!existsSync(types) || !readFileSync(types, 'utf8').startsWith(stamp)) {
  writeFileSync(types, stamp + astToString(await openApiTypes(contract, { immutable: true, defaultNonNullable: false })));
}
