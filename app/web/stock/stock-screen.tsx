import { Plus } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { SEARCH_MAX } from '../../wire/texts';
import { number, oneOf, sortedBy, text, useView } from '../address/view';
import { NewProduct } from '../catalogue/new-product';
import { ChangeForm } from '../change/change-form';
import { type ChangeKind, KINDS } from '../change/change-kinds';
import { useOfferedKinds } from '../change/offered';
import type { LocatedProduct } from '../location/located-product';
import { LocationSelect } from '../location/location-select';
import { useLocatedProducts } from '../location/use-located-products';
import { useShopLocations } from '../location/use-shop-locations';
import { useLive, useOutbox } from '../page';
import { useMay } from '../session/use-may';
import { Button, Choice } from '../ui/controls';
import { units } from '../ui/format';
import { Grid, type GridHandle } from '../ui/grid';
import type { Keystroke } from '../ui/keystrokes';
import { DOUBLE_PRESS_MS } from '../ui/presses';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import { useNow } from '../ui/use-now';
import { STOCK_ORDERS, stockColumns } from './stock-columns';
import { FILTER_NAMES, FILTERS, type Filter } from './stock-filters';
import { StockKeys } from './stock-keys';
import style from './stock-screen.module.css';
import { StockSearch } from './stock-search';
import { useFoundProducts } from './use-found-products';

/** What the address says of how the stock is looked at. */
const VIEW = {
  q: text(SEARCH_MAX),
  show: oneOf(FILTER_NAMES),
  location: number,
  sort: sortedBy(STOCK_ORDERS, { id: 'name', desc: false }),
};

/** The row whose form is open. */
interface Open {
  readonly id: string;
  readonly kind: ChangeKind | undefined;
  /** The letter that opened it; undefined if a click did. */
  readonly openedBy?: Keystroke;
}

/** Every product: its stock, its sales, how long it lasts. */
export function StockScreen() {
  const { shop, fault, connection } = useLive();
  const { waiting } = useOutbox();
  const may = useMay();
  const kinds = useOfferedKinds();
  const [, go] = useLocation();
  const now = useNow();
  const grid = useRef<GridHandle<LocatedProduct>>(null);
  const [{ q: search, show, location: at, sort: sorting }, setView] = useView(VIEW);
  const locations = useShopLocations();
  const { areSeveral, open: openLocations } = locations;
  // A link may name a location that is retired, or none.
  const isKnown = openLocations.some((location) => location.locationID === at);
  const locationID = areSeveral && isKnown ? at : 0;
  const filter = show === 'here' && locationID === 0 ? 'all' : show;
  const [open, setOpen] = useState<Open>();
  const [isAdding, setAdding] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const recordedAt = useRef(Number.NEGATIVE_INFINITY);
  const wanted = useDeferredValue(search);
  const openID = open?.id;
  const [isHovered, setHovered] = useState(false);

  const products = useLocatedProducts(shop, locations, locationID);
  const counts = useMemo(() => {
    const count = (name: Filter) => products?.filter(FILTERS[name]).length ?? 0;
    return { all: count('all'), low: count('low'), out: count('out'), here: count('here') };
  }, [products]);
  const { rows, key } = useFoundProducts(products, {
    filter,
    locationID,
    search: wanted,
    openID,
    isHovered,
  });
  const waitingIDs = useMemo(() => new Set(waiting.map(({ productID }) => productID)), [waiting]);
  const shown = !areSeveral ? 'only' : locationID === 0 ? 'all' : 'one';
  const columns = useMemo(() => stockColumns(now, shown, waitingIDs), [now, shown, waitingIDs]);

  // Moves the focus from the search to the rows, once they are the ones that it found.
  useEffect(() => {
    if (!isLeaving || wanted !== search) return;
    setLeaving(false);
    grid.current?.focusFirst();
  }, [isLeaving, wanted, search]);

  const onRowKey = (product: LocatedProduct, event: KeyboardEvent) => {
    // A key still held down belongs to the form that has just closed, and so does the second Enter of two.
    if (event.repeat) return;
    if (event.key === 'Enter' && performance.now() - recordedAt.current < DOUBLE_PRESS_MS) return;
    if (event.key === 'Enter') return go(`/products/${product.productID}`);
    const kind = kinds.find((name) => KINDS[name].letter === event.key.toLowerCase());
    if (!kind) return;
    event.preventDefault();
    setOpen({ id: String(product.productID), kind, openedBy: event.nativeEvent });
  };
  const close = () => {
    setOpen(undefined);
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-row="${openID}"]`)?.focus(),
    );
  };

  return (
    <Screen
      title="Stock"
      actions={
        may('catalogue:write') && (
          <Button onClick={() => setAdding(true)}>
            <Plus size={16} aria-hidden /> New product
          </Button>
        )
      }
    >
      <div className={style.tools}>
        <StockSearch
          value={search}
          onChange={(q) => setView({ q }, { replace: true })}
          onLeave={() => setLeaving(true)}
        />
        <Choice
          label="Show"
          value={filter}
          options={[
            { value: 'all', text: `All ${units(counts.all)}` },
            { value: 'low', text: `Low ${units(counts.low)}` },
            { value: 'out', text: `Out ${units(counts.out)}` },
            ...(locationID > 0
              ? [{ value: 'here' as const, text: `Here ${units(counts.here)}` }]
              : []),
          ]}
          onChange={(show) => setView({ show })}
        />
        {areSeveral && (
          <LocationSelect
            label="Stock of"
            value={locationID === 0 ? undefined : locationID}
            options={openLocations}
            none="All locations"
            onChange={(chosen = 0) => setView({ location: chosen })}
            className={style.location}
          />
        )}
        <StockKeys />
      </div>
      {!shop && connection === 'lost' && <Fault error={fault} />}
      {!shop && connection !== 'lost' && <Loading label="Loading the stock" lines={12} />}
      {shop && (
        <Grid
          label="Stock"
          rows={rows}
          columns={columns}
          sorting={sorting}
          ref={grid}
          onSort={(sort) => setView({ sort })}
          rowID={(product) => String(product.productID)}
          onRowKey={onRowKey}
          openID={openID}
          orderKey={key}
          onHover={setHovered}
          details={(product) => (
            <ChangeForm
              key={locationID}
              product={shop.byID.get(product.productID) ?? product}
              locationID={locationID === 0 ? undefined : locationID}
              kind={open?.kind}
              openedBy={open?.openedBy}
              onKind={(kind) => setOpen({ id: String(product.productID), kind })}
              onClose={close}
              onRecorded={() => {
                recordedAt.current = performance.now();
              }}
            />
          )}
          onOpen={(product) => {
            if (kinds.length === 0) return go(`/products/${product.productID}`);
            // What a click records is chosen in the form: a count, say, overwrites.
            const id = String(product.productID);
            if (id !== openID) setOpen({ id, kind: undefined });
          }}
          empty={
            counts.all === 0 ? (
              <Empty title="No product yet">
                {may('files:import') && may('catalogue:write') && (
                  <>
                    <p>Add the first one, or import a list of products and their counts.</p>
                    <a href="#/import">Import a file</a>
                  </>
                )}
              </Empty>
            ) : (
              <Empty title={search ? `Nothing found for “${search}”` : 'No product matches'}>
                <Button onClick={() => setView({ q: '', show: 'all', location: 0 })}>
                  Show all products
                </Button>
              </Empty>
            )
          }
        />
      )}
      <p className="unseen" role="status">
        {shop && `${units(rows.length)} products shown`}
      </p>
      {isAdding && <NewProduct onClose={() => setAdding(false)} />}
    </Screen>
  );
}
