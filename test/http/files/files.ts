import { parse } from 'csv-parse/sync';
import type { TestService } from '../service';

/** Sends a file as a browser's form does. */
export function upload(
  service: TestService,
  path: string,
  file: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
) {
  return service.ask.post(path).set(headers).attach('file', Buffer.from(file), 'a file.csv');
}

/** Gets a file, and the lines in it as another program would read them. */
export async function download(service: TestService, path: string): Promise<string[][]> {
  const answer = await service.ask.get(path).buffer(true);
  expect(answer.status).toBe(200);
  return parse(answer.text);
}

/** A file of lines, as it stands. */
export function csv(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}
