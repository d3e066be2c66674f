import type { LoadRequest } from './load';

/** A boundary as long as curl's. */
const BOUNDARY = '------------------------d74496d66958873e';

/** A form as `curl --form` sends it. */
export function form(path: string, fields: Readonly<Record<string, number | string>>): LoadRequest {
  const parts = Object.entries(fields).map(
    ([name, value]) =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    method: 'POST',
    path,
    headers: { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: `${parts.join('')}--${BOUNDARY}--\r\n`,
  };
}

/** One count for each of the products 1, 2, 3, … */
export function counts(products: number): LoadRequest[] {
  return Array.from({ length: products }, (_, index) =>
    form('/inventory', { availableQuantity: 55 + (index % 100), productID: index + 1 }),
  );
}

export function get(path: string): LoadRequest {
  return { method: 'GET', path, headers: {}, body: '' };
}
