import { prettyFactory } from 'pino-pretty';

/**
 * Makes a line of the log readable: `[14:03:59] WARN: mail is off`. Of a request it shows what was asked and
 * answered, and of an error where it came from.
 *
 * @param isColoured whether to mark levels by colour, as terminals can
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
