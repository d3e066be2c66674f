/** The most that can be available: what a signed 32-bit integer holds. */
export const QUANTITY_MAX = 2_147_483_647;
