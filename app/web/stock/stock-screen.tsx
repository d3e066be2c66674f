import { Plus, Search } from 'lucide-react';
import {
  type KeyboardEvent,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useLocation } from 'wouter';
import type { Product } from '../../client/shop';
import { foldedCode } from '../../ledger/code';
import { searchText } from '../../ledger/search-text';
import { oneOf, sortedBy, text, useView } from '../address/view';
import { NewProduct } from '../catalogue/new-product';
import { ChangeForm } from '../change/change-form';
import { KIND_NAMES, KINDS, type Kind } from '../change/kinds';
import { useLive, useOutbox } from '../page';
import { useNow } from '../ui/clock';
import { Button, Choice } from '../ui/controls';
import { units } from '../ui/format';
import { Grid, type GridHandle } from '../ui/grid';
import type { Keystroke } from '../ui/keystrokes';
import { DOUBLE_PRESS_MS } from '../ui/presses';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import { STOCK_ORDERS, stockColumns } from './stock-columns';
import style from './stock-screen.module.css';

/** Characters of a search at most: more than any name or code has. */
const SEARCH_MAX = 200;

const FILTER_NAMES = ['all', 'low', 'out'] as const;
type Filter = (typeof FILTER_NAMES)[number];

/** What the address says of how the stock is looked at. */
const VIEW = {
  q: text(SEARCH_MAX),
  show: oneOf(FILTER_NAMES),
  sort: sortedBy(STOCK_ORDERS, { id: 'name', desc: false }),
};

const FILTERS: Record<Filter, (product: Product) => boolean> = {
  all: (product) => !product.retired || Boolean(product.availableQuantity),
  low: (product) => product.low,
  out: (product) => product.out && !product.retired,
};

/** The row whose form is open. */
interface Open {
  readonly id: string;
  readonly kind: Kind | undefined;
  /** The letter that opened it; undefined where a click did. */
  readonly openedBy?: Keystroke;
}

/** Every product: what there is of it, what it sold, how long it lasts. */
export function StockScreen() {
  const { shop, fault, connection } = useLive();
  const { waiting } = useOutbox();
  const [, go] = useLocation();
  const now = useNow();
  const searchInput = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const [{ q: search, show: filter, sort: sorting }, setView] = useView(VIEW);
  const [open, setOpen] = useState<Open>();
  const [isAdding, setAdding] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const recordedAt = useRef(Number.NEGATIVE_INFINITY);
  const wanted = useDeferredValue(search);
  const openID = open?.id;
  const [isHovered, setHovered] = useState(false);
  const orderKey = `${filter} ${wanted}`;
  const shownBefore = useRef({ key: '', ids: new Set<number>() });

  const products = shop?.products;
  const counts = useMemo(() => {
    const count = (name: Filter) => products?.filter(FILTERS[name]).length ?? 0;
    return { all: count('all'), low: count('low'), out: count('out') };
  }, [products]);
  const rows = useMemo(() => {
    const words = searchText(wanted).split(/\s+/).filter(Boolean);
    const code = foldedCode(wanted);
    const found = (product: Product) =>
      words.every((word) => product.searchText.includes(word)) ||
      [product.sku, product.barcode].some((own) => own !== null && foldedCode(own) === code);
    // What somebody fills in stays, whatever comes meanwhile.
    const isOpen = ({ productID }: Product) => String(productID) === openID;
    const isShown = (product: Product) => FILTERS[filter](product) && found(product);
    // Nor does a row go away under the pointer, which would move those below it.
    const stays = isHovered && shownBefore.current.key === orderKey;
    const isHeld = ({ productID }: Product) => stays && shownBefore.current.ids.has(productID);
    return (
      products?.filter((product) => isOpen(product) || isHeld(product) || isShown(product)) ?? []
    );
  }, [products, filter, wanted, openID, isHovered, orderKey]);
  // Only what was really shown: React may begin a rendering and drop it.
  useLayoutEffect(() => {
    shownBefore.current = { key: orderKey, ids: new Set(rows.map(({ productID }) => productID)) };
  }, [rows, orderKey]);
  const waitingIDs = useMemo(() => new Set(waiting.map(({ productID }) => productID)), [waiting]);
  const columns = useMemo(() => stockColumns(now, waitingIDs), [now, waitingIDs]);

  // From the search to the rows, once they are those that it found.
  useEffect(() => {
    if (!isLeaving || wanted !== search) return;
    setLeaving(false);
    grid.current?.focusFirst();
  }, [isLeaving, wanted, search]);

  // "/" goes to the search, unless somebody types.
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (
        event.key !== '/' ||
        event.ctrlKey ||
        event.metaKey ||
        target.closest('input, textarea, select')
      )
        return;
      event.preventDefault();
      searchInput.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const onRowKey = (product: Product, event: KeyboardEvent) => {
    // A key still held down belongs to the form that has just closed, and so does the second Enter of two.
    if (event.repeat) return;
    if (event.key === 'Enter' && performance.now() - recordedAt.current < DOUBLE_PRESS_MS) return;
    if (event.key === 'Enter') return go(`/products/${product.productID}`);
    const kind = KIND_NAMES.find((name) => KINDS[name].letter === event.key.toLowerCase());
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
        <Button onClick={() => setAdding(true)}>
          <Plus size={16} aria-hidden /> New product
        </Button>
      }
    >
      <div className={style.tools}>
        <div className={style.search}>
          <Search size={16} aria-hidden />
          <input
            ref={searchInput}
            type="search"
            aria-label="Search by name, SKU, barcode or number"
            placeholder="Search name, SKU, barcode …  ( / )"
            value={search}
            maxLength={SEARCH_MAX}
            onChange={({ target }) => setView({ q: target.value }, { replace: true })}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
              event.preventDefault();
              setLeaving(true);
            }}
          />
        </div>
        <Choice
          label="Show"
          value={filter}
          options={[
            { value: 'all', text: `All ${units(counts.all)}` },
            { value: 'low', text: `Low ${units(counts.low)}` },
            { value: 'out', text: `Out ${units(counts.out)}` },
          ]}
          onChange={(show) => setView({ show })}
        />
        <p className={style.keys}>
          {KIND_NAMES.map((name) => (
            <span key={name}>
              <kbd>{KINDS[name].letter}</kbd> {KINDS[name].title.toLowerCase()}
            </span>
          ))}
          <span>
            <kbd>↵</kbd> open
          </span>
        </p>
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
          orderKey={orderKey}
          onHover={setHovered}
          details={(product) => (
            <ChangeForm
              product={product}
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
            // What a click records is chosen in the form: a count, say, overwrites.
            const id = String(product.productID);
            if (id !== openID) setOpen({ id, kind: undefined });
          }}
          empty={
            counts.all === 0 ? (
              <Empty title="No product yet">
                <p>Add the first one, or import a list of products and their counts.</p>
                <a href="#/import">Import a file</a>
              </Empty>
            ) : (
              <Empty title={search ? `Nothing found for “${search}”` : 'None of the products'}>
                <Button onClick={() => setView({ q: '', show: 'all' })}>Show all products</Button>
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
