import { applyDecorators, Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AnswersGet } from '../api/answer.decorator.ts';
import { AsksForList, type ListRequest } from '../api/list-request.decorator.ts';
import { csvHeader } from '../formats/csv.ts';
import { currentOwner } from '../jobs/current-owner.ts';
import {
  CrawlBrokenArgs,
  CrawlDuplicatesArgs,
  CrawlGraphArgs,
  CrawlLinksArgs,
  CrawlPagesArgs,
  CrawlRedirectsArgs,
} from './crawl-graph.args.ts';
import {
  CrawlBrokenAnswer,
  CrawlBrokenPage,
  CrawlDuplicate,
  CrawlDuplicatesAnswer,
  CrawlGraphAnswer,
  CrawlLink,
  CrawlLinksAnswer,
  CrawlPageEntry,
  CrawlPagesAnswer,
  CrawlRedirect,
  CrawlRedirectsAnswer,
} from './crawl-graph.model.ts';
import { CrawlGraphService } from './crawl-graph.service.ts';
import { sendGraph, sendList } from './crawl-replies.service.ts';
import { CrawlPath } from './crawl.args.ts';
import { EDGE_COLUMNS, GRAPH_FORMATS } from './graph-formats.ts';

const NOW = 'As far as it has come: `crawl` says how it stood.';

const PAGES = {
  type: CrawlPagesAnswer,
  list: { member: 'pages', entry: CrawlPageEntry },
  name: 'getCrawlPages',
  summary: 'The pages of a crawl, and how they are linked',
  description: `Every URL that it knows, whether it was retrieved or not: how it stands, how many pages link to it, and its PageRank. ${NOW}`,
};

const LINKS = {
  type: CrawlLinksAnswer,
  list: { member: 'links', entry: CrawlLink },
  name: 'getCrawlLinks',
  summary: 'The links of a crawl',
  description: `Which page links to which, by which text; also those that lead out of the scope. \`to\` says who links to a page. ${NOW}`,
};
const BROKEN = {
  type: CrawlBrokenAnswer,
  list: { member: 'broken', entry: CrawlBrokenPage },
  name: 'getCrawlBroken',
  summary: 'The dead links of a crawl',
  description: `Pages with a status of 400 or more, or with a problem in place of a response, and the links that lead there, also through redirects. ${NOW}`,
};
const REDIRECTS = {
  type: CrawlRedirectsAnswer,
  list: { member: 'redirects', entry: CrawlRedirect },
  name: 'getCrawlRedirects',
  summary: 'The redirects of a crawl',
  description: `Pages that redirect, where that leads step by step, and the links to them. ${NOW}`,
};
const DUPLICATES = {
  type: CrawlDuplicatesAnswer,
  list: { member: 'duplicates', entry: CrawlDuplicate },
  name: 'getCrawlDuplicates',
  summary: 'What pages of a crawl share',
  description: `Titles that several pages have, and pages that have none; or what several canonical links name. ${NOW}`,
};

/** The graph of a crawl, in the formats of graphs. */
function AnswersGraph(): MethodDecorator {
  const { json, graphml, dot, csv } = GRAPH_FORMATS;
  const text = (example: string): object => ({ schema: { type: 'string' }, example });
  return applyDecorators(
    Get('crawls/:id/graph'),
    ApiExtraModels(CrawlGraphAnswer),
    ApiOperation({
      operationId: 'getCrawlGraph',
      summary: 'A crawl as a graph',
      description: `Its pages, and which of them links or redirects to which: as JSON, or for programs that draw graphs. ${NOW}`,
    }),
    ApiOkResponse({
      description: 'The answer.',
      headers: { Vary: { $ref: '#/components/headers/Vary' } },
      content: {
        [json.mediaType]: { schema: { $ref: getSchemaPath(CrawlGraphAnswer) } },
        [graphml.mediaType]: text(
          '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">…</graphml>\n',
        ),
        [dot.mediaType]: text('digraph crawl {\n  n0 -> n1;\n}\n'),
        [csv.mediaType]: text(csvHeader(EDGE_COLUMNS)),
      },
    }),
  );
}

@ApiTags('Crawls')
@Controller()
export class CrawlGraphController {
  constructor(private readonly graphs: CrawlGraphService) {}

  @AnswersGet('crawls/:id/pages', PAGES)
  async pages(
    @Param() { id }: CrawlPath,
    @Query() wanted: CrawlPagesArgs,
    @AsksForList() asked: ListRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendList(reply, await this.graphs.pages(id, currentOwner(), wanted), PAGES.list, wanted, asked);
  }

  @AnswersGet('crawls/:id/links', LINKS)
  async links(
    @Param() { id }: CrawlPath,
    @Query() wanted: CrawlLinksArgs,
    @AsksForList() asked: ListRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendList(reply, await this.graphs.links(id, currentOwner(), wanted), LINKS.list, wanted, asked);
  }

  @AnswersGet('crawls/:id/broken', BROKEN)
  async broken(
    @Param() { id }: CrawlPath,
    @Query() wanted: CrawlBrokenArgs,
    @AsksForList() asked: ListRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendList(reply, await this.graphs.broken(id, currentOwner(), wanted), BROKEN.list, wanted, asked);
  }

  @AnswersGet('crawls/:id/redirects', REDIRECTS)
  async redirects(
    @Param() { id }: CrawlPath,
    @Query() wanted: CrawlRedirectsArgs,
    @AsksForList() asked: ListRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendList(reply, await this.graphs.redirects(id, currentOwner(), wanted), REDIRECTS.list, wanted, asked);
  }

  @AnswersGet('crawls/:id/duplicates', DUPLICATES)
  async duplicates(
    @Param() { id }: CrawlPath,
    @Query() wanted: CrawlDuplicatesArgs,
    @AsksForList() asked: ListRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendList(reply, await this.graphs.duplicates(id, currentOwner(), wanted), DUPLICATES.list, wanted, asked);
  }

  @AnswersGraph()
  async graph(
    @Param() { id }: CrawlPath,
    @Query() { limit, ...wanted }: CrawlGraphArgs,
    @AsksForList() asked: ListRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendGraph(reply, await this.graphs.graph(id, currentOwner(), limit), wanted, asked);
  }
}
