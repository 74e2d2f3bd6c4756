import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, type OnModuleInit, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Query, Resolver } from '@nestjs/graphql';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ParseModule } from '../src/parse/parse.module.ts';
import { ParseService } from '../src/parse/parse.service.ts';
import { TargetArgs } from '../src/api/target.args.ts';
import { LinksOptions } from '../src/parse/links.args.ts';
import { startApp, type TestApp } from './support/app.ts';
import type { Problem } from './support/contract.ts';
import { capturedLog } from './support/log.ts';

const SECRET = 'an inside that nobody may see';

/** Faults that no request can cause: each route has one. */
@Controller('fault')
class FaultController {
  constructor(private readonly parse: ParseService) {}

  @Get('route')
  route(): never {
    throw new TypeError(SECRET);
  }

  @Get('later')
  async later(): Promise<never> {
    await Promise.resolve();
    throw Object.assign(new Error(SECRET), { status: SECRET });
  }

  @Get('no-error')
  noError(): never {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a library may
    throw SECRET;
  }

  @Get('json')
  json(): unknown {
    const answer: Record<string, unknown> = { [SECRET]: 1n };
    answer['self'] = answer;
    return answer;
  }

  @Get('stream')
  async stream(@Res() reply: FastifyReply): Promise<void> {
    const broken = new Readable({
      read(): void {
        this.destroy(new Error(SECRET));
      },
    });
    await reply.send(broken);
  }

  @Get('thread')
  thread(): Promise<Buffer> {
    return this.parse.answer(SECRET, LinksOptions, Object.assign(new TargetArgs(), { html: '<p>' }), 'http://localhost/fault/thread');
  }
}

@Resolver()
class FaultResolver {
  @Query(() => String, { nullable: true })
  fault(): never {
    throw new RangeError(SECRET);
  }
}

@Module({ imports: [ParseModule], controllers: [FaultController], providers: [FaultResolver] })
class FaultModule implements OnModuleInit {
  readonly #done = new WeakSet<FastifyRequest>();

  constructor(private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance();
    for (const name of ['onRequest', 'preValidation', 'onSend'] as const) {
      server.addHook(name, async (request: FastifyRequest) => {
        await Promise.resolve();
        if (request.url !== `/encode?text=${name}` || this.#done.has(request)) return;
        // Once: the answer about it passes the same hook.
        this.#done.add(request);
        throw new Error(SECRET);
      });
    }
  }
}

describe('a fault that nobody foresaw', () => {
  let app: TestApp;
  let log: ReturnType<typeof capturedLog>;

  beforeAll(async () => {
    log = capturedLog();
    app = await startApp({ LOG_LEVEL: 'trace' }, [{ module: FaultModule }]);
  });

  afterAll(async () => {
    await app.close();
    log.restore();
  });

  /** It is told as INTERNAL with the id under which the log has all of it. */
  async function expectHidden(text: string, requestId: string): Promise<void> {
    expect(text).not.toContain(SECRET);
    expect(text).not.toMatch(/\bat .*\.[jt]s:\d/);
    const logged = log.lines().filter((line) => line['requestId'] === requestId);
    expect(logged).toContainEqual(expect.objectContaining({ level: 50, err: expect.objectContaining({ stack: expect.any(String) }) }));
    expect((await app.get('/encode', { text: 'H' })).status).toBe(200);
  }

  it.each(['route', 'later', 'json', 'stream', 'thread'])(
    'of a %s is logged with its request id, and answered without a word of it',
    async (kind) => {
      const answer = await app.get<Problem>(`/fault/${kind}`);
      expect([answer.status, answer.json.code]).toEqual([500, 'INTERNAL']);
      expect(answer.headers.get('x-request-id')).toBe(answer.json.requestId);
      await expectHidden(answer.text, answer.json.requestId);
    },
  );

  it.each(['onRequest', 'preValidation', 'onSend'])(
    'of a hook %s is logged with its request id, and answered without a word of it',
    async (name) => {
      const answer = await app.get<Problem>('/encode', { text: name });
      expect([answer.status, answer.json.code]).toEqual([500, 'INTERNAL']);
      await expectHidden(answer.text, answer.json.requestId);
    },
  );

  it('that is no Error is answered alike', async () => {
    const answer = await app.get<Problem>('/fault/no-error');
    expect([answer.status, answer.json.code]).toEqual([500, 'INTERNAL']);
    expect(answer.text).not.toContain(SECRET);
  });

  it('of a resolver is logged with its request id, and answered without a word of it', async () => {
    const answer = await app.graphql('{ fault }');
    const problem = answer.json.errors?.[0]?.extensions.problem as Problem;
    expect(problem.code).toBe('INTERNAL');
    await expectHidden(answer.text, problem.requestId);
  });
});
