import { onEveryStore } from '../stores';
import { linkedPages } from './linked-pages';
import { expectFaults } from './problem-answer';
import { useService } from './service';

const SHOP = [
  { productID: 1, name: 'House Espresso Beans 1 kg', sku: 'ESP-1000', barcode: '4006381333931' },
  { productID: 2, name: 'Decaf Beans 250 g', sku: 'DEC-0250', barcode: '4006381333948' },
  { productID: 3, name: 'Espresso Cup, white', sku: 'CUP-0001', barcode: '4006381334006' },
  { productID: 10, name: 'Ökologischer Filter 100%', sku: 'FIL 0004' },
  { productID: 11, name: 'ESPRESSO machine' },
  { productID: 12, name: 'Caf\u00e9 Straße', sku: 'caf-\u00e9', barcode: '049634068141' },
];

onEveryStore((place) => {
  const service = useService(place);
  beforeEach(async () => {
    // Listed by number, not in the order in which they came.
    for (const product of SHOP.toReversed()) await service.ask.post('/products').send(product);
  });

  const numbers = (products: readonly { productID: number }[]) =>
    products.map(({ productID }) => productID);
  const found = async (query: object) => {
    const answer = await service.ask.get('/products').query(query);
    expect(answer.status).toBe(200);
    return numbers(answer.body);
  };

  test('all products are listed by productID, each as it is by itself', async () => {
    const answer = await service.ask.get('/products');
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(numbers(answer.body)).toEqual([1, 2, 3, 10, 11, 12]);
    for (const product of answer.body) {
      expect((await service.ask.get(`/products/${product.productID}`)).body).toEqual(product);
    }
  });

  test('a search finds names by all their words in any case and order, and codes by their start', async () => {
    const searches: Record<string, number[]> = {
      espresso: [1, 3, 11],
      'beans espresso': [1],
      'BEANS  house': [1],
      ' bean ': [1, 2],
      'cup, white': [3],
      'espresso tea': [],
      ökolog: [10],
      ÖKOLOG: [10],
      '100%': [10],
      'esp-': [1],
      'ESP-1000': [1],
      'esp-10000': [],
      1000: [],
      'fil 0': [10],
      '40063813339': [1, 2],
      '4006381333931': [1],
      '333931': [],
      '.*': [],
      _: [],
      'g 2': [2],
      // Without accents, case, or a view to how they are composed; a code by the rule for codes.
      okolog: [10],
      cafe: [12],
      'CAFE\u0301': [12],
      strasse: [12],
      'CAF-E': [12],
      '0049634068141': [12],
      '00049634068141': [12],
    };
    for (const [q, products] of Object.entries(searches)) {
      expect({ q, products: await found({ q }) }).toEqual({ q, products });
    }
  });

  test('a product is found by its code, by the rule for codes, in its own field alone', async () => {
    expect(await found({ sku: 'esp-1000' })).toEqual([1]);
    expect(await found({ sku: 'CAF-E\u0301' })).toEqual([12]);
    expect(await found({ sku: 'caf-e' })).toEqual([]);
    expect(await found({ sku: 'esp-100' })).toEqual([]);
    expect(await found({ barcode: '0049634068141' })).toEqual([12]);
    expect(await found({ barcode: '04006381333931' })).toEqual([1]);
    expect(await found({ sku: '4006381333931' })).toEqual([]);
    expect(await found({ sku: 'esp-1000', barcode: '4006381333931' })).toEqual([1]);
    expect(await found({ sku: 'esp-1000', barcode: '4006381333948' })).toEqual([]);
    expect(await found({ sku: 'esp-1000', q: 'beans' })).toEqual([1]);
    expect(await found({ sku: 'esp-1000', q: 'cup' })).toEqual([]);
    expect(await found({ sku: 'esp-1000', retired: 'true' })).toEqual([]);
    await service.ask.delete('/products/1');
    expect(await found({ sku: 'esp-1000' })).toEqual([]);
    expect(await found({ sku: 'esp-1000', retired: 'true' })).toEqual([1]);
  });

  test('a search finds what has changed, and by the new name alone', async () => {
    await service.ask.patch('/products/2').send({ name: 'Tea', sku: 'TEA-1' });
    expect(await found({ q: 'decaf' })).toEqual([]);
    expect(await found({ q: 'dec-' })).toEqual([]);
    expect(await found({ q: 'tea' })).toEqual([2]);
  });

  test('a search finds the retired products or the others', async () => {
    await service.ask.delete('/products/3');
    expect(await found({ q: 'espresso' })).toEqual([1, 11]);
    expect(await found({ q: 'espresso', retired: 'false' })).toEqual([1, 11]);
    expect(await found({ q: 'espresso', retired: 'true' })).toEqual([3]);
  });

  test.each([1, 2, 4, 5, 1_000])('pages of %i have every product once', async (limit) => {
    const pages = await linkedPages<{ productID: number }>(service, `/products?limit=${limit}`);
    expect(numbers(pages.flat())).toEqual([1, 2, 3, 10, 11, 12]);
    expect(pages).toHaveLength(Math.ceil(6 / limit));
  });

  test('pages keep to their search, and to products that come or go between them', async () => {
    const first = await service.ask.get('/products?q=espresso&limit=1');
    expect(numbers(first.body)).toEqual([1]);
    await service.ask.delete('/products/1');
    await service.ask.post('/products').send({ productID: 13, name: 'Espresso spoon' });
    const next = /^<([^>]+)>; rel="next"$/.exec(first.headers.link as string)?.[1] as string;
    const rest = await linkedPages<{ productID: number }>(service, next);
    expect(numbers(rest.flat())).toEqual([3, 11, 13]);
  });

  test('a faulty query is refused with every fault at once', async () => {
    expectFaults(
      await service.ask.get('/products?q=&retired=yes&limit=0&cursor=5&sort=name'),
      ...['q', 'retired', 'limit', 'cursor', 'sort'],
    );
    const faulty = { q: ['x'.repeat(201), 'a\nb', '%20'], limit: ['1001', '1.0'], cursor: ['x'] };
    for (const [field, values] of Object.entries(faulty)) {
      for (const value of values) {
        const query = value === '%20' ? `q=${value}` : new URLSearchParams({ [field]: value });
        expectFaults(await service.ask.get(`/products?${query}`), field);
      }
    }
    expectFaults(await service.ask.get('/products?q=a&q=b'), 'q');
    expectFaults(await service.ask.get('/products?sku=&barcode=a%00'), 'sku', 'barcode');
  });
});
