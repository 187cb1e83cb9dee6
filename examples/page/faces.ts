import { openFaceDetector, openVideo } from '../../src/index.ts'

const output = document.querySelector('pre')!
document.querySelector('input')!.onchange = async ({ target }) => {
  await using video = await openVideo((target as HTMLInputElement).files![0]!)
  await using detector = await openFaceDetector()
  for await (const frame of video.frames({ rate: 5 })) {
    for (const { box, score } of await detector.detect(frame)) {
      output.append(`${frame.seconds} s: face at ${JSON.stringify(box)}, score ${score}\n`)
    }
  }
  output.append('done\n')
}
