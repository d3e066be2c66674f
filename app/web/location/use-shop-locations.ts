import { useMemo } from 'react';
import { useLive, useSession } from '../page';
import { type ShopLocations, shopLocations } from './shop-locations';

/** The locations of the shop, and where the one who is signed in may change stock. */
export function useShopLocations(): ShopLocations {
  const { shop } = useLive();
  const { me } = useSession();
  const all = shop?.locations;
  const bound = me?.locations;
  return useMemo(() => shopLocations(all ?? [], bound), [all, bound]);
}
