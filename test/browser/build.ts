import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** Built files by their path, e.g. "index.html". */
export type Files = ReadonlyMap<string, string | Uint8Array>

const built = new Map<string, Promise<Files>>()

/**
 * Builds a page as an application would, once per process and in memory.
 * @param root folder with an index.html
 */
export function buildPage(root: URL): Promise<Files> {
  const files = built.get(root.href) ?? run(fileURLToPath(root))
  built.set(root.href, files)
  return files
}

async function run(root: string): Promise<Files> {
  const result = await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    // The engine is loaded by dynamic import, which only module workers can do.
    worker: { format: 'es' },
    build: { write: false, target: 'esnext', minify: false, chunkSizeWarningLimit: 100_000 },
  })
  const outputs = [result].flat().flatMap((part) => ('output' in part ? part.output : []))
  return new Map(outputs.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]))
}
