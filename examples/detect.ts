import { detect } from '../src/index.ts'

const { verdict, probability, reasons, faces } = await detect(process.argv[2] ?? 'video.mp4')
console.log(verdict, probability)
for (const { message } of reasons) console.log('-', message)
for (const { track, startSeconds, endSeconds, clips } of faces) {
  const scores = clips.map(({ probability }) => probability.toFixed(2))
  console.log(`face ${track}, ${startSeconds} to ${endSeconds} s, clip by clip: ${scores.join(' ')}`)
}
