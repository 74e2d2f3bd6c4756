import { Inject, Injectable } from '@nestjs/common';
import type { EventRequest } from '../api/event-request.decorator.ts';
import { EventStream } from '../api/event-stream.ts';
import { currentUnderWay } from '../api/under-way.ts';
import type { Settings } from '../settings/settings.ts';
import { SETTINGS } from '../settings/settings.module.ts';
import type { ProgressListener } from './progress.ts';

/** Answers up to this size are counted, and never refused. */
const SMALL_BYTES = 64 * 1024;

/** Answers about a retrieval that tell how it goes, to callers who want to know. */
@Injectable()
export class ProgressService {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /**
   * The answer; or where the caller asked for events, these: `progress` while the retrieval goes on, at last `answer` with the same
   * JSON, or `problem`. What is refused before a retrieval begins is thrown, as ever: it is answered with a status of its own.
   */
  async answer(asked: EventRequest, make: (listener: ProgressListener | null) => Promise<Buffer>): Promise<Buffer | EventStream> {
    if (!asked.wantsEvents) return make(null);
    const stream = new EventStream();
    const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>();
    const coming = make((progress) => {
      stream.tell('progress', JSON.stringify(progress));
      begin(undefined);
    });
    await Promise.race([begun, coming]);
    asked.beginEvents();
    coming
      .then((answer) => {
        this.#finish(stream, answer, asked);
      })
      .catch((error: unknown) => {
        stream.finish('problem', asked.problemOf(error));
      });
    return stream;
  }

  /** Throws `OVERLOADED` where there is no memory for the answer until it is taken. */
  #finish(stream: EventStream, answer: Buffer, asked: EventRequest): void {
    const isLarge = answer.length > SMALL_BYTES;
    currentUnderWay()?.hold.resize(answer.length, isLarge);
    if (isLarge) asked.endAfter(this.settings.SEND_TIMEOUT_MS);
    stream.finish('answer', answer);
  }
}
