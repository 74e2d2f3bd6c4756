import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '../api/problem.ts';
import type { TargetArgs } from '../api/target.args.ts';
import { encodingHints } from '../fetch/body.ts';
import { FetchService } from '../fetch/fetch.service.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import { TaskService } from '../tasks/task.service.ts';
import type { Retrieve } from './robots.service.ts';
import { mostSitemapBytes, type Sitemap } from './sitemap.ts';
import { sitemapTask } from './sitemap-task.ts';

/** Sitemaps, retrieved and read in another process. */
@Injectable()
export class SitemapsService {
  constructor(
    private readonly fetch: FetchService,
    private readonly tasks: TaskService,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * A sitemap, and the status that it came with: null where that is no success.
   *
   * @param retrieve - retrieves it; as any other request unless given
   * @throws ProblemError, also `NOT_A_DOCUMENT` where it is none; or CallerGone
   */
  async read(
    request: TargetArgs,
    retrieve: Retrieve = (target, mostBytes) => this.fetch.snapshotOf(target, true, null, mostBytes),
  ): Promise<{ status: number; sitemap: Sitemap | null }> {
    const { snapshot } = await retrieve(request, mostSitemapBytes(this.settings.FETCH_MAX_BYTES));
    const { status } = snapshot.final;
    const { content, finalUrl } = snapshot;
    if (status < 200 || status >= 300 || content === null) return { status, sitemap: null };
    if (content.bytes.length === 0)
      throw new ProblemError('NOT_A_DOCUMENT', `The sitemap is empty: ${finalUrl}`, { url: finalUrl, phase: 'parse' });
    const { pieces } = await this.tasks.run(sitemapTask(finalUrl, encodingHints(content, undefined), content.bytes), finalUrl);
    return { status, sitemap: JSON.parse(Buffer.concat(pieces).toString()) as Sitemap };
  }
}
