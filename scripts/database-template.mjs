#!/usr/bin/env node
/**
 * Writes `dist/database/template.tar.gz`: an embedded database with all tables and nothing in them, which a new one begins as. Part of `npm run build`;
 * without it a new database is made from nothing, which takes longer and more memory.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const { EmbeddedConnections } = await import('../dist/jobs/embedded-connections.js');
const { openDatabase } = await import('../dist/jobs/database.js');

const target = new URL('../dist/database/template.tar.gz', import.meta.url);
const directory = mkdtempSync(join(tmpdir(), 'pagewire-template-'));
mkdirSync(new URL('.', target), { recursive: true });
rmSync(target, { force: true });
try {
  const database = await openDatabase(new EmbeddedConnections(directory), {
    isEmbedded: true,
    supervises: false,
    onError: (error) => {
      throw error;
    },
  });
  await database.close();
  const made = await PGlite.create({ dataDir: join(directory, 'postgres') });
  await made.exec('VACUUM FREEZE');
  await made.exec('CHECKPOINT');
  const packed = await made.dumpDataDir('gzip');
  await made.close();
  writeFileSync(target, Buffer.from(await packed.arrayBuffer()));
} finally {
  rmSync(directory, { recursive: true, force: true });
}
