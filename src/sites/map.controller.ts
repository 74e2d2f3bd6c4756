import { Body, Controller, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswersGet, AnswersPost } from '../api/answer.decorator.ts';
import { AsksForList, type ListRequest } from '../api/list-request.decorator.ts';
import { MapArgs } from './map.args.ts';
import { MapAnswer, MapEntry } from './map.model.ts';
import { MapService } from './map.service.ts';

const MAP = {
  type: MapAnswer,
  list: { member: 'urls', entry: MapEntry },
  summary: 'The URLs of a site',
  description:
    'As its sitemaps list them (those of robots.txt, else /sitemap.xml; indexes, gzip and text too), and as the page and what it links to lead to them. Nothing is kept; a crawl finds the rest.',
};

@ApiTags('Crawls')
@Controller()
export class MapController {
  constructor(private readonly maps: MapService) {}

  @AnswersGet('map', MAP)
  getMap(@Query() args: MapArgs, @AsksForList() asked: ListRequest): Promise<Buffer> {
    return this.maps.answer(args, MAP.list, asked);
  }

  @AnswersPost('map', MAP)
  postMap(@Body() args: MapArgs, @AsksForList() asked: ListRequest): Promise<Buffer> {
    return this.maps.answer(args, MAP.list, asked);
  }
}
