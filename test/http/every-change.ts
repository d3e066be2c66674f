/** Changes of every kind, each of one product and right after the ones before it, as JSON and where to post it. */
export const EVERY_CHANGE: readonly (readonly [path: string, fields: object])[] = [
  ['/inventory', { productID: 1, quantityChange: 20, reason: 'receipt', reference: 'PO-1' }],
  ['/sales', { productID: 1, quantity: 5, unitPrice: '4.50' }],
  ['/inventory', { productID: 2, availableQuantity: 7 }],
  ['/inventory', { productID: 1, quantityChange: 2, reason: 'return', saleRecord: 2 }],
  ['/inventory', { productID: 1, availableQuantity: 15, note: 'two are missing' }],
  ['/sales', { productID: 1, quantity: 1 }],
  ['/inventory', { productID: 1, quantityChange: -3, reason: 'waste' }],
  ['/inventory', { productID: 3, quantityChange: 1, reason: 'receipt' }],
  ['/sales', { productID: 1, quantity: 4 }],
  ['/inventory', { productID: 1, quantityChange: 6, reason: 'adjustment' }],
];
