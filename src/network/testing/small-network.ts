import type { NetworkConfigInput } from '../config.ts'

/** The whole method on a scale for tests: a clip takes some milliseconds. */
export const smallNetwork = {
  input: { snippets: 2, frames: 4, size: 64 },
  backbone: { kind: 'mobilenet-v2', blocks: 3 },
  attention: {
    regions: 3,
    width: 8,
    extract: { kernel: 3, stride: 1, padding: 1 },
    project: { kernel: 2, stride: 2, padding: 0 },
  },
  relation: { width: 8 },
} as const satisfies Partial<NetworkConfigInput>
