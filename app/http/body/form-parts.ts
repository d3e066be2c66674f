/** The parts of a form, as the parser of multer (busboy) finds them. */
export interface FormParts {
  /** Headers and content of each part, with the line breaks around them. */
  readonly parts: readonly Buffer[];
  /** Whether a line begins with the boundary and has more text: the parser would drop what follows. */
  readonly isCutOff: boolean;
}

const CRLF = '\r\n';

/** Splits a form. Text before the first boundary and after the last is ignored (RFC 2046, section 5.1.1). */
export function formParts(form: Buffer, boundary: string): FormParts {
  const delimiter = Buffer.from(`${CRLF}--${boundary}`, 'latin1');
  const parts: Buffer[] = [];
  // The first boundary may stand at the very beginning.
  const isAtBegin = form.subarray(0, delimiter.length - 2).equals(delimiter.subarray(2));
  for (let at = isAtBegin ? -2 : form.indexOf(delimiter); at !== -1; ) {
    const begin = at + delimiter.length;
    const follows = form.toString('latin1', begin, begin + 2);
    if (follows === '--') break;
    if (follows !== CRLF) return { parts, isCutOff: true };
    at = form.indexOf(delimiter, begin);
    parts.push(form.subarray(begin, at === -1 ? undefined : at));
  }
  return { parts, isCutOff: false };
}
