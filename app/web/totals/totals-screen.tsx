import { useLive } from '../page';
import { Card } from '../ui/card';
import { units } from '../ui/format';
import { Screen } from '../ui/screen';
import { Loading } from '../ui/states';

/** How much there is of everything together. */
export default function TotalsScreen() {
  const { shop } = useLive();
  const total = shop?.products.reduce(
    (sum, { availableQuantity }) => sum + (availableQuantity ?? 0),
    0,
  );
  return (
    <Screen title="Totals">
      {shop && total !== undefined ? (
        <Card title="Available">
          <p>
            {units(total)} units of {units(shop.products.length)} products
          </p>
        </Card>
      ) : (
        <Loading label="Loading the totals" />
      )}
    </Screen>
  );
}
