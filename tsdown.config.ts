import { defineConfig, type UserConfig } from 'tsdown'

/**
 * The package holds the library twice, for Node and for browsers; what differs is behind `#runtime-platform`. Files stay
 * apart as in src/, because workers are found by the names of their files.
 */
const world = (name: 'node' | 'browser', entry: string[]): UserConfig => ({
  entry,
  outDir: `dist/${name}`,
  platform: name,
  unbundle: true,
  dts: true,
  fixedExtension: false,
  alias: {
    '#shipped-files': new URL(`./src/shipped/${name}.ts`, import.meta.url).pathname,
    '#runtime-platform': new URL(`./src/runtime/${name}.ts`, import.meta.url).pathname,
    '#video-platform': new URL(`./src/video/${name}/platform.ts`, import.meta.url).pathname,
  },
  plugins: [
    {
      // Built files lie one folder deeper than their sources.
      name: 'shipped-files',
      transform: (code: string) => code.replaceAll("new URL('../../models/", "new URL('../../../models/"),
    },
    {
      name: 'worker-files',
      transform: (code: string) => code.replaceAll(/(new URL\('\.\/(browser|decoder)-worker)\.ts'/g, "$1.js'"),
    },
  ],
})

export default defineConfig([
  world('node', [
    'src/index.ts',
    'src/node.ts',
    'src/cli/main.ts',
    'src/runtime/node-worker.ts',
    'src/runtime/node-probe-child.ts',
    'src/video/node/decoder-child.ts',
    'src/dataset/cache/crop-child.ts',
    'src/train/loader/worker.ts',
  ]),
  world('browser', ['src/index.ts', 'src/runtime/browser-worker.ts', 'src/video/browser/decoder-worker.ts']),
])
