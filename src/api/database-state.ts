/** How the database of jobs is: nobody has needed it yet, it answers, or it does not. */
export type DatabaseHealth = 'unused' | 'ok' | 'unavailable';

/** What is known of the database of jobs. Nothing but jobs depends on it. */
export class DatabaseState {
  health: DatabaseHealth = 'unused';
}
