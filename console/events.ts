/** One event, its data read as JSON. */
export interface ServerEvent {
  event: string;
  data: unknown;
}

/**
 * The events of an answer, each as it comes, as this server writes them: a line with the name, a line with the data.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export async function* eventsOf(response: Response): AsyncGenerator<ServerEvent> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  let from = 0;
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
    const line = text.indexOf('\n');
    yield { event: text.slice('event: '.length, line), data: JSON.parse(text.slice(line + '\ndata: '.length, end)) as unknown };
    text = text.slice(end + 2);
    from = 0;
  }
}
