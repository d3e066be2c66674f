import { z } from 'zod';

/** The last record that the monitor has processed; null if there is none. */
export const checkpointAnswer = z.strictObject({ record: z.int().nullable() });

export type CheckpointAnswer = z.infer<typeof checkpointAnswer>;
