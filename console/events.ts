/** One event, its data read as JSON. */
export interface ServerEvent {
  event: string;
  data: unknown;
}

/**
 * The events of an answer, each as it comes, as this server writes them: a line with the name and one with the data; comments are passed over.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export async function* eventsOf(response: Response): AsyncGenerator<ServerEvent> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let from = 0;
  try {
    for (;;) {
      const end = text.indexOf('\n\n', from);
      if (end === -1) {
        // What was looked through already is not looked through again: an answer may be of many megabytes.
        from = Math.max(0, text.length - 1);
        const read = await reader?.read();
        if (read?.value === undefined) return;
        text += read.value;
        continue;
      }
      const fields = new Map(text.slice(0, end).split('\n').map(fieldOf));
      text = text.slice(end + 2);
      from = 0;
      const data = fields.get('data');
      if (data !== undefined) yield { event: fields.get('event') ?? '', data: JSON.parse(data) as unknown };
    }
  } finally {
    // Whoever has heard enough ends the answer; one that broke off has told so already.
    void reader?.cancel().catch(() => undefined);
  }
}

function fieldOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
}
