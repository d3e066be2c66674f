import { useQueryClient } from '@tanstack/react-query';
import { makePasskey } from '../session/passkeys';
import { useAnnounce } from '../ui/announce';
import { ACCESS } from './access-lists';

/** Makes a passkey for the one who is signed in. It throws as `makePasskey` does. */
export function useMakePasskey(): () => Promise<void> {
  const queries = useQueryClient();
  const announce = useAnnounce();
  return async () => {
    await makePasskey();
    announce('You can sign in with the passkey from now on', 'good');
    await queries.invalidateQueries({ queryKey: ACCESS });
  };
}
