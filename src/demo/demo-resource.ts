/** A part of a content, and how long after the one before it leaves. */
export interface DemoPiece {
  readonly afterMs: number;
  readonly bytes: Buffer;
}

/** The fields of a request, by their names in lower case. */
export type RequestFields = Readonly<Partial<Record<'accept-language' | 'user-agent', string | undefined>>>;

/** Something that the demo origin answers with. */
export interface DemoResource {
  /** Its path, from a slash on. */
  readonly path: string;
  /** What there is to see in it, for the index. */
  readonly about: string;
  readonly status: number;
  /** Field lines in the order in which they are sent, duplicates kept. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The content; one piece has a Content-Length, several are sent in chunks unless the field is among `headers`. */
  readonly pieces: readonly DemoPiece[];
  /** What is answered in its place, where that depends on the request. */
  readonly chosenFor?: (fields: RequestFields) => DemoResource;
}

/** The parts of a resource that most have alike. */
type Plain = Pick<DemoResource, 'path' | 'about'> & Partial<Pick<DemoResource, 'status' | 'headers'>>;

/** A resource whose content leaves at once, with its length said. */
export function whole({ status = 200, headers = [], ...named }: Plain, type: string, content: string | Buffer): DemoResource {
  const bytes = Buffer.from(content);
  return {
    ...named,
    status,
    headers: [...headers, ['Content-Length', String(bytes.length)], ['Content-Type', type]],
    pieces: [{ afterMs: 0, bytes }],
  };
}

/** A resource whose content leaves in parts, `everyMs` milliseconds apart. */
export function inPieces(
  { status = 200, headers = [], ...named }: Plain,
  type: string,
  parts: readonly (string | Buffer)[],
  everyMs: number,
): DemoResource {
  return {
    ...named,
    status,
    headers: [...headers, ['Content-Type', type]],
    pieces: parts.map((part, index) => ({ afterMs: index === 0 ? 0 : everyMs, bytes: Buffer.from(part) })),
  };
}

/** A redirect; the place is relative, so that it holds wherever the resources are served. */
export function redirecting(named: Pick<DemoResource, 'path' | 'about'>, status: number, location: string): DemoResource {
  return whole({ ...named, status, headers: [['Location', location]] }, 'text/plain; charset=utf-8', `See ${location}\n`);
}
