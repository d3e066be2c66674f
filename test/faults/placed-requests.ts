import { type Answer, ask } from '../servers/ask';
import type { ServiceProcess } from './service-process';

/** What a test asks about holds and transfers, of product and first location unless it says otherwise. */
export function putHold(
  service: ServiceProcess,
  holdID: string,
  productID: number,
  more: { quantity?: number; expiresIn?: number; key?: string } = {},
): Promise<Answer> {
  const { quantity = 1, expiresIn = 600, key } = more;
  return ask(service.port, `/holds/${holdID}`, {
    method: 'PUT',
    json: { expiresIn, lines: [{ productID, quantity }] },
    ...(key !== undefined && { headers: { 'Idempotency-Key': key } }),
  });
}

/** Sells, releases or extends a hold. */
export function changeHold(
  service: ServiceProcess,
  holdID: string,
  what: 'sale' | 'release' | 'extension',
  json: object = {},
): Promise<Answer> {
  return ask(service.port, `/holds/${holdID}/${what}`, { method: 'POST', json });
}

/** Sends units from the first location to the second. */
export function ship(
  service: ServiceProcess,
  productID: number,
  quantity = 1,
  key?: string,
): Promise<Answer> {
  return ask(service.port, '/transfers', {
    method: 'POST',
    json: { from: 1, to: 2, lines: [{ productID, quantity }] },
    ...(key !== undefined && { headers: { 'Idempotency-Key': key } }),
  });
}

export function changeTransfer(
  service: ServiceProcess,
  transferID: number,
  what: 'receipts' | 'closing',
  json: object,
): Promise<Answer> {
  return ask(service.port, `/transfers/${transferID}/${what}`, { method: 'POST', json });
}

export function putLocation(service: ServiceProcess, locationID: number): Promise<Answer> {
  return ask(service.port, `/locations/${locationID}`, { method: 'PUT', json: { name: 'Van' } });
}
