import { type Click, Clicks, type Standing } from '../../app/web/ui/clicks';

/** Two buttons, one below the other. */
const UPPER = {};
const LOWER = {};
const TEXT = {};
const TOPS = new Map<object, number>([
  [UPPER, 0],
  [LOWER, 30],
]);

const STANDING: Standing = ({ control = TEXT, y }) => {
  const top = TOPS.get(control);
  return top !== undefined && top <= y && y <= top + 30;
};

const click = (timeStamp: number, control: object | undefined, y = 20): Click => ({
  ...{ x: 30, y, timeStamp, control },
  target: control ?? TEXT,
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

describe('a press of the pointer after a click', () => {
  const isStray = (before: Click, press: Click) => {
    const clicks = new Clicks();
    clicks.isStray(before, () => STANDING);
    return clicks.isStrayPress(press);
  };

  test('is stray on what has come under the pointer, a control or not', () => {
    expect(isStray(click(0, UPPER), click(120, LOWER))).toBe(true);
    expect(isStray(click(0, UPPER), click(120, {}))).toBe(true);
    expect(isStray(click(0, UPPER), click(120, undefined))).toBe(true);
  });

  test('is meant on the same text, on what stood there, after a while, and as the first', () => {
    expect(isStray(click(0, undefined), click(120, undefined))).toBe(false);
    expect(isStray(click(0, UPPER), click(120, LOWER, 40))).toBe(false);
    expect(isStray(click(0, UPPER), click(700, {}))).toBe(false);
    expect(new Clicks().isStrayPress(click(0, {}))).toBe(false);
  });

  test('does not make the click after it the first of two', () => {
    const clicks = new Clicks();
    clicks.isStray(click(0, UPPER), () => STANDING);
    clicks.isStrayPress(click(120, LOWER));
    expect(clicks.isStray(click(180, LOWER), () => STANDING)).toBe(true);
  });
});
