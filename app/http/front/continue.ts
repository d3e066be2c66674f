import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * For a client that asks whether to send its body (`Expect: 100-continue`): it is told to go on once somebody reads the body,
 * and so never where the headers alone have it refused (RFC 9110, section 10.1.1). Whoever got an answer instead may send the
 * body or not, so that nobody knows where its next request begins: the connection ends with that answer.
 */
export function continueWhenRead(req: IncomingMessage, res: ServerResponse): void {
  const { shouldKeepAlive } = res;
  res.shouldKeepAlive = false;
  const read = req._read.bind(req);
  let isAsked = false;
  req._read = (size) => {
    // After the answer what still comes is read, and thrown away.
    if (!isAsked && !res.headersSent) {
      res.shouldKeepAlive = shouldKeepAlive;
      res.writeContinue();
    }
    isAsked = true;
    read(size);
  };
}
