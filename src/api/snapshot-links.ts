/** The forms in which a snapshot is given besides JSON, by suffix: what each is, and whether a browser may show it. */
export const SNAPSHOT_FORMS = {
  har: { mediaType: 'application/json', extension: 'har', title: 'HAR 1.2', disposition: 'attachment' },
  warc: { mediaType: 'application/warc', extension: 'warc.gz', title: 'WARC 1.1', disposition: 'attachment' },
  curl: { mediaType: 'text/plain', extension: 'sh', title: 'curl', disposition: 'inline' },
} as const;

/** One of {@link SNAPSHOT_FORMS}. */
export type SnapshotForm = keyof typeof SNAPSHOT_FORMS;

/**
 * The `Link` field of an answer that was read off a snapshot: the snapshot is what it came from, and its other forms are
 * alternates of that. https://www.rfc-editor.org/rfc/rfc8288
 */
export function snapshotLinks(id: string): string {
  const self = `/snapshots/${encodeURIComponent(id)}`;
  const forms = Object.entries(SNAPSHOT_FORMS).map(
    ([suffix, { mediaType, title }]) => `<${self}.${suffix}>; rel="alternate"; type="${mediaType}"; title="${title}"; anchor="${self}"`,
  );
  return [`<${self}>; rel="via"; type="application/json"`, ...forms].join(', ');
}
