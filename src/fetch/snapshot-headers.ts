import { SNAPSHOT_FORMS, type SnapshotForm } from '../api/snapshot-links.ts';
import type { Snapshot } from './snapshot.ts';

/** Longer URLs are told in JSON alone. */
export const MOST_URL = 4096;

/**
 * The header fields of an answer that is bytes of a target, or a form of them: all that a JSON answer would have said of it,
 * and what keeps a browser from running it on this origin. https://html.spec.whatwg.org/multipage/browsers.html#sandboxing
 */
export function snapshotHeaders(snapshot: Snapshot): Record<string, string> {
  return {
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Pagewire-Snapshot': snapshot.id,
    'Pagewire-Status': String(snapshot.final.status),
    // Clients refuse heads that are too large, and a redirect may lead to any URL.
    ...(snapshot.finalUrl.length <= MOST_URL && { 'Pagewire-Final-Url': snapshot.finalUrl }),
  };
}

/** The header fields of a snapshot in another form than JSON of ours. */
export function formHeaders(snapshot: Snapshot, form: SnapshotForm): Record<string, string> {
  const { mediaType, disposition } = SNAPSHOT_FORMS[form];
  return {
    ...snapshotHeaders(snapshot),
    'Content-Type': form === 'warc' ? mediaType : `${mediaType}; charset=utf-8`,
    'Content-Disposition': `${disposition}; filename="${fileNameOf(snapshot, form)}"`,
  };
}

/** The name of a file to save a snapshot as: host, then id. */
export function fileNameOf(snapshot: Snapshot, form: SnapshotForm): string {
  const host = new URL(snapshot.finalUrl).hostname.replace(/[^\w.-]/g, '_').slice(0, 100);
  return `${host}-${snapshot.id}.${SNAPSHOT_FORMS[form].extension}`;
}
