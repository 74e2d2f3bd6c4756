/** One event of a stream. */
export interface ServerEvent {
  event: string;
  data: unknown;
}

/** The answer to a request that asks for events, read event by event. */
export interface Events {
  readonly status: number;
  readonly headers: Headers;
  /** The next one; null at the end. */
  next(): Promise<ServerEvent | null>;
  /** All that are still to come. */
  rest(): Promise<ServerEvent[]>;
  /** Hangs up. */
  leave(): void;
}

/** Asks for events. Whatever is no stream of them has none. */
export async function askForEvents(url: string, init: RequestInit = {}): Promise<Events> {
  const controller = new AbortController();
  const headers = { Accept: 'text/event-stream', ...(init.headers as Record<string, string> | undefined) };
  const response = await fetch(url, { ...init, headers, signal: controller.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<ServerEvent | null> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end !== -1) {
        const [, event = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
        text = text.slice(end + 2);
        return { event, data: JSON.parse(data) as unknown };
      }
      const read = await reader?.read();
      if (read?.value === undefined) return null;
      text += read.value;
    }
  };
  return {
    status: response.status,
    headers: response.headers,
    next,
    async rest() {
      const events: ServerEvent[] = [];
      for (let event = await next(); event !== null; event = await next()) events.push(event);
      return events;
    },
    leave: () => {
      controller.abort();
    },
  };
}
