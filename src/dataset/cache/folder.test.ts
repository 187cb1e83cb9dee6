import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultCacheFolder } from './folder.ts'

test.each([
  [{ XDG_CACHE_HOME: '/caches' }, '/caches/unmask'],
  [{ XDG_CACHE_HOME: 'relative' }, join(homedir(), '.cache/unmask')],
  [{ XDG_CACHE_HOME: '' }, join(homedir(), '.cache/unmask')],
  [{}, join(homedir(), '.cache/unmask')],
])('%j', (environment, folder) => {
  expect(defaultCacheFolder(environment)).toBe(folder)
})
