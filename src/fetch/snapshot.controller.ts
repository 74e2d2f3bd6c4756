import { Controller, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AnswersGet } from '../api/answer.decorator.ts';
import { VERSION } from '../settings/settings.ts';
import { fetchAnswer } from './answers.ts';
import { curlCommand } from './curl-command.ts';
import { SnapshotPath } from './fetch.args.ts';
import { FetchAnswer } from './fetch.model.ts';
import { FetchService } from './fetch.service.ts';
import { harOf } from './har.ts';
import { formHeaders } from './snapshot-headers.ts';
import { warcOf } from './warc.ts';

const JSON_FORM = {
  type: FetchAnswer,
  name: 'getSnapshot',
  summary: 'A snapshot',
  description: 'What an earlier retrieval brought back, as /fetch answers it. Nothing is retrieved.',
};
const HAR_FORM = {
  type: null,
  name: 'getSnapshotHar',
  summary: 'A snapshot as an HTTP Archive',
  description: 'HAR 1.2: one entry an exchange, with the phases as they were measured. Browsers and HTTP tools import it.',
  content: {
    mediaType: 'application/json',
    example: { log: { version: '1.2', creator: { name: 'Pagewire', version: VERSION }, entries: [] } },
    isFile: true,
  },
};
const WARC_FORM = {
  type: null,
  name: 'getSnapshotWarc',
  summary: 'A snapshot as a web archive',
  description:
    'WARC 1.1, each record a gzip member, as archives keep it: of each exchange the literal response and request and what is known besides.',
  content: { mediaType: 'application/warc', example: 'WARC/1.1\r\nWARC-Type: warcinfo\r\n', isFile: true },
};
const CURL_FORM = {
  type: null,
  name: 'getSnapshotCurl',
  summary: 'A snapshot as a curl command',
  description: 'A command for a POSIX shell that repeats the retrieval: its first request as it was sent, and its redirects followed.',
  content: { mediaType: 'text/plain', example: "curl --globoff --http1.1 \\\n  'http://example.com/romeo.txt'\n", isFile: true },
};

@ApiTags('Retrieval')
@Controller()
export class SnapshotController {
  constructor(private readonly fetch: FetchService) {}

  @AnswersGet('snapshots/:id', JSON_FORM)
  async getJson(@Param() { id }: SnapshotPath): Promise<FetchAnswer> {
    return fetchAnswer(await this.fetch.kept(id), undefined);
  }

  @AnswersGet('snapshots/:id.har', HAR_FORM)
  async getHar(@Param() { id }: SnapshotPath, @Res() reply: FastifyReply): Promise<void> {
    const { snapshot } = await this.fetch.kept(id);
    await reply.headers(formHeaders(snapshot, 'har')).send(harOf(snapshot, VERSION));
  }

  @AnswersGet('snapshots/:id.warc', WARC_FORM)
  async getWarc(@Param() { id }: SnapshotPath, @Res() reply: FastifyReply): Promise<void> {
    const { snapshot } = await this.fetch.kept(id);
    await reply.headers(formHeaders(snapshot, 'warc')).send(await warcOf(snapshot, VERSION));
  }

  @AnswersGet('snapshots/:id.curl', CURL_FORM)
  async getCurl(@Param() { id }: SnapshotPath, @Res() reply: FastifyReply): Promise<void> {
    const { snapshot } = await this.fetch.kept(id);
    await reply.headers(formHeaders(snapshot, 'curl')).send(curlCommand(snapshot));
  }
}
