import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { orderedOf } from '../../ledger/outlook';
import { ProductAlert } from '../alert/product-alert';
import { useProductAlert } from '../alert/use-product-alert';
import { type TaggedProduct, useCatalogueProduct } from '../catalogue/catalogue-product';
import { ProductForm } from '../catalogue/product-form';
import { ChangeForm } from '../change/change-form';
import { type ChangeKind, KINDS } from '../change/change-kinds';
import { useOfferedKinds } from '../change/offered';
import { CATALOGUE, useLive, usePage } from '../page';
import { useMay } from '../session/use-may';
import { StockMark } from '../ui/available-units';
import { Card } from '../ui/card';
import { Button } from '../ui/controls';
import { Dialog } from '../ui/dialog';
import { day, days, price, rate, time, units } from '../ui/format';
import { Screen } from '../ui/screen';
import { Empty, Fault, Loading } from '../ui/states';
import { Explain } from './explain';
import { History } from './history';
import { listedProduct } from './listed-product';
import style from './product-screen.module.css';
import { ReorderPoints } from './reorder-points';
import { StockByLocation } from './stock-by-location';

/** One product: its stock and why, its history, how long it lasts, and its catalogue data. */
export default function ProductScreen({ productID }: { productID: number }) {
  const { shop, connection, fault } = useLive();
  const { queries } = usePage();
  const may = useMay();
  const kinds = useOfferedKinds();
  const isNumber = Number.isSafeInteger(productID);
  const { data, error, refetch } = useCatalogueProduct(productID);
  const listed = isNumber ? data : null;
  const { data: alert } = useProductAlert(productID);
  const ordered = orderedOf(alert ?? undefined, shop?.today ?? '');
  const [kind, setKind] = useState<ChangeKind>();
  const [isEditing, setEditing] = useState(false);
  const product = shop?.byID.get(productID) ?? (shop && listed && listedProduct(listed));

  if (!shop) {
    return (
      <Screen title="Product">
        {connection === 'lost' ? <Fault error={fault} /> : <Loading label="Loading the product" />}
      </Screen>
    );
  }
  if (!product) {
    return (
      <Screen title={isNumber ? `Product ${productID}` : 'Product'}>
        {listed === null && (
          <Empty title="There is no such product">
            <p>It is not in the catalogue, and it has no records.</p>
            <Link href="/">Go to the stock</Link>
          </Empty>
        )}
        {listed === undefined && error && <Fault error={error} retry={refetch} />}
        {listed === undefined && !error && <Loading label="Loading the product" />}
      </Screen>
    );
  }
  return (
    <Screen
      title={product.title}
      subtitle={[`#${productID}`, product.sku, product.barcode, product.retired && 'retired']
        .filter(Boolean)
        .join(' · ')}
      actions={
        may('catalogue:write') && (
          <Button disabled={listed === undefined} onClick={() => setEditing(true)}>
            <Pencil size={15} aria-hidden /> {listed === null ? 'Add to the catalogue' : 'Edit'}
          </Button>
        )
      }
    >
      <div className={style.top}>
        <Card title="In stock" actions={<StockMark product={product} />}>
          <p className={style.available}>{units(product.availableQuantity)}</p>
          <p className="muted small">
            {product.recordedAt === null
              ? 'Never counted or received.'
              : `Record ${product.record}, ${time(product.recordedAt)}`}
          </p>
          {product.record !== null && <StockByLocation productID={productID} />}
          {kind ? (
            <ChangeForm
              product={product}
              kind={kind}
              onKind={setKind}
              onClose={() => setKind(undefined)}
            />
          ) : (
            <div className={style.buttons}>
              {kinds.map((name) => (
                <Button key={name} onClick={() => setKind(name)}>
                  {KINDS[name].title}
                </Button>
              ))}
            </div>
          )}
        </Card>
        <Card title="Outlook">
          <dl className={style.facts}>
            <Fact term="Sold a day" value={rate(product.unitsPerDay)} note="average of 28 days" />
            <Fact term="Lasts" value={days(product.daysOfCover)} />
            <Fact term="Reorder at" value={units(product.reorderPoint)} />
            <Fact
              term="To order now"
              value={units(ordered ? 0 : product.reorder)}
              note={ordered ? `ordered, due ${day(ordered.due)}` : undefined}
            />
            <Fact term="Sold in 7 days" value={units(product.units7)} />
            <Fact term="Sold in 30 days" value={units(product.units30)} />
            <Fact term="Price" value={price(product.price)} />
          </dl>
        </Card>
        {listed?.image && (
          <img className={style.image} src={listed.image} alt={product.title} loading="lazy" />
        )}
      </div>
      {listed && <ReorderPoints product={listed} />}
      <ProductAlert productID={productID} />
      {product.record !== null && <Explain productID={productID} />}
      {product.record !== null && <History product={product} />}
      {isEditing && (
        <Dialog title={product.title} onClose={() => setEditing(false)}>
          <ProductForm
            product={listed ?? undefined}
            productID={productID}
            onClose={() => setEditing(false)}
            onSaved={(saved: TaggedProduct) =>
              queries.setQueriesData({ queryKey: [...CATALOGUE, productID] }, saved)
            }
          />
        </Dialog>
      )}
    </Screen>
  );
}

function Fact({ term, value, note }: { term: string; value: string; note?: string | undefined }) {
  return (
    <div>
      <dt>
        {term}
        {note && <span className={style.note}>, {note}</span>}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}
