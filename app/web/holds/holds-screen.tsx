import { useOpenHolds } from '../documents/use-open-documents';
import { useLive } from '../page';
import { Card } from '../ui/card';
import { Button } from '../ui/controls';
import items from '../ui/item-list.module.css';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import { useKeptFocus } from '../ui/use-kept-focus';
import { HoldItem } from './hold-item';

/** Units that are set aside for somebody, and for how long. */
export default function HoldsScreen() {
  const { shop } = useLive();
  const holds = useOpenHolds();
  const { found, error } = holds;
  // A hold that has ended has no button any more.
  const kept = useKeptFocus<HTMLUListElement>('button');
  return (
    <Screen title="Holds" subtitle="Units that are set aside, such as those in a basket.">
      {!found && error && <Fault error={error} retry={() => void holds.refetch()} />}
      {(!shop || (!found && !error)) && <Loading label="Loading the holds" lines={4} />}
      {shop && found?.length === 0 && (
        <Empty title="Nothing is held">
          <p>A till or a web shop sets units aside until they are paid.</p>
        </Empty>
      )}
      {shop && found && found.length > 0 && (
        <div className={items.cards}>
          <Card title="Open holds">
            <ul {...kept} className={items.list} aria-label="Holds">
              {found.map((hold) => (
                <li key={hold.holdID}>
                  <HoldItem hold={hold} />
                </li>
              ))}
            </ul>
            {holds.hasNextPage && (
              <Button
                disabled={holds.isFetchingNextPage}
                onClick={() => void holds.fetchNextPage()}
              >
                Show more
              </Button>
            )}
          </Card>
        </div>
      )}
    </Screen>
  );
}
