import type { Answer } from './problem-answer';

/** What the answers to two copies of one request must have in common, byte by byte. */
export function essence({ status, headers, text }: Answer) {
  const { location, etag, 'content-type': type } = headers;
  return { status, text, location, etag, type };
}
