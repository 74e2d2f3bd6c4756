import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { typedUrl } from '../asked.ts';
import { Fields, membersBut, membersNamed, Options, saidOf, useForm, ViewChoices, viewsOf } from './fields.tsx';
import { JobForm } from './job-form.tsx';
import type { PartProps } from './kind.ts';
import { UrlField } from './url-field.tsx';
import { WebhookFields, webhookOf } from './webhook-fields.tsx';

const REACH = membersNamed('CrawlBody', ['limit', 'depth', 'scope', 'include', 'exclude']);
const RULES = membersNamed('CrawlBody', ['sitemap', 'robots', 'nofollow', 'origins', 'perPattern']);
const PACE = membersNamed('CrawlBody', ['concurrency', 'perOriginDelayMs']);
const ALL = [...REACH, ...RULES, ...PACE];
const OTHERS = membersBut('CrawlBody', ['url', 'views', 'webhook', ...ALL.map(([name]) => name)]);

/** A crawl to be begun: where it begins and may go, what it keeps to, what is read off each page, and how fast. */
export default function CrawlForm({ known: { limits } }: PartProps): JSX.Element {
  const [url, setUrl] = useState(limits?.demo === true ? 'http://pagewire.test/garden/' : '');
  const [views, setViews] = useState<readonly string[]>([]);
  const form = useForm();
  const faults: string[] = [];
  const body = {
    url: typedUrl(url),
    ...saidOf(form.filled, '', ALL, faults),
    ...viewsOf(form.filled, views, faults),
    ...saidOf(form.filled, '', OTHERS, faults),
    ...webhookOf('CrawlBody', form.filled, faults),
  };
  return (
    <JobForm kind="crawls" one="crawl" many="crawls" body={body} faults={faults} isReady={url.trim() !== ''}>
      <section aria-labelledby="form-start">
        <h2 id="form-start">Where it begins</h2>
        <UrlField about="A page of the site, as its front page" url={url} onInput={setUrl} />
      </section>
      <section aria-labelledby="form-reach">
        <h2 id="form-reach">How far it goes</h2>
        <Fields group="" members={REACH} form={form} />
        <Options group="" title="Sitemaps, robots.txt, nofollow, further origins" members={RULES} form={form} isOpen={false} />
      </section>
      <section aria-labelledby="form-views">
        <h2 id="form-views">What to read off each page</h2>
        <p class="hint">None of them: then it is said what came back, with its title and how many links it has.</p>
        <ViewChoices views={views} onChange={setViews} form={form} />
      </section>
      <section aria-labelledby="form-pace">
        <h2 id="form-pace">How fast</h2>
        <Fields group="" members={PACE} form={form} />
        <Options group="" title="How each page is retrieved" members={OTHERS} form={form} isOpen={false} />
      </section>
      <section aria-labelledby="form-told">
        <h2 id="form-told">Who is told how it ended</h2>
        <WebhookFields of="CrawlBody" form={form} />
      </section>
    </JobForm>
  );
}
