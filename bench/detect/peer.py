"""The paper's network in PyTorch on clips that were cut out for it: reads lines "run", answers each with milliseconds; at
the end, peak bytes.

Usage: peer.py CROPS CLIPS THREADS   (CROPS: bytes [clips, 100, 112, 112, 3])
"""
import pathlib
import resource
import sys
import time

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "engine"))
from peer import Detector  # noqa: E402

frames, size = 100, 112
# of torchvision's video models
mean = torch.tensor([0.43216, 0.394666, 0.37645])
deviation = torch.tensor([0.22803, 0.22145, 0.216989])


def main():
    crops, clips, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(threads)
    model = Detector(False).eval()
    print("ready", torch.__version__, flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        data = np.fromfile(crops, np.uint8).reshape(clips, frames, size, size, 3)
        with torch.no_grad():
            for clip in torch.from_numpy(data):
                pixels = ((clip / 255 - mean) / deviation).permute(3, 0, 1, 2)
                model(pixels[None])[0].softmax(1).tolist()
        print((time.perf_counter() - started) * 1000, flush=True)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, flush=True)


main()
