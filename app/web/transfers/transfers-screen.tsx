import { useState } from 'react';
import { useOpenTransfers } from '../documents/use-open-documents';
import { useShopLocations } from '../location/use-shop-locations';
import { useLive } from '../page';
import { useMay } from '../session/use-may';
import { Card } from '../ui/card';
import { Button } from '../ui/controls';
import items from '../ui/item-list.module.css';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import { useKeptFocus } from '../ui/use-kept-focus';
import { SendForm } from './send-form';
import { type OpenForm, TransferItem } from './transfer-item';

/** What is on its way between locations, and forms to send, receive and move goods. */
export default function TransfersScreen() {
  const { shop } = useLive();
  const { areSeveral, own } = useShopLocations();
  const may = useMay();
  const transfers = useOpenTransfers();
  const { found, error } = transfers;
  const [open, setOpen] = useState<OpenForm>();
  const isOpen = found?.some(({ transferID }) => transferID === open?.transferID) ?? false;
  const maySend = may('stock:move') && own.length > 0 && !isOpen;
  // A button gives way to its form, and a transfer that is closed has none any more.
  const kept = useKeptFocus<HTMLUListElement>('button');
  if (shop && !areSeveral) {
    return (
      <Screen title="Transfers">
        <Empty title="There is one location only">
          <p>Goods can be moved and sent once there is another.</p>
        </Empty>
      </Screen>
    );
  }
  return (
    <Screen title="Transfers" subtitle="Goods that go from one location to another.">
      <div className={items.cards}>
        <Card title="On their way">
          {!found && error && <Fault error={error} retry={() => void transfers.refetch()} />}
          {(!shop || (!found && !error)) && <Loading label="Loading the transfers" lines={4} />}
          {shop && found?.length === 0 && <p className="muted">Nothing is on its way.</p>}
          {shop && found && found.length > 0 && (
            <ul {...kept} className={items.list} aria-label="Transfers">
              {found.map((transfer) => (
                <li key={transfer.transferID}>
                  <TransferItem transfer={transfer} open={open} onOpen={setOpen} />
                </li>
              ))}
            </ul>
          )}
          {transfers.hasNextPage && (
            <Button
              disabled={transfers.isFetchingNextPage}
              onClick={() => void transfers.fetchNextPage()}
            >
              Show more
            </Button>
          )}
        </Card>
        {maySend && shop && (
          <Card title="Move or send goods">
            <SendForm />
          </Card>
        )}
      </div>
    </Screen>
  );
}
