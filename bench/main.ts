import { benchEngine } from './engine/main.ts'
import { benchPeople } from './faces/people.ts'
import { benchFaceSizes } from './faces/sizes.ts'
import { benchFormats } from './formats.ts'
import { benchLearning } from './learning.ts'
import { benchMedia } from './media/main.ts'
import { benchSurvey } from './survey.ts'

const benches: Readonly<Record<string, (only?: string) => Promise<void>>> = {
  engine: benchEngine,
  formats: benchFormats,
  learning: benchLearning,
  media: benchMedia,
  survey: benchSurvey,
  'face-sizes': benchFaceSizes,
  people: benchPeople,
}

const [name, only] = process.argv.slice(2)
const bench = name === undefined ? undefined : benches[name]
if (bench) await bench(only)
else {
  console.error(`usage: npm run bench -- NAME [ONLY]   (NAME: ${Object.keys(benches).join(', ')})`)
  process.exitCode = 64
}
