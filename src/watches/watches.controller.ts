import { Readable } from 'node:stream';
import { applyDecorators, Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AnswersGet } from '../api/answer.decorator.ts';
import { trimmed } from '../api/fields.ts';
import { RequestUrl } from '../api/request-url.decorator.ts';
import { currentOwner } from '../jobs/current-owner.ts';
import {
  WatchArgs,
  WatchBody,
  WatchChangesArgs,
  WatchesArgs,
  WatchEventsArgs,
  WatchPath,
  WatchRunsArgs,
  WatchUpdate,
  WatchWaitArgs,
} from './watch.args.ts';
import { Watch, WatchChangesAnswer, WatchesAnswer, WatchRunsAnswer } from './watch.model.ts';
import { WatchesService } from './watches.service.ts';

const WATCHES = {
  type: WatchesAnswer,
  name: 'getWatches',
  summary: 'The watches',
  description: 'Newest first. With API keys, those of the key that asks.',
};
const WATCH = {
  type: Watch,
  name: 'getWatch',
  summary: 'How a watch stands',
  description: 'When it runs next, and what its last run found.',
};
const RUNS = {
  type: WatchRunsAnswer,
  name: 'getWatchRuns',
  summary: 'The runs of a watch',
  description: 'Newest first; the last 1,000 are kept.',
};
const CHANGES = {
  type: WatchChangesAnswer,
  name: 'getWatchChanges',
  summary: 'What has changed on a page',
  description: 'Newest first, each with what it was and is, and the two snapshots between which it changed; the last 10,000 are kept.',
};

const BEGUN = {
  url: 'http://example.com/page1.htm',
  every: 'PT1H',
  views: { extract: { shape: { title: 'h1' } } },
  assert: [{ path: 'status', op: 'equals', value: '200' }],
};

/** What does something to a watch, and answers it as it stands then. */
function answersWatch(operationId: string, summary: string, description: string): MethodDecorator {
  return applyDecorators(
    HttpCode(200),
    ApiOperation({ operationId, summary, description }),
    ApiOkResponse({ type: Watch, description: 'The watch.' }),
  );
}

@ApiTags('Watches')
@Controller('watches')
export class WatchesController {
  constructor(private readonly watches: WatchesService) {}

  @Post()
  @ApiBody({ type: WatchBody, examples: { watch: { summary: 'A page, once an hour', value: BEGUN } } })
  @answersWatch(
    'postWatches',
    'Watch a page',
    'Looks at a page now and by its schedule, and tells what changes on it. The first look is what later ones are compared with.',
  )
  create(@Body() body: WatchBody, @Query() { wait }: WatchWaitArgs): Promise<Watch> {
    return this.watches.create(body, currentOwner(), wait);
  }

  @AnswersGet('', WATCHES)
  async list(@Query() { fields, ...args }: WatchesArgs, @RequestUrl() here: string): Promise<object> {
    return trimmed(await this.watches.list(args, currentOwner(), here), fields);
  }

  @AnswersGet(':id', WATCH)
  async find(@Param() { id }: WatchPath, @Query() { fields }: WatchArgs): Promise<object> {
    return trimmed(await this.watches.find(id, currentOwner()), fields);
  }

  @Patch(':id')
  @ApiBody({ type: WatchUpdate, examples: { pause: { summary: 'A pause', value: { paused: true } } } })
  @answersWatch('patchWatch', 'Change a watch', 'Pauses it or has it go on, and changes when it runs and how sure it must be.')
  update(@Param() { id }: WatchPath, @Body() body: WatchUpdate): Promise<Watch> {
    return this.watches.update(id, body, currentOwner());
  }

  @Post(':id/run')
  @answersWatch(
    'runWatch',
    'Look now',
    'Looks at the page now, whatever its schedule says, also where the watch is paused. With `wait`, the answer tells of that run.',
  )
  run(@Param() { id }: WatchPath, @Query() { wait }: WatchWaitArgs): Promise<Watch> {
    return this.watches.run(id, currentOwner(), wait);
  }

  @AnswersGet(':id/runs', RUNS)
  async runs(@Param() { id }: WatchPath, @Query() { fields, ...args }: WatchRunsArgs, @RequestUrl() here: string): Promise<object> {
    return trimmed(await this.watches.runs(id, args, currentOwner(), here), fields);
  }

  @AnswersGet(':id/changes', CHANGES)
  async changes(@Param() { id }: WatchPath, @Query() { fields, ...args }: WatchChangesArgs, @RequestUrl() here: string): Promise<object> {
    return trimmed(await this.watches.changes(id, args, currentOwner(), here), fields);
  }

  @Get(':id/events')
  @ApiOperation({
    operationId: 'getWatchEvents',
    summary: 'What happens to a watch, as it happens',
    description: 'Server-sent events, of the types that webhooks are told and with the same data. `Last-Event-ID` goes on behind an event.',
  })
  @ApiOkResponse({
    description: 'The events.',
    content: {
      'text/event-stream': { schema: { type: 'string' }, example: 'id: 1\nevent: watch.changed\ndata: {"type":"watch.changed"}\n\n' },
    },
  })
  async events(
    @Param() { id }: WatchPath,
    @Query() { after, follow }: WatchEventsArgs,
    @Headers('last-event-id') last: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const owner = currentOwner();
    await this.watches.find(id, owner);
    const from = last !== undefined && /^\d{1,9}$/.test(last) ? Number(last) : after;
    void reply.headers({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    await reply.send(Readable.from(this.watches.serverSent(id, owner, from, follow)));
  }

  @Delete(':id')
  @answersWatch('deleteWatch', 'Delete a watch', 'Deletes it with its runs, its changes and what is still to be told of it.')
  remove(@Param() { id }: WatchPath): Promise<Watch> {
    return this.watches.remove(id, currentOwner());
  }
}
