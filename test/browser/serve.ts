import { createServer, type Server } from 'node:http'
import { extname } from 'node:path'
import type { Files } from './build.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.css': 'text/css',
  '.json': 'application/json',
}

/**
 * Serves files on 127.0.0.1, on a port that is free.
 * @param isolated send the COOP and COEP headers, without which a page gets no threads
 */
export async function serveFiles(files: Files, isolated: boolean): Promise<Server> {
  const isolation = isolated
    ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
    : {}
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = pathname === '/' ? 'index.html' : decodeURIComponent(pathname).slice(1)
    const content = files.get(path)
    if (content === undefined) response.writeHead(404).end()
    else {
      const type = types[extname(path)] ?? 'application/octet-stream'
      response.writeHead(200, { 'Content-Type': type, ...isolation }).end(content)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
