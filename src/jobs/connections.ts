/** What a statement gave. */
export interface StatementResult {
  rows: Record<string, unknown>[];
  /** Rows that it changed or gave; null of a statement that does neither. */
  rowCount: number | null;
  command: string;
}

/** One session with the database. */
export interface Connection {
  /** Of several statements, which is possible without values, the answers are a list. */
  query(text: string, values?: readonly unknown[]): Promise<StatementResult | StatementResult[]>;
  /** Lets others have it; `true` where it is in no state for them. */
  release(isSpoilt?: boolean): void;
}

/** Sessions with the database, as node-postgres has them: of a PostgreSQL server, or of the embedded one. */
export interface Connections {
  connect(): Promise<Connection>;
  end(): Promise<void>;
}

/** There is no database to speak to, or no longer: whoever asks again may find one. */
export class DatabaseLost extends Error {
  override readonly name = 'DatabaseLost';
}

/** SQLSTATE classes and codes of a server that is not there, is going, or takes nobody. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const LOST_STATES = /^(08|57P0|53300$|3D000$|28)/;
const LOST_CODES = /^E(CONN|PIPE|TIMEDOUT|NOTFOUND|HOSTUNREACH|NETUNREACH|AI_AGAIN|ACCES|NOENT|ROFS|NOSPC)/;
/** What node-postgres says of a connection that has ended has no code. */
const LOST_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;

/** Why a statement failed for want of a database, in a word or two; null where it failed by itself. */
export function lossOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { name, code, message, errors, cause } = error as Partial<Record<'name' | 'code' | 'message' | 'errors' | 'cause', unknown>>;
  const words = typeof message === 'string' ? message : '';
  if (name === DatabaseLost.name) return words;
  if (typeof code === 'string' && (LOST_CODES.test(code) || LOST_STATES.test(code))) return code;
  if (LOST_WORDS.test(words)) return 'the connection ended';
  // Of several addresses that were tried, the reasons come together.
  for (const each of Array.isArray(errors) ? (errors as unknown[]) : []) {
    const why = lossOf(each);
    if (why !== null) return why;
  }
  return lossOf(cause);
}
