/** Bytes of an answer of the provider. Documents and keys of large providers have about 20 kB. */
const ANSWER_MAX_BYTES = 262_144;

/** An answer of the provider that is longer than any that is known. */
class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong';
}

/**
 * Asks as `fetch` does, and takes at most `ANSWER_MAX_BYTES`: a provider that sends without end must not fill the memory.
 * The signal in the options bounds the time of the whole answer.
 */
export async function boundedFetch(url: string, options: RequestInit): Promise<Response> {
  const answer = await fetch(url, options);
  const { status, statusText, headers } = answer;
  const body = answer.body && (await bytesOf(answer.body));
  return new Response(body, { status, statusText, headers });
}

/** @throws AnswerTooLong */
async function bytesOf(body: ReadableStream<Uint8Array>): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // An error ends the loop, which ends the connection.
  for await (const chunk of body) {
    length += chunk.length;
    if (length > ANSWER_MAX_BYTES) throw new AnswerTooLong(`more than ${ANSWER_MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
