import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { typedUrl } from '../asked.ts';
import { AssertionRows, assertOf, type Typed } from './assertions.tsx';
import { Fields, membersBut, membersNamed, Options, saidOf, useForm, ViewChoices, viewsOf } from './fields.tsx';
import { JobForm } from './job-form.tsx';
import type { PartProps } from './kind.ts';
import { UrlField } from './url-field.tsx';
import { WebhookFields, webhookOf } from './webhook-fields.tsx';

const WHEN = membersNamed('WatchBody', ['every', 'cron', 'timezone', 'jitterS', 'confirm']);
const MORE = membersNamed('WatchBody', ['headers', 'body', 'ignore']);
const OTHERS = membersBut('WatchBody', ['url', 'views', 'assert', 'webhook', ...[...WHEN, ...MORE].map(([name]) => name)]);

/** A watch to be begun: which page, what of it is compared, what must hold, when it runs, and who is told. */
export default function WatchForm({ known: { limits } }: PartProps): JSX.Element {
  const [url, setUrl] = useState(limits?.demo === true ? 'http://pagewire.test/price.html' : '');
  const [views, setViews] = useState<readonly string[]>(['extract']);
  const [assertions, setAssertions] = useState<readonly Typed[]>([{ path: 'status', op: 'equals', value: '200' }]);
  const form = useForm({
    '': { every: 'PT1H' },
    extract: { shape: limits?.demo === true ? '{"product": "h1", "price": ".price"}' : '{"title": "h1"}' },
  });
  const faults: string[] = [];
  const body = {
    url: typedUrl(url),
    ...saidOf(form.filled, '', WHEN, faults),
    ...viewsOf(form.filled, views, faults),
    ...saidOf(form.filled, '', MORE, faults),
    ...assertOf(assertions, faults),
    ...webhookOf('WatchBody', form.filled, faults),
    ...saidOf(form.filled, '', OTHERS, faults),
  };
  const when = [form.filled['']?.['every'], form.filled['']?.['cron']].filter((said) => (said ?? '') !== '');
  if (when.length !== 1) faults.push('Say one of every and cron.');
  return (
    <JobForm kind="watches" one="watch" many="watches" body={body} faults={faults} isReady={url.trim() !== ''}>
      <section aria-labelledby="form-page">
        <h2 id="form-page">Which page</h2>
        <UrlField about="Absolute, http or https" url={url} onInput={setUrl} />
      </section>
      <section aria-labelledby="form-views">
        <h2 id="form-views">What of it is compared</h2>
        <p class="hint">
          Always its status, where redirects lead, its media type, encoding and certificate. <code>extract</code> compares values that you
          name by CSS selectors; without any view the content is compared as a whole.
        </p>
        <ViewChoices views={views} onChange={setViews} form={form} />
        <Options group="" title="Header fields, the content, and what is left out" members={MORE} form={form} isOpen={false} />
      </section>
      <section aria-labelledby="form-assert">
        <h2 id="form-assert">What must hold</h2>
        <p class="hint">It is told when one of these fails, and when it holds again.</p>
        <AssertionRows rows={assertions} onChange={setAssertions} />
      </section>
      <section aria-labelledby="form-when">
        <h2 id="form-when">When it runs</h2>
        <Fields group="" members={WHEN} form={form} />
        <Options group="" title="How it is retrieved" members={OTHERS} form={form} isOpen={false} />
      </section>
      <section aria-labelledby="form-told">
        <h2 id="form-told">Who is told</h2>
        <p class="hint">A URL that is posted what happens, signed; nobody unless given.</p>
        <WebhookFields of="WatchBody" form={form} />
      </section>
    </JobForm>
  );
}
