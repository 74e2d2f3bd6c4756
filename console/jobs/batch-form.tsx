import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { typedUrl } from '../asked.ts';
import { schemaOf } from '../docs/endpoints.ts';
import { count, plural } from '../figures.ts';
import { Fields, membersBut, membersNamed, Options, saidOf, useForm, ViewChoices, viewsOf } from './fields.tsx';
import { JobForm } from './job-form.tsx';
import type { PartProps } from './kind.ts';
import { WebhookFields, webhookOf } from './webhook-fields.tsx';

const PACE = ['concurrency', 'perOriginDelayMs'];
const OTHERS = membersBut('BatchBody', ['urls', 'csv', 'views', 'webhook', ...PACE]);
const MOST_URLS = schemaOf({ $ref: '#/components/schemas/BatchBody' }).properties?.['urls']?.maxItems ?? Infinity;

/** A batch to be begun: its URLs, what is read off each, and how fast. */
export default function BatchForm({ known: { limits } }: PartProps): JSX.Element {
  const [text, setText] = useState(limits?.demo === true ? 'http://pagewire.test/page1.htm\nhttp://pagewire.test/article.html\n' : '');
  const [file, setFile] = useState<{ name: string; csv: string } | null>(null);
  const [views, setViews] = useState<readonly string[]>(['links']);
  const form = useForm();
  const urls = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(typedUrl);
  const faults: string[] = [];
  const body = {
    ...(file === null ? { urls } : { csv: file.csv }),
    ...viewsOf(form.filled, views, faults),
    ...saidOf(form.filled, '', [...membersNamed('BatchBody', PACE), ...OTHERS], faults),
    ...webhookOf('BatchBody', form.filled, faults),
  };
  return (
    <JobForm
      kind="batches"
      one="batch"
      many="batches"
      body={body}
      faults={faults}
      isReady={file !== null || (urls.length > 0 && urls.length <= MOST_URLS)}
    >
      <section aria-labelledby="form-urls">
        <h2 id="form-urls">Which URLs</h2>
        {file === null ? (
          <label class="field">
            <span>One a line, or with white space between them; {count(MOST_URLS)} at most</span>
            <textarea
              rows={8}
              spellcheck={false}
              aria-label="URLs"
              placeholder="https://example.com/"
              value={text}
              onInput={({ currentTarget }) => {
                setText(currentTarget.value);
              }}
            />
          </label>
        ) : (
          <p>
            <code>{file.name}</code>, {plural(file.csv.split(/\r?\n/).filter((line) => line.trim() !== '').length, 'line')}
          </p>
        )}
        <p class="tools">
          {file === null ? (
            <>
              <label class="field file">
                <span>Or a CSV file, with a column “url” or one URL a line</span>
                <input
                  type="file"
                  accept=".csv,.txt,text/csv,text/plain"
                  aria-label="CSV file"
                  onChange={({ currentTarget }) => {
                    const [chosen] = currentTarget.files ?? [];
                    if (chosen !== undefined)
                      void chosen.text().then((csv) => {
                        setFile({ name: chosen.name, csv });
                      });
                  }}
                />
              </label>
              <span class="hint" role="status">
                {plural(urls.length, 'URL')}
                {urls.length > MOST_URLS && `: more than the ${count(MOST_URLS)} that one batch takes`}
              </span>
            </>
          ) : (
            <button
              type="button"
              class="button small"
              onClick={() => {
                setFile(null);
              }}
            >
              Take URLs that are typed instead
            </button>
          )}
        </p>
      </section>
      <section aria-labelledby="form-views">
        <h2 id="form-views">What to read off each</h2>
        <p class="hint">None of them: then it is said what came back.</p>
        <ViewChoices views={views} onChange={setViews} form={form} />
      </section>
      <section aria-labelledby="form-pace">
        <h2 id="form-pace">How fast</h2>
        <Fields group="" members={membersNamed('BatchBody', PACE)} form={form} />
        <Options group="" title="How each is retrieved" members={OTHERS} form={form} isOpen={false} />
      </section>
      <section aria-labelledby="form-told">
        <h2 id="form-told">Who is told how it ended</h2>
        <WebhookFields of="BatchBody" form={form} />
      </section>
    </JobForm>
  );
}
