import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const built = new Map<string, Promise<string>>()

/**
 * Builds a page as an application would, once per process.
 * @param root folder with an index.html
 * @returns the folder of the built files, which is deleted when the process ends
 */
export function buildPage(root: URL): Promise<string> {
  const folder = built.get(root.href) ?? run(fileURLToPath(root))
  built.set(root.href, folder)
  return folder
}

async function run(root: string): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'unmask-page-'))
  process.once('exit', () => rmSync(outDir, { recursive: true, force: true }))
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    // The engine is loaded by dynamic import, which only module workers can do.
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'esnext', minify: false, chunkSizeWarningLimit: 100_000 },
  })
  return outDir
}
