import type { JSX } from 'preact';
import type { Schemas } from '../contract.ts';
import type { Reader, Row } from './follow.ts';
import { JobPage } from './job-page.tsx';
import type { PartProps } from './kind.ts';
import type { Column } from './results.tsx';
import { PROBLEMS, ResultsPart, STATUSES } from './results-part.tsx';
import { Standing } from './standing.tsx';

const BATCH: Reader<Schemas['BatchResult'], Row> = { kind: 'batches', one: 'batch', fields: [], rowOf: (row) => row };
const COUNTED = [STATUSES, PROBLEMS];
const COLUMNS: readonly Column<Row>[] = [{ title: 'Problem', cell: ({ code }) => code }];

/** A batch: how it stands, and its results as they come. */
export default function BatchPage({ id }: PartProps): JSX.Element {
  return (
    <JobPage<Schemas['Batch'], Schemas['BatchResult'], Row>
      reader={BATCH}
      id={id}
      title="Batch"
      standing={({ counts }) => <Standing counts={counts} total={counts.total} />}
    >
      {(job, followed) => (
        <ResultsPart
          kind="batches"
          one="batch"
          followed={followed}
          job={job}
          total={job.counts.total}
          counted={COUNTED}
          columns={COLUMNS}
          graph={graphOf(id)}
        />
      )}
    </JobPage>
  );
}

/** The same in the graph, where results are a field of their batch. */
const graphOf = (id: string): string =>
  `{\n  batch(id: ${JSON.stringify(id)}) {\n    state\n    counts { total succeeded failed pending }\n    results(limit: 100) {\n      total\n      results { index url state status problem { code detail } views }\n    }\n  }\n}`;
