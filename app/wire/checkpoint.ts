import { z } from 'zod';

/** The monitor's checkpoint: the last record that it has handled; null if it never saved one. */
export const checkpointAnswer = z.strictObject({ record: z.int().nullable() });

export type CheckpointAnswer = z.infer<typeof checkpointAnswer>;
