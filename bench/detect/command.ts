import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Detection } from '../../src/detect/result.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `unmask detect` as npm installs it, built from what is here now: Node would strip the types of sources at each start. */
export class DetectCommand {
  readonly #options: readonly string[]

  private constructor(model: string | undefined) {
    this.#options = model === undefined ? [] : ['--model', model]
  }

  static async build(model: string | undefined): Promise<DetectCommand> {
    process.stderr.write('building the package\n')
    await ended(spawn('npm', ['run', 'build'], { cwd: root, stdio: 'ignore' }))
    return new DetectCommand(model)
  }

  /** @param watch is told the process while it runs */
  async run(video: string, watch?: (pid: number) => void): Promise<Detection> {
    const main = `${root}/dist/node/cli/main.js`
    const child = spawn(process.execPath, [main, 'detect', video, '--json', ...this.#options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    watch?.(child.pid!)
    let json = ''
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      json += piece
    })
    await ended(child)
    return JSON.parse(json)
  }
}

async function ended(child: ReturnType<typeof spawn>): Promise<void> {
  const status = await new Promise((resolve) => child.on('close', resolve))
  if (status !== 0) throw new Error(`${child.spawnargs.join(' ')} ended with ${status}`)
}
