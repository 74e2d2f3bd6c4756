import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import { count, plural } from '../figures.ts';
import { Status } from '../summary.tsx';
import { TargetText } from '../target-text.tsx';
import type { CrawlPartProps } from './crawl-part.ts';

/** Why something is not retrieved. The second says what is counted. */
const REASONS: Readonly<Record<Schemas['CrawlPassedOver']['reason'], readonly [words: string, counted: 'link' | 'page']>> = {
  outside: ['Out of the scope', 'link'],
  excluded: ['Excluded by include or exclude', 'link'],
  nofollow: ['Only nofollow links lead there', 'page'],
  depth: ['Farther from the start than its depth', 'page'],
  redirects: ['More than ten redirects lead there', 'page'],
  tooLong: ['A URL too long, or of too many segments', 'link'],
  repeating: ['A path that repeats itself', 'link'],
  pattern: ['One of too many that differ in their parameters alone', 'link'],
  full: ['The crawl knows as many pages as it may', 'link'],
};

/** What a crawl did not retrieve, and why; the sitemaps that it read. */
export default function CrawlPassedOver({ crawl: { passedOver, sitemaps, counts } }: CrawlPartProps): JSX.Element {
  return (
    <>
      <section aria-labelledby="passed-over">
        <h2 id="passed-over">Passed over, and why</h2>
        {passedOver.length === 0 && counts.forbidden === 0 && (
          <p class="empty">Nothing was: all that it found is among its results, or waits for its turn.</p>
        )}
        {counts.forbidden > 0 && (
          <p>
            robots.txt forbids {plural(counts.forbidden, 'page')}: they are among the <a href={forbiddenAddress()}>results</a>, each with
            its reason.
          </p>
        )}
        {passedOver.length > 0 && (
          <div class="jobs-frame" role="region" aria-label="What was passed over" tabIndex={0}>
            <table class="jobs-table">
              <thead>
                <tr>
                  <th scope="col">Why</th>
                  <th scope="col" class="number-cell">
                    How many
                  </th>
                  <th scope="col">The first of them</th>
                </tr>
              </thead>
              <tbody>
                {passedOver.map(({ reason, count: times, examples }) => (
                  <tr key={reason}>
                    <th scope="row">{REASONS[reason][0]}</th>
                    <td class="number-cell">{plural(times, REASONS[reason][1])}</td>
                    <td>
                      <ul class="plain-list mono">
                        {examples.map((url) => (
                          <li key={url}>
                            <TargetText text={url} />
                          </li>
                        ))}
                      </ul>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      <section aria-labelledby="sitemaps">
        <h2 id="sitemaps">Sitemaps</h2>
        {sitemaps.length === 0 ? (
          <p class="empty">It has read none.</p>
        ) : (
          <div class="jobs-frame" role="region" aria-label="The sitemaps" tabIndex={0}>
            <table class="jobs-table">
              <thead>
                <tr>
                  <th scope="col">Sitemap</th>
                  <th scope="col">Status</th>
                  <th scope="col" class="number-cell">
                    URLs
                  </th>
                  <th scope="col">Problem</th>
                </tr>
              </thead>
              <tbody>
                {sitemaps.map(({ url, status, urls, problem }) => (
                  <tr key={url}>
                    <th scope="row" class="mono">
                      <TargetText text={url} />
                    </th>
                    <td>{status === null ? <span class="hint">none yet</span> : <Status status={status} />}</td>
                    <td class="number-cell">{urls === null ? <span class="hint">none</span> : count(urls)}</td>
                    <td>{problem}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </>
  );
}

/** The results of the same crawl that robots.txt forbids. */
function forbiddenAddress(): string {
  const [name = ''] = location.hash.split('?');
  return `${name}?state=forbidden`;
}
