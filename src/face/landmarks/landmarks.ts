/**
 * The 468 points of MediaPipe's face mesh in a picture: x0, y0, x1, y1, ... in its pixels, where (0, 0) is the top left
 * corner of the top left pixel. Length 936. Which point is where: `regions.ts`.
 */
export type Landmarks = Float32Array<ArrayBuffer>
