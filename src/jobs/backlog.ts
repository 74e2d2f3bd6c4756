import { type Kysely, sql } from 'kysely';
import type { Backlog } from '../api/metrics.ts';
import type { Tables } from './tables.ts';

/** What of a table has a time at which something is to be done, and what of that is overdue. */
export async function backlogOf(tables: Kysely<Tables>, table: 'delivery' | 'watch', time: 'due_at' | 'next_run_at'): Promise<Backlog> {
  const at = sql.ref(time);
  const { rows } = await sql<Backlog>`select count(*)::int as pending, (count(*) filter (where ${at} <= now()))::int as due,
      greatest(0, coalesce(extract(epoch from now() - min(${at})), 0))::float8 as "lateS"
    from ${sql.table(`pagewire.${table}`)} where ${at} is not null`.execute(tables);
  return rows[0] ?? NONE;
}

/** Nothing is to be done. */
export const NONE: Backlog = { pending: 0, due: 0, lateS: 0 };
