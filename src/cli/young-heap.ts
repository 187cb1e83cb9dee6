import { setFlagsFromString } from 'node:v8'

// Pictures lie outside of the heap, and go when what held them is collected. A young generation that does not grow is
// collected more often: a fifth less memory for an hour of video, in the same time. Imported first, before it grows.
setFlagsFromString('--semi-space-growth-factor=1')
