import type { TestService } from './service';

/** Reads pages of a list from one on, each where the header Link of the one before says, until none is named. */
export async function linkedPages<T>(service: TestService, first: string): Promise<T[][]> {
  const pages: T[][] = [];
  for (let path: string | undefined = first; path !== undefined; ) {
    const answer = await service.ask.get(path);
    expect(answer.status).toBe(200);
    pages.push(answer.body);
    const link: string | undefined = answer.headers.link;
    path = link && /^<([^>]+)>; rel="next"$/.exec(link)?.[1];
  }
  return pages;
}
