import { Refused, Unreachable } from '../../client/failure';
import { IDEMPOTENCY_KEY_HEADER } from '../../wire/headers';
import { isProblem } from '../../wire/problem';
import { service, tellProblem } from '../api/ask';

/** How far an upload is. */
interface Progress {
  /** From 0 to 1. */
  readonly sent: number;
}

/** A file takes its time to be sent over a slow network, and to be recorded. */
const TIMEOUT_MS = 300_000;

/**
 * Posts a file as a form and reports how much of it is sent, which fetch() cannot do.
 *
 * @throws Refused, Unreachable
 */
export function uploadFile<T>(
  path: string,
  file: File,
  key: string | undefined,
  onProgress: (progress: Progress) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', service.urlOf(path));
    if (key !== undefined) request.setRequestHeader(IDEMPOTENCY_KEY_HEADER, key);
    request.upload.onprogress = ({ loaded, total }) => onProgress({ sent: loaded / total });
    request.timeout = TIMEOUT_MS;
    const fail = () => reject(new Unreachable('The service does not answer.'));
    request.onerror = fail;
    request.ontimeout = fail;
    request.onabort = fail;
    request.onload = () => {
      const body = service.read(request.responseText);
      if (request.status < 300 && body !== undefined) resolve(body as T);
      else if (isProblem(body)) {
        tellProblem(body);
        reject(new Refused(body));
      } else reject(new Unreachable(`The service does not answer (${request.status}).`));
    };
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}
