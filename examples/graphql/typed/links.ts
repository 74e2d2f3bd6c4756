/** The links of a page, and what the first of them lead to: one operation, its answer typed from top to bottom. */
import { graphql } from '../graphql.ts';
import { ask } from './client.ts';

const LINKS = graphql(`
  query Links($url: String!, $first: Int!) {
    page(url: $url) {
      finalUrl
      status
      links(follow: { first: $first, kind: INTERNAL }) {
        total
        links {
          url
          text
          kind
          page {
            status
            select(selector: "h1", limit: 1) {
              elements {
                text
              }
            }
          }
        }
      }
    }
  }
`);

const url = process.argv[2] ?? 'http://data.pr4e.org/page2.htm';
const { data, errors = [], extensions } = await ask(LINKS, { url, first: 3 });

for (const { message, path } of errors) console.error(`${path?.join('.') ?? 'the operation'}: ${message}`);
if (data?.page) {
  const { finalUrl, status, links } = data.page;
  console.log(`${finalUrl} ${String(status)}: ${String(links?.total)} links`);
  for (const link of links?.links ?? []) {
    // `link.kind` is 'INTERNAL' | 'EXTERNAL' | …, `link.page` may be null: misspell one, and it does not compile.
    const heading = link.page?.select?.elements[0]?.text;
    console.log(`${link.kind.toLowerCase()} ${link.url ?? 'nowhere'} "${link.text ?? ''}"${heading === undefined ? '' : ` → ${heading}`}`);
  }
}
console.log(`retrieved ${String(extensions.budget.used)}, ${String(extensions.budget.left)} left`);
process.exitCode = errors.length === 0 ? 0 : 1;
