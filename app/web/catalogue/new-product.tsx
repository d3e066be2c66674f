import { useLocation } from 'wouter';
import { Dialog } from '../ui/dialog';
import { ProductForm } from './product-form';

/** Adds a product to the catalogue, and goes to it. */
export function NewProduct({ onClose }: { onClose(): void }) {
  const [, go] = useLocation();
  return (
    <Dialog title="New product" onClose={onClose}>
      <ProductForm onClose={onClose} onSaved={({ productID }) => go(`/products/${productID}`)} />
    </Dialog>
  );
}
