import type { JSX } from 'preact';
import places from 'virtual:graph-places';
import { ENTRIES } from './contents.ts';
import { CONTRACT, ENDPOINTS } from './endpoints.ts';
import type { GraphPlace } from './graph-places.ts';
import { Inline } from './markdown.tsx';
import { graphName } from './graph-request.ts';
import { addressOfEntry } from './place.ts';

/** How the endpoints and the graph correspond. */
export default function GraphPart(): JSX.Element {
  const rows = ENDPOINTS.flatMap((endpoint) => {
    const found = places.places[graphName(endpoint)];
    const entry = ENTRIES.get(endpoint.path);
    return found === undefined || entry === undefined ? [] : [{ entry, found }];
  });
  return (
    <article class="prose">
      <h1 tabIndex={-1}>GraphQL</h1>
      <p class="lead">
        <Inline text={CONTRACT.paths['/graphql']?.post?.description ?? ''} />
      </p>
      <p>
        <a class="button primary" href="/graphql">
          Open GraphiQL
        </a>{' '}
        <a class="button" href="#POST/graphql">
          Try it here
        </a>{' '}
        <a class="button" href="/schema.graphql">
          The schema
        </a>
      </p>
      <ul class="bullets">
        <li>
          One <code>page(url:)</code> is one retrieval, however many fields ask of it. What says how to retrieve are its arguments.
        </li>
        <li>
          Fields and arguments have the names that members and parameters have in REST. Words of enumerations are written in capitals.
        </li>
        <li>
          What fails is in <code>errors</code>, each with the same problem in <code>extensions.problem</code>; the other fields are
          answered.
        </li>
        <li>Each endpoint shows its request as GraphQL, too: choose it above the request.</li>
      </ul>
      <h2>Endpoints, and where they are in the graph</h2>
      <div class="docs-table-frame" role="region" tabIndex={0} aria-label="Endpoints in the graph">
        <table class="docs-table">
          <thead>
            <tr>
              <th scope="col">Endpoint</th>
              <th scope="col">In the graph</th>
              <th scope="col">What it is</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ entry, found }) => (
              <tr key={entry.path}>
                <th scope="row">
                  <a href={addressOfEntry(entry)}>
                    <code>{entry.path}</code>
                  </a>
                </th>
                <td>
                  {found.query !== undefined && <code>{words(found.query)}</code>}
                  {found.query !== undefined && found.page !== undefined && ', '}
                  {found.page !== undefined && <code>{found.page.field === null ? 'page { … }' : `page { ${words(found.page)} }`}</code>}
                </td>
                <td>{entry.title}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </article>
  );
}

const words = ({ field, args, selection }: GraphPlace): string =>
  `${field ?? ''}${Object.keys(args).length === 0 ? '' : '(…)'}${selection === '' ? '' : ' { … }'}`;
