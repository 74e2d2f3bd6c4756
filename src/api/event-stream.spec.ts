import { describe, expect, it } from '@jest/globals';
import { EventStream } from './event-stream.ts';

const read = async (stream: EventStream): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
};

describe('a stream of events', () => {
  it('tells each, and the last one', async () => {
    const stream = new EventStream();
    stream.tell('progress', '{"at":1}');
    stream.tell('progress', '{"at":2}');
    stream.finish('answer', Buffer.from('{"all":true}'));
    expect(await read(stream)).toBe(
      'event: progress\ndata: {"at":1}\n\nevent: progress\ndata: {"at":2}\n\nevent: answer\ndata: {"all":true}\n\n',
    );
  });

  it('keeps little for who does not read, and tells then the latest', async () => {
    const stream = new EventStream();
    for (let at = 0; at < 100_000; at += 1) stream.tell('progress', JSON.stringify({ at }));
    expect(stream.readableLength).toBeLessThan(17_000);
    stream.finish('answer', '{}');
    const text = await read(stream);
    expect(text.length).toBeLessThan(18_000);
    expect(text).toMatch(/^event: progress\ndata: \{"at":0\}\n\n[^]*\{"at":99999\}\n\nevent: answer\ndata: \{\}\n\n$/);
  });

  it('takes nothing in once its reader has gone', () => {
    const stream = new EventStream();
    stream.destroy();
    stream.tell('progress', '{}');
    stream.finish('answer', '{}');
    expect(stream.readableLength).toBe(0);
  });
});
