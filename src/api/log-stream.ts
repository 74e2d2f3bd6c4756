/** Characters of lines that are written together. */
const TOGETHER = 16_384;
/** Milliseconds after which what is there is written in any case. */
const FLUSH_MS = 100;
/** A line that tells of an error, or worse. https://github.com/pinojs/pino/blob/main/docs/api.md#loggerlevels-object */
const ERROR = /^\{"level":[56]0,/;

/**
 * Where log lines go: to standard error, many at a time, since to write each line for itself costs more than most answers; but an error at
 * once. What is left is written when the process ends.
 */
export function logStream(): { write: (line: string) => void } {
  let lines = '';
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const text = lines;
    lines = '';
    if (text !== '') process.stderr.write(text);
  }

  process.once('exit', flush);
  return {
    write(line) {
      lines += line;
      if (lines.length >= TOGETHER || ERROR.test(line)) flush();
      else timer ??= setTimeout(flush, FLUSH_MS).unref();
    },
  };
}
