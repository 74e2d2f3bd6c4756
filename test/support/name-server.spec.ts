import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type NameServer, startNameServer } from './name-server.ts';

describe('the name server of the tests', () => {
  let server: NameServer;
  let resolver: Resolver;

  beforeAll(async () => {
    server = await startNameServer({
      'public.example': ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'],
      'mixed.example': ['93.184.215.14', '10.0.0.1'],
      'mapped.example': ['::ffff:127.0.0.1'],
      'alias.example': ['CNAME private.example'],
      'private.example': ['192.168.0.1'],
      'rebinding.example': (asked) => (asked === 0 ? ['93.184.215.14'] : ['127.0.0.1']),
      'failing.example': 'SERVFAIL',
      'silent.example': null,
    });
    resolver = new Resolver({ timeout: 200, tries: 1 });
    resolver.setServers([`${server.address}:${String(server.port)}`]);
  });

  afterAll(() => server.close());

  it('answers each family with its own addresses', async () => {
    expect(await resolver.resolve4('public.example')).toEqual(['93.184.215.14']);
    expect(await resolver.resolve6('public.example')).toEqual(['2606:2800:21f:cb07:6820:80da:af6b:8b2c']);
    expect(await resolver.resolve4('mixed.example')).toEqual(['93.184.215.14', '10.0.0.1']);
    await expect(resolver.resolve4('mapped.example')).rejects.toMatchObject({ code: 'ENODATA' });
    expect(await resolver.resolve6('mapped.example')).toEqual(['::ffff:127.0.0.1']);
  });

  it('follows an alias', async () => {
    expect(await resolver.resolve4('alias.example')).toEqual(['192.168.0.1']);
  });

  it('changes its mind between two answers', async () => {
    expect(await resolver.resolve4('rebinding.example')).toEqual(['93.184.215.14']);
    expect(await resolver.resolve4('rebinding.example')).toEqual(['127.0.0.1']);
  });

  it('fails in every way that a name server fails', async () => {
    await expect(resolver.resolve4('unknown.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(resolver.resolve4('failing.example')).rejects.toMatchObject({ code: 'ESERVFAIL' });
    await expect(resolver.resolve4('silent.example')).rejects.toMatchObject({ code: 'ETIMEOUT' });
    expect(server.queries).toContain('A silent.example');
  });
});
