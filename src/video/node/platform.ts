import type { VideoPlatform } from '../platform.ts'

export const platform: VideoPlatform = {
  open: () => Promise.reject(new Error('not here yet')),
}
