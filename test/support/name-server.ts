import { createSocket } from 'node:dgram';
import packet, { type Answer, type DecodedPacket, type Question } from 'dns-packet';

/** The answer to one question; `null` never answers. */
export type NameAnswer = readonly string[] | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' | null;

/**
 * What a name answers: addresses of both families, or `CNAME name`, each given to whom it concerns; or a function of how
 * many times that name and type were asked before.
 */
export type NameRecord = NameAnswer | ((asked: number) => NameAnswer);

/** A running name server and what it was asked. */
export interface NameServer {
  readonly address: string;
  readonly port: number;
  /** `A name`, `AAAA name`, in the order asked. */
  readonly queries: readonly string[];
  close(): Promise<void>;
}

const RCODES = { NXDOMAIN: 3, SERVFAIL: 2, REFUSED: 5 } as const;
const AUTHORITATIVE = 0x0400;

/** Starts a name server on UDP that knows the names given and no others; on a free port of 127.0.0.1 unless told otherwise. */
export async function startNameServer(
  records: Readonly<Record<string, NameRecord>>,
  { address, port }: { address: string; port: number } = { address: '127.0.0.1', port: 0 },
): Promise<NameServer> {
  const queries: string[] = [];
  const socket = createSocket('udp4');

  socket.on('message', (message, from) => {
    const query = packet.decode(message);
    const [question] = query.questions ?? [];
    if (question === undefined) return;
    const asked = `${question.type} ${question.name.toLowerCase()}`;
    const record = records[question.name.toLowerCase()];
    const before = queries.filter((other) => other === asked).length;
    queries.push(asked);
    const answer = typeof record === 'function' ? record(before) : record;
    if (answer !== null) socket.send(reply(query, question, answer ?? 'NXDOMAIN', records), from.port, from.address);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject).bind(port, address, resolve);
  });

  return {
    address,
    port: socket.address().port,
    queries,
    close: () =>
      new Promise((resolve) => {
        socket.close(resolve);
      }),
  };
}

function reply(
  query: DecodedPacket,
  question: Question,
  answer: Exclude<NameAnswer, null>,
  records: Readonly<Record<string, NameRecord>>,
): Buffer {
  const failed = typeof answer === 'string';
  const flags = AUTHORITATIVE | packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | (failed ? RCODES[answer] : 0);
  return packet.encode({
    type: 'response',
    ...(query.id !== undefined && { id: query.id }),
    flags,
    questions: [question],
    answers: failed ? [] : answersFor(question, question.name, answer, records),
  });
}

/** The records of the type asked for; an alias goes with what it leads to, as a recursive resolver answers. */
function answersFor({ type }: Question, name: string, answer: readonly string[], records: Readonly<Record<string, NameRecord>>): Answer[] {
  return answer.flatMap((entry): Answer[] => {
    const [, alias] = /^CNAME (.+)$/.exec(entry) ?? [];
    if (alias !== undefined) {
      const target = records[alias];
      const led = Array.isArray(target) ? answersFor({ type, name: alias }, alias, target as readonly string[], records) : [];
      return [{ type: 'CNAME', name, ttl: 0, data: alias }, ...led];
    }
    const family = entry.includes(':') ? 'AAAA' : 'A';
    return family === type ? [{ type: family, name, ttl: 0, data: entry }] : [];
  });
}
