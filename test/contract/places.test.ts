import { Memory } from '../../app/ledger/memory';
import { PLACES } from '../../app/ledger/place';
import { onEveryStore } from '../stores';
import { append, turnEntries } from './turn-entries';

onEveryStore((place) => {
  test('places are appended, found by their mark, and folded into memory', async () => {
    const store = place().open();
    const recordedAt = new Date('2026-11-23T10:20:30.456Z');
    const places = ['Shop', 'Yard', 'Store'].map((name, index) => ({
      ...{ change: index + 1, placeID: (index % 2) + 1, name, recordedAt, turnMark: 7 },
    }));
    await append(store, turnEntries([], { places }));
    const turn = await store.takeTurn();
    expect(await turn.holds(turnEntries([], { places }))).toBe(true);
    expect(await turn.holds(turnEntries([], { places, turnMark: 8 }))).toBe(false);
    await turn.abandon();
    const memory = new Memory(PLACES, () => {});
    const known = await memory.advance(store.places);
    expect(known.get(1)).toEqual(places[2]);
    expect(known.get(2)).toEqual(places[1]);
    await append(store, turnEntries([], { places: [{ ...places[0], change: 4 } as never] }));
    expect((await memory.advance(store.places)).get(1)?.name).toBe('Shop');
    await store.close();
  });
});
