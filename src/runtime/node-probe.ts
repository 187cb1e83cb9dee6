import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withoutTelemetry } from './telemetry.ts'
import type { DeviceKind, DeviceListing } from './types.ts'

/** Long enough for a cold driver, short enough for one that hangs. */
const probeTimeout = 60_000 // ms

const probes = new Map<DeviceKind, Promise<DeviceListing>>()

/** Whether this machine has the device. GPU drivers are tried in a child process, since they may crash it. */
export async function probeNode(kind: DeviceKind, quick: boolean): Promise<DeviceListing> {
  if (kind === 'wasm') return { kind, available: false, reason: 'only in the browser' }
  if (kind === 'cpu') {
    const description = `${cpus()[0]?.model ?? 'unknown model'}, ${navigator.hardwareConcurrency} threads`
    return { kind, available: true, software: false, description }
  }
  if (kind === 'cuda' && !cudaInstalled()) {
    const reason = 'the engine was installed without its CUDA provider (onnxruntime-node-install=cuda12)'
    return { kind, available: false, reason }
  }
  if (quick && !hasGpu()) return { kind, available: false, reason: 'no GPU' }
  const probe = probes.get(kind) ?? inChild(kind)
  probes.set(kind, probe)
  return probe
}

/** Whether the system shows a GPU. Only Linux shows one as files; elsewhere: perhaps. */
export function hasGpu(): boolean {
  if (process.platform !== 'linux') return true
  const drawing = existsSync('/dev/dri') ? readdirSync('/dev/dri') : []
  return drawing.some((name) => name.startsWith('renderD')) || ['/dev/nvidiactl', '/dev/dxg'].some(existsSync)
}

function cudaInstalled(): boolean {
  const library = process.platform === 'win32' ? 'onnxruntime_providers_cuda.dll' : 'libonnxruntime_providers_cuda.so'
  const engine = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
  return existsSync(join(engine, 'bin/napi-v6', process.platform, process.arch, library))
}

function inChild(kind: DeviceKind): Promise<DeviceListing> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const script = new URL(`./node-probe-child.${extension}`, import.meta.url)
  return new Promise((resolve) => {
    const missing = (reason: string) => resolve({ kind, available: false, reason })
    const options = { timeout: probeTimeout, env: { ...process.env, ...withoutTelemetry } }
    execFile(process.execPath, [fileURLToPath(script), kind], options, (error, said) => {
      const answer = said.split('\n').find((line) => line.startsWith('{'))
      if (answer) resolve(JSON.parse(answer))
      else if (error?.killed) missing(`its driver did not answer within ${probeTimeout / 1000} s`)
      else missing(`its driver crashed while starting (${error?.signal ?? `status ${error?.code}`})`)
    })
  })
}
