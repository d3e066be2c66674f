import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Answers a client that asks whether to send its body (`Expect: 100-continue`; RFC 9110, section 10.1.1). It is told to go on
 * once the body is read, so never if the headers alone are refused. After a refusal the client may send the body or not.
 * Nobody knows where its next request begins then, so the connection ends with that answer.
 */
export function continueWhenRead(req: IncomingMessage, res: ServerResponse): void {
  const { shouldKeepAlive } = res;
  res.shouldKeepAlive = false;
  const read = req._read.bind(req);
  let isAsked = false;
  req._read = (size) => {
    // After the answer the rest of the body is read and discarded.
    if (!isAsked && !res.headersSent) {
      res.shouldKeepAlive = shouldKeepAlive;
      res.writeContinue();
    }
    isAsked = true;
    read(size);
  };
}
