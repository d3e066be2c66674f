import { useRef } from 'react';
import type { Shop } from '../../client/shop';
import { usePage } from '../page';
import { judgeByHistory } from './check-quantity';
import type { Typed } from './judge-quantity';
import type { Judgement } from './typed-quantity';

/** Judges the latest quantity by the product's history. A judgement that comes after the next typed character is void. */
export function useJudgement() {
  const page = usePage();
  /** Counts what was typed or chosen. */
  const looks = useRef(0);
  return {
    /** Makes a judgement void that is still awaited. */
    drop: () => {
      looks.current += 1;
    },
    /** @returns undefined if the judgement is void */
    judgeLatest: async (shop: Shop, typed: Typed): Promise<Judgement | undefined> => {
      looks.current += 1;
      const look = looks.current;
      const judgement = await judgeByHistory(page, shop, typed);
      return look === looks.current ? judgement : undefined;
    },
  };
}
