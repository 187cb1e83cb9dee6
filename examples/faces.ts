import { openFaceDetector, openVideo } from '../src/index.ts'

await using video = await openVideo(process.argv[2] ?? 'video.mp4')
await using detector = await openFaceDetector()
for await (const frame of video.frames({ rate: 5 })) {
  for (const { box, keypoints, score } of await detector.detect(frame)) {
    console.log(`${frame.seconds} s: face at`, box, 'nose at', keypoints.nose, 'score', score)
  }
}
for (const { message } of video.report.warnings) console.warn(message)
