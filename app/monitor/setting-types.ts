import { z } from 'zod';
import { isMailAddress } from '../wire/delivery-target';
import { DELIVERY_TEXTS_MAX } from '../wire/texts';

/** The URL of a mail server, with its login if it needs one. */
export const smtpUrl = z
  .string()
  .refine(
    (value) => /^smtps?:\/\//.test(value) && URL.canParse(value) && isEscaped(new URL(value)),
    'must be a URL such as smtp://user:password@mail.example:587, a % in the password written as %25',
  );

/** One address, with or without a name before it (RFC 5322, section 3.4). */
export const sender = z.string().refine((value) => {
  const [, named, plain] = /^(?:[^<>@,\p{Cc}]*<([^<>]*)>|([^<>]*))$/u.exec(value.trim()) ?? [];
  return isMailAddress(named ?? plain ?? '');
}, 'must be a mail address, such as Inventory <inventory@shop.example>');

/** Mail addresses, separated by commas. */
export const addresses = z
  .string()
  .transform(listed)
  .refine(
    (list) => list.every(isMailAddress),
    'must be mail addresses separated by commas, such as ann@shop.example',
  );

const BY_PRODUCT = 'must be such as 7=ann@shop.example,bob@shop.example;12=bob@shop.example';

/** Mail addresses for single products, such as `7=ann@shop.example;12=bob@shop.example`. */
export const addressesByProduct = z.string().transform((value, context) => {
  const byProduct = new Map<number, string[]>();
  const entries = value
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [, productID, list = ''] = /^\s*([1-9][0-9]{0,9})\s*=(.*)$/s.exec(part) ?? [];
      const { data } = addresses.safeParse(list);
      if (productID === undefined || !data?.length) context.addIssue(BY_PRODUCT);
      return [Number(productID), data ?? []] as const;
    });
  for (const [productID, list] of entries) {
    byProduct.set(productID, [...(byProduct.get(productID) ?? []), ...list]);
  }
  return byProduct;
});

/** URLs of webhooks, separated by commas. */
export const webhookUrls = z
  .string()
  .transform(listed)
  .refine(
    (list) =>
      list.every(
        (url) =>
          /^https?:\/\//.test(url) && URL.canParse(url) && url.length <= DELIVERY_TEXTS_MAX.target,
      ),
    `must be http or https URLs of at most ${DELIVERY_TEXTS_MAX.target} characters, separated by commas`,
  );

/** A key in the format of Standard Webhooks. */
export const webhookSecret = z
  .string()
  .regex(
    /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/,
    'must be whsec_ and 24 to 64 bytes in base64, as Standard Webhooks defines it',
  );

/** Whether the user name and the password can be decoded: each % in them must be escaped. */
function isEscaped({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

function listed(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
