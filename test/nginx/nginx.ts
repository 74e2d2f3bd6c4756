import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Identity } from '../support/certificate.ts';

/** A running nginx. */
export interface Nginx {
  /** `http://127.0.0.1:PORT` and `https://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly secureUrl: string;
  close(): Promise<void>;
}

/** Starts nginx on two free ports with the files given below its root, and the certificate for the second port. */
export async function startNginx(files: Readonly<Record<string, string>>, identity: Identity, locations: string): Promise<Nginx> {
  const program = [process.env['NGINX'], '/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx'].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (program === undefined) {
    throw new Error('there is no nginx: install it (on Debian: apt-get install nginx), or name its program in NGINX');
  }
  const directory = mkdtempSync(join(tmpdir(), 'pagewire-nginx-'));
  // Its workers run as another user when it is started by root.
  chmodSync(directory, 0o755);
  mkdirSync(join(directory, 'www'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, 'www', name), content);
  writeFileSync(join(directory, 'key.pem'), identity.key);
  writeFileSync(join(directory, 'cert.pem'), identity.cert);
  const [port, securePort] = await freePorts();
  writeFileSync(join(directory, 'nginx.conf'), configuration(directory, port, securePort, locations));

  const child = spawn(program, ['-p', directory, '-c', join(directory, 'nginx.conf'), '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended at once: ${said}`);
    await setTimeout(50);
  }
  return {
    url: `http://127.0.0.1:${String(port)}`,
    secureUrl: `https://127.0.0.1:${String(securePort)}`,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(directory, { recursive: true });
    },
  };
}

function configuration(directory: string, port: number, securePort: number, locations: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${directory}/${name};`);
  return `
    daemon off;
    worker_processes 1;
    pid ${directory}/nginx.pid;
    events { worker_connections 64; }
    http {
      ${temporary.join('\n')}
      access_log off;
      types { text/html htm; text/plain txt; }
      gzip on;
      gzip_min_length 1000;
      gzip_types text/plain;
      keepalive_requests 100;
      server {
        listen 127.0.0.1:${String(port)};
        listen 127.0.0.1:${String(securePort)} ssl;
        ssl_certificate ${directory}/cert.pem;
        ssl_certificate_key ${directory}/key.pem;
        root ${directory}/www;
        ${locations}
      }
    }`;
}

/** Two ports that were free a moment ago. */
async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports as [number, number];
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => {
      resolve(false);
    });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
