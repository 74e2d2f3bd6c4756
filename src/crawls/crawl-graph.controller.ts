import { applyDecorators, Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AnswersGet } from '../api/answer.decorator.ts';
import { AsksForList, type ListRequest } from '../api/list-request.decorator.ts';
import { csvHeader } from '../formats/csv.ts';
import { currentOwner } from '../jobs/current-owner.ts';
import { CrawlGraphArgs, CrawlPagesArgs } from './crawl-graph.args.ts';
import { CrawlGraphAnswer, CrawlPageEntry, CrawlPagesAnswer } from './crawl-graph.model.ts';
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
