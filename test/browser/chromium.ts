import { existsSync } from 'node:fs'
import { env } from 'node:process'
import { type Browser, chromium } from 'playwright-core'

const path = env.CHROMIUM ?? '/usr/bin/chromium'

/** Why there is no browser to test with; undefined when there is one. */
export const chromiumMissing: string | undefined = existsSync(path)
  ? undefined
  : `no Chromium at ${path} (set CHROMIUM to its path)`

/** Starts Chromium without a window. @param webgpu offer its software WebGPU adapter instead of none */
export function startChromium(webgpu: boolean): Promise<Browser> {
  const graphics = webgpu
    ? ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan']
    : ['--disable-gpu']
  const quiet = ['--no-sandbox', '--disable-background-networking', '--disable-quic', '--no-first-run']
  return chromium.launch({ executablePath: path, args: [...quiet, ...graphics] })
}
