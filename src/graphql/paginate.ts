import type { Asked } from '../parse/asked.ts';
import type { LinksOptions } from '../parse/links.args.ts';
import type { Ask } from '../parse/parse-task.ts';
import type { Operation, Path } from './operation.ts';
import { sizedPage, targetOf } from './page-of.ts';
import type { PaginateOptions } from './page.args.ts';
import type { Page } from './page.model.ts';

const FIRST_LINK: LinksOptions = { method: 'parser', unique: false, element: ['a', 'area', 'link'], offset: 0, limit: 1 };

/** Of a selection, the URL of the first link of its first element. */
const NEXT_URL: Asked = asking('elements', asking('links', asking('links', asking('url', null)), FIRST_LINK));

function asking(name: string, within: Asked | null, options?: object): Asked {
  return { nameBytes: 0, members: [{ name, key: name, times: 1, within, ...(options !== undefined && { options }) }] };
}

/** What is known of the field that paginates. */
interface Asking {
  path: Path;
  repetition: number;
  /** What will be asked of each page: it is read together with where the next one is. */
  views: readonly Ask[];
}

/**
 * A page and those that its next links lead to, one after the other: at most `limit`, none of them twice. Where the next one cannot be
 * found, or not be retrieved, the last entry is the error.
 */
export async function paginate(
  first: Page,
  { selector, limit }: PaginateOptions,
  operation: Operation,
  { path, repetition, views }: Asking,
): Promise<(Page | Error)[]> {
  const pages = [first];
  const visited = new Set<string>();
  try {
    for (let page = first; pages.length < limit; pages.push(page)) {
      visited.add(withoutFragment(page.url)).add(withoutFragment(page.finalUrl));
      // Whoever asks for them is told of what becomes of them.
      for (const view of views) operation.view(page.source, view).catch(() => undefined);
      const target = targetOf(await nextUrl(page, selector, operation), page.target);
      if (target === null || visited.has(withoutFragment(target.url ?? ''))) break;
      page = await operation.answer(repetition, async () => sizedPage(await operation.retrieve(target, path), target));
    }
    return pages;
  } catch (error) {
    return [...pages, error as Error];
  }
}

async function nextUrl({ source }: Page, selector: string, operation: Operation): Promise<string | null> {
  const options = { selector, offset: 0, limit: 1 };
  const { value } = await operation.view(source, { view: 'select', options, asked: NEXT_URL });
  const { elements } = value as { elements: { links: { links: { url: string | null }[] } }[] };
  return elements[0]?.links.links[0]?.url ?? null;
}

function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, '');
}
