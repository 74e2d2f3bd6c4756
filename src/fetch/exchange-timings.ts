/** Milliseconds of each phase; null for what did not happen. The phases add up to `total`. */
export interface Timings {
  /** From the dispatch until the connection is being made, or until a connection in use becomes free. */
  wait: number | null;
  /** Null also when no name server was asked: for a literal address, and for a name of the hosts file. */
  dns: number | null;
  tcp: number | null;
  tls: number | null;
  /** From the first byte written until the system has taken the last one, or until the response begins. */
  request: number | null;
  /** Until the first byte of the final response: informational ones are part of the waiting. */
  firstByte: number | null;
  download: number | null;
  total: number;
}

/** From one instant to another, by `performance.now()`. */
export interface Span {
  from: number;
  to: number;
}

/** When a connection was being made: `tls` is null without TLS, `dns` when no name server was asked. */
export interface ConnectSpans {
  dns: Span | null;
  tcp: Span;
  tls: Span | null;
}

/** Instants of one exchange, by `performance.now()`. */
export interface ExchangeMarks {
  dispatchedAt: number;
  /** Of the connection that it was the first to use; null when it was not. */
  connecting: ConnectSpans | null;
  writtenAt: number;
  /** Null when the response had begun before the request was out. */
  sentAt: number | null;
  firstByteAt: number;
  endedAt: number;
}

/**
 * The phases of an exchange. Instants are rounded, not durations, so that the phases add up; of a connection that was
 * begun before the dispatch, for a request that was given up, only what came after the dispatch counts.
 */
export function timingsOf(marks: ExchangeMarks): Timings {
  const { connecting } = marks;
  /** Whole microseconds since the dispatch. */
  const at = (instant: number): number => Math.max(0, Math.round((instant - marks.dispatchedAt) * 1000));
  const lengthOf = (span: Span | null | undefined): number | null => (span ? at(span.to) - at(span.from) : null);
  const [dns, tcp, tls] = [lengthOf(connecting?.dns), lengthOf(connecting?.tcp), lengthOf(connecting?.tls)];
  const written = at(marks.writtenAt);
  const firstByte = Math.max(written, at(marks.firstByteAt));
  const sent = Math.min(firstByte, Math.max(written, at(marks.sentAt ?? marks.firstByteAt)));
  const ended = Math.max(firstByte, at(marks.endedAt));
  return {
    wait: (written - (dns ?? 0) - (tcp ?? 0) - (tls ?? 0)) / 1000,
    dns: dns === null ? null : dns / 1000,
    tcp: tcp === null ? null : tcp / 1000,
    tls: tls === null ? null : tls / 1000,
    request: (sent - written) / 1000,
    firstByte: (firstByte - sent) / 1000,
    download: (ended - firstByte) / 1000,
    total: ended / 1000,
  };
}

/** From one instant to another, rounded to microseconds. */
export function millisecondsBetween(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) * 1000)) / 1000;
}
