/** The most units that can be available, sold or moved at once: what a signed 32-bit integer holds. */
export const QUANTITY_MAX = 2_147_483_647;
