/** Characters of lines that are written together. */
const TOGETHER = 16_384;
/** Milliseconds after which what is there is written in any case. */
const FLUSH_MS = 100;

/**
 * Where log lines go: to standard error, many at a time, since to write each line for itself costs more than most answers. What is left is
 * written when the process ends.
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
      if (lines.length >= TOGETHER) flush();
      else timer ??= setTimeout(flush, FLUSH_MS).unref();
    },
  };
}
