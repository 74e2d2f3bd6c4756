import { mkdirSync, writeFileSync } from 'node:fs';
import { CONTRACT_FOLDER, contractFile, type ContractFile } from './api/contract-files.ts';
import { createContract } from './api/contract.setup.ts';
import { createApp } from './app.setup.ts';
import { readSettings } from './settings/settings.ts';

/** Writes both files of the contract from the real application; with --check, only says whether they are in step. */
async function main(): Promise<void> {
  const app = await createApp(readSettings({ LOG_LEVEL: 'error' }));
  await app.init();
  const written = createContract(app);
  await app.close();
  for (const name of Object.keys(written) as ContractFile[]) {
    if (contractFile(name) === written[name]) continue;
    if (process.argv.includes('--check')) {
      process.stderr.write(`openapi/${name} is not what the application says now: run "npm run contract" and commit the change\n`);
      process.exitCode = 1;
    } else {
      mkdirSync(CONTRACT_FOLDER, { recursive: true });
      writeFileSync(new URL(name, CONTRACT_FOLDER), written[name]);
      process.stderr.write(`wrote openapi/${name}\n`);
    }
  }
}

await main();
