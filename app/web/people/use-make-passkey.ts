import { useQueryClient } from '@tanstack/react-query';
import { makePasskey } from '../session/passkeys';
import { useAnnounce } from '../ui/announce';
import { ACCESS } from './access-lists';

/** Makes a passkey for the one who is signed in. @param count how many they have, which names the next. It throws as `makePasskey` does */
export function useMakePasskey(count: number): () => Promise<void> {
  const queries = useQueryClient();
  const announce = useAnnounce();
  return async () => {
    await makePasskey(`Passkey ${count + 1}`);
    announce('You can sign in with the passkey from now on', 'good');
    await queries.invalidateQueries({ queryKey: ACCESS });
  };
}
