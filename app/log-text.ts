import { prettyFactory } from 'pino-pretty';

/**
 * Makes a line of the log readable: `[14:03:59] WARN: mail is off`. A request is shown with its method, URL and status, and
 * an error with its stack.
 *
 * @param isColoured whether to colour the levels, for terminals
 * @returns the text of a line of JSON, with its end
 */
export function textOf(isColoured: boolean): (line: string) => string {
  return prettyFactory({
    colorize: isColoured,
    translateTime: 'SYS:HH:MM:ss',
    include: 'level,time,err',
    messageFormat: '{msg}{if method}: {method} {url} {status} ({responseTime} ms){end}',
  });
}
