import { type FormEvent, useState } from 'react';
import type { CatalogueProduct } from '../../wire/products';
import { type FieldFaults, type FormValues, readFields, valuesOf } from '../catalogue/form-fields';
import { LocationSelect } from '../location/location-select';
import { useShopLocations } from '../location/use-shop-locations';
import { useMay } from '../session/use-may';
import { Card } from '../ui/card';
import { Button, Field } from '../ui/controls';
import { units } from '../ui/format';
import { useUnsentForm } from '../ui/use-unsent-form';
import style from './product-screen.module.css';
import { useSetReorderPoint, whyNot } from './use-set-reorder-point';

type ReorderPoint = NonNullable<CatalogueProduct['reorderPoints']>[number];

/** The fields of the form, which are read as those of the product form are. */
const NAMES = ['reorderPoint', 'reorderQuantity'] as const;

const EMPTY = { locationID: 0, reorderPoint: '', reorderQuantity: '' };

const NO_FAULTS: FieldFaults = new Map();

/** At which stock of a location a product is low there, and how many to bring. Nothing where there is only one location. */
export function ReorderPoints({ product }: { product: CatalogueProduct }) {
  const { areSeveral, open, own, nameOf } = useShopLocations();
  const may = useMay();
  const set = useSetReorderPoint(product);
  const points = (product.reorderPoints ?? []).filter(({ locationID }) =>
    open.some((location) => location.locationID === locationID),
  );
  const mayChange = may('catalogue:write') && !product.retired && own.length > 0;
  if (!areSeveral || (points.length === 0 && !mayChange)) return null;
  return (
    <Card title="Reorder points by location">
      {points.length === 0 && <p className="muted">It has none yet.</p>}
      <ul className={style.locations} aria-label="Reorder points">
        {points.map((point) => (
          <li key={point.locationID}>
            <span>
              {nameOf(point.locationID)}: {inWords(point)}
            </span>
            {mayChange && own.some(({ locationID }) => locationID === point.locationID) && (
              <Button
                look="quiet"
                aria-label={`Remove: ${nameOf(point.locationID)}`}
                aria-disabled={set.isPending}
                onClick={() => {
                  if (!set.isPending) set.mutate({ locationID: point.locationID });
                }}
              >
                Remove
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && <SetForm product={product} set={set} />}
      {set.error && (
        <p className={style.problem} role="alert">
          {whyNot(set.error)}
        </p>
      )}
    </Card>
  );
}

interface SetFormProps {
  readonly product: CatalogueProduct;
  readonly set: ReturnType<typeof useSetReorderPoint>;
}

/** Sets the reorder point of one location. */
function SetForm({ product, set }: SetFormProps) {
  const { own } = useShopLocations();
  const { typed, type, clear } = useUnsentForm(`reorder-point.${product.productID}`, EMPTY);
  const { locationID } = typed;
  const [faults, setFaults] = useState(NO_FAULTS);
  const [isMissing, setMissing] = useState(false);
  const change = (changes: Partial<typeof EMPTY>) => {
    setFaults(NO_FAULTS);
    setMissing(false);
    type(changes);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (set.isPending) return;
    const values: FormValues = { ...valuesOf(undefined), ...typed };
    const given = NAMES.filter((name) => values[name].trim() !== '');
    const { fields, faults: wrong } = readFields(values, given, () => false);
    const isChosen = own.some((location) => location.locationID === locationID);
    setMissing(!isChosen);
    setFaults(given.length === 0 ? new Map([['reorderPoint', 'Type a number.']]) : wrong);
    if (!isChosen || given.length === 0 || wrong.size > 0) return;
    set.mutate({ locationID, fields }, { onSuccess: clear });
  };
  return (
    <form className={style.reorder} aria-label="Set a reorder point" onSubmit={submit} noValidate>
      <LocationSelect
        label="Location"
        value={locationID === 0 ? undefined : locationID}
        options={own}
        fault={isMissing ? 'Choose a location.' : undefined}
        onChange={(chosen = 0) => {
          const point = product.reorderPoints?.find((each) => each.locationID === chosen);
          change({
            locationID: chosen,
            reorderPoint: String(point?.reorderPoint ?? ''),
            reorderQuantity: String(point?.reorderQuantity ?? ''),
          });
        }}
      />
      <Field
        label="Low there at"
        inputMode="numeric"
        value={typed.reorderPoint}
        fault={faults.get('reorderPoint')}
        onChange={({ target }) => change({ reorderPoint: target.value })}
      />
      <Field
        label="Bring in lots of"
        inputMode="numeric"
        value={typed.reorderQuantity}
        fault={faults.get('reorderQuantity')}
        onChange={({ target }) => change({ reorderQuantity: target.value })}
      />
      <Button type="submit" aria-disabled={set.isPending}>
        Set
      </Button>
    </form>
  );
}

/** "low at 6, in lots of 24". */
function inWords({ reorderPoint, reorderQuantity }: ReorderPoint): string {
  const low = reorderPoint === null ? 'never low' : `low at ${units(reorderPoint)}`;
  return reorderQuantity === null ? low : `${low}, in lots of ${units(reorderQuantity)}`;
}
