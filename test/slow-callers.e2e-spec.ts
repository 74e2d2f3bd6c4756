import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type Socket } from 'node:net';
import { startApp, type TestApp } from './support/app.ts';
import { type Problem, PROBLEM_MEMBERS } from './support/contract.ts';
import { type Origin, startOrigin } from './support/origin-server.ts';

/** An answer as it came over the connection. */
interface RawAnswer {
  status: number;
  head: string;
  problem: Problem | null;
}

let app: TestApp;
let origin: Origin;

beforeAll(async () => {
  origin = await startOrigin();
  app = await startApp({ ALLOW_TARGETS: '127.0.0.1', REQUEST_TIMEOUT_MS: '600', FETCH_MAX_BYTES: '100000' });
});

afterAll(async () => {
  await app.close();
  await origin.close();
});

/** Opens a connection, does something with it, and gives all that came until it was closed. */
function conversation(talk: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname, () => {
      talk(socket);
    });
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => (received += text));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(received);
    });
  });
}

/** The answers of a conversation, one after the other. */
function answersOf(received: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let rest = received; rest !== '';) {
    const blank = rest.indexOf('\r\n\r\n');
    const head = rest.slice(0, blank);
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? '0');
    const content = rest.slice(blank + 4, blank + 4 + length);
    const problem = /problem\+json/i.test(head) ? (JSON.parse(content) as Problem) : null;
    answers.push({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, problem });
    rest = rest.slice(blank + 4 + length);
  }
  return answers;
}

const HOST = 'Host: pagewire.test\r\n';
const JSON_TYPE = 'Content-Type: application/json\r\n';
const GET = `GET /encode?text=H HTTP/1.1\r\n${HOST}`;

/** Sends a byte at a time for as long as somebody listens. */
function drip(socket: Socket, text: string): void {
  const timer = setInterval(() => {
    if (!socket.writable) clearInterval(timer);
    else socket.write(text);
  }, 50);
  socket.on('close', () => {
    clearInterval(timer);
  });
}

function expectGoodbye(answer: RawAnswer | undefined, status: number, code: string): void {
  expect([answer?.status, answer?.problem?.status, answer?.problem?.code]).toEqual([status, status, code]);
  expect(Object.keys(answer?.problem ?? {}).sort()).toEqual(PROBLEM_MEMBERS);
  expect(answer?.head).toMatch(/^Connection: close$/im);
  expect(answer?.head).toMatch(new RegExp(`^X-Request-Id: ${answer?.problem?.requestId ?? '-'}$`, 'im'));
}

describe('a caller that takes its time', () => {
  it.each([
    ['to send anything', ''],
    ['for the request line', 'GET /enc'],
    ['for the header fields', GET],
  ])('%s is told that it took too long, and let go', async (_what, start) => {
    const answers = answersOf(await conversation((socket) => socket.write(start)));
    // Who has sent nothing is not waiting for an answer either.
    if (start === '') expect(answers.length).toBeLessThanOrEqual(1);
    else expectGoodbye(answers[0], 408, 'REQUEST_TIMEOUT');
  });

  it('for the header fields, a byte at a time, is let go all the same', async () => {
    const answers = answersOf(
      await conversation((socket) => {
        socket.write(GET);
        drip(socket, 'X-A: b\r\n');
      }),
    );
    expectGoodbye(answers[0], 408, 'REQUEST_TIMEOUT');
  });

  it.each(['Content-Length: 1000\r\n', 'Transfer-Encoding: chunked\r\n'])('for a body (%j) is told so', async (length) => {
    const answers = answersOf(
      await conversation((socket) => {
        socket.write(`POST /encode HTTP/1.1\r\n${HOST}${JSON_TYPE}${length}\r\n`);
        if (length.startsWith('T')) drip(socket, '1\r\n{\r\n');
        else drip(socket, '{');
      }),
    );
    expect(answers).toHaveLength(1);
    expectGoodbye(answers[0], 408, 'REQUEST_TIMEOUT');
  });

  it('does not hold up others', async () => {
    const slow = Array.from({ length: 200 }, () => conversation((socket) => socket.write('GET / HT')));
    expect((await app.get('/encode', { text: 'H' })).status).toBe(200);
    expect((await Promise.all(slow)).map((received) => received.slice(0, 12))).toEqual(slow.map(() => 'HTTP/1.1 408'));
  });

  it('may wait for its answer for longer than it may take to ask', async () => {
    const { status } = await app.get('/fetch', { url: `${origin.url}/slow?ms=1500` });
    expect(status).toBe(200);
  });
});

describe('a caller that sends several requests at once', () => {
  const close = `GET /health/live HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`;

  it('is answered in their order', async () => {
    const slow = `GET /fetch?url=${encodeURIComponent(`${origin.url}/slow?ms=300`)} HTTP/1.1\r\n${HOST}\r\n`;
    const answers = answersOf(await conversation((socket) => socket.write(slow + `GET /nowhere HTTP/1.1\r\n${HOST}\r\n` + close)));
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 200]);
  });

  it('gets the answer that is due before it is told that what follows is no HTTP', async () => {
    const slow = `GET /fetch?url=${encodeURIComponent(`${origin.url}/slow?ms=300`)} HTTP/1.1\r\n${HOST}\r\n`;
    const answers = answersOf(await conversation((socket) => socket.write(`${slow}this is no HTTP\r\n\r\n`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 400]);
    expectGoodbye(answers[1], 400, 'INVALID_REQUEST');
  });

  it('is not answered twice for a body whose framing is wrong', async () => {
    const broken = `POST /encode HTTP/1.1\r\n${HOST}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\nzz\r\n`;
    const answers = answersOf(await conversation((socket) => socket.write(broken)));
    expect(answers).toHaveLength(1);
    expectGoodbye(answers[0], 400, 'INVALID_REQUEST');
  });
});

describe('a caller that sends too much', () => {
  it.each([
    ['a URL', `GET /encode?text=${'x'.repeat(17_000)} HTTP/1.1\r\n${HOST}\r\n`],
    ['a header field', `${GET}X-Large: ${'x'.repeat(17_000)}\r\n\r\n`],
    ['header fields', `${GET}${'X-A: b\r\n'.repeat(2500)}\r\n`],
  ])('as %s is told the limit', async (_what, request) => {
    const [answer] = answersOf(await conversation((socket) => socket.write(request)));
    expectGoodbye(answer, 400, 'INVALID_REQUEST');
    expect(answer?.problem?.detail).toContain('16384 bytes');
  });

  it('as a body whose length is told is refused before it is read', async () => {
    const answers = answersOf(
      await conversation((socket) => socket.write(`POST /encode HTTP/1.1\r\n${HOST}${JSON_TYPE}Content-Length: 999999999999\r\n\r\n{`)),
    );
    expect([answers[0]?.status, answers[0]?.problem?.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  it('as a body in chunks is refused once it is too large', async () => {
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    const received = await conversation((socket) => {
      socket.write(`POST /encode HTTP/1.1\r\n${HOST}${JSON_TYPE}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(16)}1\r\n{\r\n`);
    });
    const [answer] = answersOf(received);
    expect([answer?.status, answer?.problem?.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  it.each([
    ['lists', '['.repeat(1_000_000)],
    ['objects', '{"a":'.repeat(200_000)],
    ['a list of very many', `{"encodings":[${'1,'.repeat(400_000)}1]}`],
    ['very many members', `{${Array.from({ length: 50_000 }, (_, n) => `"a${String(n)}":1`).join()}}`],
  ])('as %s is refused before it is read as JSON', async (_what, body) => {
    const answer = await app.send<Problem>('/encode', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect([answer.status, answer.json.code]).toEqual([400, 'INVALID_REQUEST']);
    expect(answer.json.detail).toMatch(/deeper than 32 levels|more than 11000 values/);
  });

  it('as the name of a parameter is not told it back', async () => {
    const answer = await app.post<Problem>('/encode', { text: 'H', ['x'.repeat(900_000)]: 1 });
    expect(answer.status).toBe(400);
    expect(answer.bytes.length).toBeLessThan(20_000);
  });
});
