import { useState } from 'react';
import { Card } from '../ui/card';
import { useNow } from '../ui/use-now';
import style from './alert.module.css';
import { AlertFacts, AlertMark, Opened } from './alert-facts';
import type { FormKind } from './handle-form';
import { useProductAlert } from './use-product-alert';

/** The alert of a product on the product's own screen; nothing if it has none. */
export function ProductAlert({ productID }: { productID: number }) {
  const { data: alert } = useProductAlert(productID);
  const now = useNow();
  const [form, setForm] = useState<FormKind>();
  if (!alert) return null;
  const mark = (
    <div className={style.what}>
      <Opened alert={alert} now={now} />
      <AlertMark alert={alert} />
    </div>
  );
  return (
    <Card title="Alert" actions={mark}>
      <AlertFacts key={alert.alertID} alert={alert} form={form} onForm={setForm} />
    </Card>
  );
}
