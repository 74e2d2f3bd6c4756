import { Body, Controller, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AnswersGet, AnswersPost } from '../api/answer.decorator.ts';
import { AsksForEvents, type EventRequest } from '../api/event-request.decorator.ts';
import type { EventStream } from '../api/event-stream.ts';
import { trimmed } from '../api/fields.ts';
import { TargetArgs } from '../api/target.args.ts';
import { headersAnswer } from './answers.ts';
import { bodyBytes, bodyHeaders } from './body.ts';
import { FetchArgs, FetchBody, HeadersArgs, HeadersBody, TargetBody, WireArgs, WireBody } from './fetch.args.ts';
import { FetchAnswer, HeadersAnswer, Progress } from './fetch.model.ts';
import { FetchService } from './fetch.service.ts';
import { FormService } from './form.service.ts';
import type { ProgressListener } from './progress.ts';
import { ProgressService } from './progress.service.ts';
import { wireHeaders } from './wire.ts';

const FETCH = {
  type: FetchAnswer,
  summary: 'The whole snapshot',
  description:
    'Retrieves a target and answers with all that came back: every exchange, the header fields as sent, the content and its encoding. With `Accept: text/event-stream` it tells meanwhile how it goes: an event `progress` for each phase, and for what has come of the content ten times a second; at last an event `answer` with the same JSON, or `problem`.',
  events: Progress,
};
const HEADERS = {
  type: HeadersAnswer,
  summary: 'The response head',
  description: 'Retrieves a target as far as its final response head: status, header fields as sent, redirects. The content is not read.',
};
const BODY = {
  type: null,
  summary: 'The content itself',
  description:
    'Retrieves a target and answers with its content, content codings undone, under its own media type. It is never executable on this origin.',
};

const WIRE = {
  type: null,
  summary: 'The literal request and response',
  description:
    'Retrieves a target and answers with the bytes of each exchange as they went over the connection, request then response, as telnet shows them. Content that is not text, or is coded, is dumped in hexadecimal; text is shown as UTF-8. A line of this server is in square brackets.',
  content: {
    mediaType: 'text/plain',
    example:
      'GET http://example.com/romeo.txt HTTP/1.0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 20\r\n\r\nBut soft what light\n',
    isFile: false,
  },
};

@ApiTags('Retrieval')
@Controller()
export class FetchController {
  constructor(
    private readonly fetch: FetchService,
    private readonly forms: FormService,
    private readonly progress: ProgressService,
  ) {}

  @AnswersGet('fetch', FETCH)
  getFetch(@Query() target: FetchArgs, @AsksForEvents() asked: EventRequest): Promise<Buffer | EventStream> {
    return this.progress.answer(asked, (listener) => this.#fetched(target, listener));
  }

  @AnswersPost('fetch', FETCH)
  postFetch(@Body() target: FetchBody, @AsksForEvents() asked: EventRequest): Promise<Buffer | EventStream> {
    return this.progress.answer(asked, (listener) => this.#fetched(target, listener));
  }

  @AnswersGet('headers', HEADERS)
  async getHeaders(@Query() target: HeadersArgs): Promise<object> {
    return trimmed(headersAnswer(await this.fetch.snapshotOf(target, false)), target.fields);
  }

  @AnswersPost('headers', HEADERS)
  async postHeaders(@Body() target: HeadersBody): Promise<object> {
    return trimmed(headersAnswer(await this.fetch.snapshotOf(target, false)), target.fields);
  }

  @AnswersGet('body', BODY)
  async getBody(@Query() target: TargetArgs, @Res() reply: FastifyReply): Promise<void> {
    const retrieved = await this.fetch.snapshotOf(target);
    await reply.headers(bodyHeaders(retrieved)).send(bodyBytes(retrieved));
  }

  @AnswersPost('body', BODY)
  async postBody(@Body() target: TargetBody, @Res() reply: FastifyReply): Promise<void> {
    const retrieved = await this.fetch.snapshotOf(target);
    await reply.headers(bodyHeaders(retrieved)).send(bodyBytes(retrieved));
  }

  @AnswersGet('wire', WIRE)
  async getWire(@Query() target: WireArgs, @Res() reply: FastifyReply): Promise<void> {
    const retrieved = await this.fetch.shown(target);
    const transcript = await this.forms.write('wire', retrieved, target.encoding);
    await reply.headers(wireHeaders(retrieved.snapshot)).send(transcript);
  }

  @AnswersPost('wire', WIRE)
  async postWire(@Body() target: WireBody, @Res() reply: FastifyReply): Promise<void> {
    const retrieved = await this.fetch.shown(target);
    const transcript = await this.forms.write('wire', retrieved, target.encoding);
    await reply.headers(wireHeaders(retrieved.snapshot)).send(transcript);
  }

  async #fetched(target: FetchArgs, listener: ProgressListener | null): Promise<Buffer> {
    return this.forms.write('fetch', await this.fetch.shown(target, listener), target.encoding, target.fields);
  }
}
