import { z } from 'zod';

/** How far the monitor has seen to the records: the last one; null where it never said. */
export const checkpointAnswer = z.strictObject({ record: z.int().nullable() });

export type CheckpointAnswer = z.infer<typeof checkpointAnswer>;
