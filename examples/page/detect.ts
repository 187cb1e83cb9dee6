import { detect } from '../../src/index.ts'

const output = document.querySelector('pre')!

async function judge(file: File): Promise<string> {
  const { verdict, probability, reasons } = await detect(file, {
    onProgress: (event) => {
      if (event.kind === 'clips') output.textContent = `looked at ${event.clips} of ${event.clipsPlanned} clips`
    },
  })
  return [`verdict: ${verdict} (${probability})`, ...reasons.map(({ message }) => message)].join('\n')
}

document.querySelector('input')!.onchange = async ({ target }) => {
  const file = (target as HTMLInputElement).files![0]!
  output.textContent = await judge(file).catch(({ message }) => `error: ${message}`)
}
