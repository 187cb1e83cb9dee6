import { z } from 'zod'

/** Bounds that keep a hostile or broken file from taking the machine; see docs/media.md. */
const limits = z.strictObject({
  /** Pixels of one frame. */
  pixels: z
    .int()
    .positive()
    .default(8192 * 8192),
  /** Resident memory of the decoding process, MiB. Only with `isolated`, in Node. */
  memory: z.int().positive().default(2048),
  /** Seconds within which the next frame must come. */
  stallSeconds: z.number().positive().default(30),
  /** Frames of one iteration, after which it ends with the warning `limit-reached`. */
  frames: z.int().positive().default(10_000_000),
  /** Bytes kept of a stream, which cannot be read twice. */
  streamBytes: z
    .int()
    .positive()
    .default(4 * 2 ** 30),
})

export const openOptions = z.strictObject({
  limits: limits.prefault({}),
  /** Decode in a process of its own, in a browser in a worker, which the limits end. */
  isolated: z.boolean().default(true),
  /** Decoding threads; default: as many as there are cores, at most 4. Node only. */
  threads: z.int().min(1).max(64).optional(),
  /** Pictures a second for a folder or glob of stills. */
  stillsRate: z.number().positive().default(25),
})

export type OpenOptions = z.input<typeof openOptions>
export type ResolvedOptions = z.output<typeof openOptions>
export type Limits = ResolvedOptions['limits']
