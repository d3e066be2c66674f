import type { IncomingMessage } from 'node:http';
import { Problem } from '../problems/problem';
import { shortened } from '../problems/shortened';
import { isCrossSite } from './cross-site';
import { hostOf, isAllowedHost } from './host';
import { targetOf } from './target';

/** Which requests the service answers. */
export interface FrontDoor {
  /** The host names, in lower case, that requests may use besides addresses. */
  readonly allowedHosts: ReadonlySet<string>;
  /** The longest URL, in characters; by default only Node.js limits it. */
  readonly urlLimit?: number;
}

/**
 * Checks a request before its path is looked at, and reduces its URL to path and query.
 *
 * @returns the problem, if it is refused
 */
export function refusalOf(
  req: IncomingMessage,
  { allowedHosts, urlLimit = Number.POSITIVE_INFINITY }: FrontDoor,
): Problem | undefined {
  const { method = '', url: line = '' } = req;
  if (line.length > urlLimit) {
    return new Problem('url-too-long', `A URL may have ${urlLimit} characters at most.`);
  }
  const { 'transfer-encoding': coding = 'chunked' } = req.headers;
  if (coding.toLowerCase() !== 'chunked') {
    return new Problem(
      'unsupported-transfer-coding',
      `The Transfer-Encoding of the request is "${shortened(coding)}": send the body as it is, chunked or with a Content-Length. Nothing was recorded.`,
      {},
      { Connection: 'close' },
    );
  }
  const target = targetOf(line);
  if (!target) {
    const detail = 'The request line must have a path, or an http URL, between method and version.';
    return new Problem('malformed-request', detail);
  }
  req.url = target.url;
  const named = hostsIn(req.rawHeaders);
  if (named.length > 1) {
    return new Problem('malformed-request', 'The request has more than one header Host.');
  }
  const authority = target.authority ?? named[0];
  if (authority === undefined) return withoutHost(req);
  const host = hostOf(authority);
  if (host === undefined) {
    return new Problem(
      'malformed-request',
      'Host must be a host name or an address, such as localhost:5000.',
    );
  }
  if (!isAllowedHost(host, allowedHosts)) {
    return new Problem(
      'misdirected-request',
      `This service does not answer to the name ${shortened(host)}. Its administrator can add the name to ALLOWED_HOSTS.`,
    );
  }
  if (isCrossSite(method, req.headers, authority)) {
    return new Problem(
      'cross-site',
      'A page of another site sent this, so nothing was changed. Use the page of this service.',
    );
  }
  return undefined;
}

/** Every value of the header Host: `req.headers` has only the first. */
function hostsIn(rawHeaders: readonly string[]): string[] {
  const hosts: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length === 4 && name.toLowerCase() === 'host')
      hosts.push(rawHeaders[index + 1] as string);
  }
  return hosts;
}

/** HTTP/1.0 has no Host: probes of load balancers use it, and current browsers do not. */
function withoutHost({ httpVersion, method = '', headers }: IncomingMessage): Problem | undefined {
  if (httpVersion !== '1.0') {
    return new Problem('malformed-request', 'The request has no header Host.');
  }
  return isCrossSite(method, headers, '')
    ? new Problem('cross-site', 'A page of another site sent this, so nothing was changed.')
    : undefined;
}
