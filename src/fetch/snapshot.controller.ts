import { Controller, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AnswersGet } from '../api/answer.decorator.ts';
import type { SnapshotForm } from '../api/snapshot-links.ts';
import { VERSION } from '../settings/settings.ts';
import { SnapshotArgs, SnapshotPath } from './fetch.args.ts';
import { FetchAnswer } from './fetch.model.ts';
import { FetchService } from './fetch.service.ts';
import { FormService } from './form.service.ts';
import { formHeaders } from './snapshot-headers.ts';

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
  constructor(
    private readonly fetch: FetchService,
    private readonly forms: FormService,
  ) {}

  @AnswersGet('snapshots/:id', JSON_FORM)
  async getJson(@Param() { id }: SnapshotPath, @Query() { fields }: SnapshotArgs): Promise<Buffer> {
    return this.forms.write('fetch', await this.fetch.kept(id), undefined, fields);
  }

  @AnswersGet('snapshots/:id.har', HAR_FORM)
  getHar(@Param() { id }: SnapshotPath, @Res() reply: FastifyReply): Promise<void> {
    return this.#send('har', id, reply);
  }

  @AnswersGet('snapshots/:id.warc', WARC_FORM)
  getWarc(@Param() { id }: SnapshotPath, @Res() reply: FastifyReply): Promise<void> {
    return this.#send('warc', id, reply);
  }

  @AnswersGet('snapshots/:id.curl', CURL_FORM)
  getCurl(@Param() { id }: SnapshotPath, @Res() reply: FastifyReply): Promise<void> {
    return this.#send('curl', id, reply);
  }

  async #send(form: SnapshotForm, id: string, reply: FastifyReply): Promise<void> {
    const retrieved = await this.fetch.kept(id);
    const written = await this.forms.write(form, retrieved);
    await reply.headers(formHeaders(retrieved.snapshot, form)).send(written);
  }
}
