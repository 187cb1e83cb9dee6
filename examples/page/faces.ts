import { openFaceDetector, openVideo } from '../../src/index.ts'

const output = document.querySelector('pre')!

async function printFaces(file: File): Promise<void> {
  await using video = await openVideo(file)
  await using detector = await openFaceDetector()
  for await (const frame of video.frames({ rate: 5 })) {
    for (const { box, score } of await detector.detect(frame)) {
      output.append(`${frame.seconds} s: face at ${JSON.stringify(box)}, score ${score}\n`)
    }
  }
}

document.querySelector('input')!.onchange = async ({ target }) => {
  await printFaces((target as HTMLInputElement).files![0]!).catch(({ message }) => output.append(message))
  output.append('done\n')
}
