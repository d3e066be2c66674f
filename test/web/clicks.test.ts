import { type Click, Clicks, type ControlBox } from '../../app/web/ui/clicks';

/** Two buttons, one below the other. */
const UPPER = {};
const LOWER = {};
const STANDING = new Map<object, ControlBox>([
  [UPPER, { left: 0, top: 0, right: 60, bottom: 30 }],
  [LOWER, { left: 0, top: 30, right: 60, bottom: 60 }],
]);

const click = (timeStamp: number, control: object | undefined, y = 20): Click => ({
  x: 30,
  y,
  timeStamp,
  control,
});

function strays(...clicks: readonly Click[]): boolean[] {
  const taken = new Clicks();
  return clicks.map((each) => taken.isStray(each, () => STANDING));
}

describe('a click is stray', () => {
  test.each([120, 300, 450, 650])(
    'on a button that slid under the pointer %i ms before',
    (gapMs) => {
      expect(strays(click(0, UPPER), click(gapMs, LOWER))).toEqual([false, true]);
    },
  );

  test('on a button that was not there', () => {
    expect(strays(click(0, UPPER), click(300, {}))).toEqual([false, true]);
    expect(strays(click(0, undefined), click(300, {}, 25))).toEqual([false, true]);
  });

  test('as the third of three, although the button was there at the second', () => {
    const clicks = [click(0, UPPER), click(500, LOWER), click(1_000, LOWER)];
    expect(strays(...clicks)).toEqual([false, true, true]);
  });
});

describe('a click is meant', () => {
  test('after a key, though on a button that was not there', () => {
    const taken = new Clicks();
    expect(taken.isStray(click(0, UPPER), () => STANDING)).toBe(false);
    taken.forget();
    expect(taken.isStray(click(300, {}), () => STANDING)).toBe(false);
  });

  test('on the same button, on its neighbour, and on no button', () => {
    expect(strays(click(0, UPPER), click(200, UPPER))).toEqual([false, false]);
    expect(strays(click(0, UPPER), click(200, LOWER, 40))).toEqual([false, false]);
    expect(strays(click(0, UPPER), click(200, undefined))).toEqual([false, false]);
  });

  test('after a while, and in another place', () => {
    expect(strays(click(0, UPPER), click(700, LOWER))).toEqual([false, false]);
    expect(strays(click(0, UPPER), click(200, {}, 90))).toEqual([false, false]);
  });
});
