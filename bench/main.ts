/** Loaded only when asked for: one measures memory, another loads a browser's whole tool chain. */
const benches: Readonly<Record<string, () => Promise<(only?: string) => Promise<void>>>> = {
  detect: async () => (await import('./detect/main.ts')).benchDetect,
  engine: async () => (await import('./engine/main.ts')).benchEngine,
  'face-sizes': async () => (await import('./faces/sizes.ts')).benchFaceSizes,
  forge: async () => (await import('./forge/speed.ts')).benchForge,
  'forge-cues': async () => (await import('./forge/cues.ts')).benchForgeCues,
  formats: async () => (await import('./formats.ts')).benchFormats,
  generators: async () => (await import('./forge/generators.ts')).benchGenerators,
  intervals: async () => (await import('./intervals.ts')).benchIntervals,
  landmarks: async () => (await import('./faces/landmarks.ts')).benchLandmarks,
  learning: async () => (await import('./learning.ts')).benchLearning,
  media: async () => (await import('./media/main.ts')).benchMedia,
  people: async () => (await import('./faces/people.ts')).benchPeople,
  survey: async () => (await import('./survey.ts')).benchSurvey,
  targets: async () => (await import('./targets/main.ts')).benchTargets,
  train: async () => (await import('./train/main.ts')).benchTrain,
}

const [name, only] = process.argv.slice(2)
const load = name === undefined ? undefined : benches[name]
if (load) await (await load())(only)
else {
  console.error(`usage: npm run bench -- NAME [ONLY]   (NAME: ${Object.keys(benches).join(', ')})`)
  process.exitCode = 64
}
