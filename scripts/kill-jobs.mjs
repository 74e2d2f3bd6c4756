#!/usr/bin/env node
/**
 * `npm run kill-jobs -- --rounds 20`: kills a process that takes jobs on, one that works on them, or PostgreSQL, in the midst of a batch or a
 * crawl, and counts what becomes of its URLs. Ends with 1 where a result was lost or came twice, or the end of a job was not told once to its webhook.
 */
import { parseArgs } from 'node:util';
import { killRounds } from '../test/support/kill-rounds.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } });
const count = await killRounds(Number(values.rounds), Math.random, (line) => process.stderr.write(`${line}\n`));
process.stdout.write(`${JSON.stringify(count)}\n`);
process.exitCode = count.lost + count.duplicates + count.untold + count.toldTwice === 0 ? 0 : 1;
