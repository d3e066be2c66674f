import type { FieldDoc } from '../../fields/field';
import { freeText } from '../../fields/free-text';

/** Characters of the name of a device, or of a passkey. */
const NAME_MAX = 100;

/** More characters than any secret of an invitation has. */
const SECRET_MAX = 100;

/** The secret of an invitation. */
export const invitationSecret = freeText(SECRET_MAX).meta({
  doc: {
    type: 'string',
    description: 'The last part of the link',
    examples: ['k1'],
  } satisfies FieldDoc,
});

/** The name of a device or of a passkey, as its browser or its person says. */
export const deviceName = freeText(NAME_MAX);
