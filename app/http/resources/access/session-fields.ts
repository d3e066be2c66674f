import type { FieldDoc } from '../../fields/field';
import { freeText } from '../../fields/free-text';

/** Characters of the name of a device. */
const DEVICE_MAX = 100;

/** The secret of an invitation. */
export const invitationSecret = freeText(DEVICE_MAX).meta({
  doc: {
    type: 'string',
    description: 'The last part of the link',
    examples: ['k1'],
  } satisfies FieldDoc,
});

/** The name of a device, as its browser or its person says. */
export const deviceName = freeText(DEVICE_MAX);
