"""The same work in PyTorch, for comparison: reads lines "run", answers each with milliseconds; at the end, peak bytes.

Usage: peer.py SUBJECT   (see subjects.ts for what a subject is)
"""
import resource
import sys
import time

import torch
import torch.nn.functional as F
import torchvision
from torch import nn


class Attention(nn.Module):
    """Spatio-temporal attention: N maps of a snippet's features, and the vectors that they pool."""

    def __init__(self, channels, width, regions, extract, project):
        super().__init__()
        self.extract = nn.Conv3d(channels, width, (extract[0], 3, 3), (extract[1], 1, 1), (extract[2], 1, 1))
        self.bn1 = nn.BatchNorm3d(width)
        self.project = nn.Conv3d(width, regions, (project[0], 1, 1), (project[1], 1, 1), bias=False)
        self.bn2 = nn.BatchNorm3d(regions)

    def forward(self, features):
        x = F.relu(self.bn1(self.extract(features)))
        maps = F.gelu(self.bn2(self.project(x)).mean(2))
        vectors = F.normalize(torch.einsum("bnhw,bclhw->bnc", maps, features), dim=2)
        return maps, vectors


class Recurrent(nn.Module):
    """One layer of a graph-convolutional GRU."""

    def __init__(self, channels, width):
        super().__init__()
        self.width = width
        self.gates = nn.Linear(channels + width, 2 * width)
        self.candidate = nn.Linear(channels + width, width, bias=False)

    def forward(self, x, hidden, relations):
        r, u = torch.sigmoid(self.gates(relations @ torch.cat([x, hidden], 2))).split(self.width, 2)
        c = torch.tanh(self.candidate(relations @ torch.cat([x, r * hidden], 2)))
        return u * hidden + (1 - u) * c


class Detector(nn.Module):
    def __init__(self, lite):
        super().__init__()
        self.lite = lite
        self.frames, width = (4, 64) if lite else (20, 128)
        if lite:
            # as the preset: blocks up to the thirteenth, batch normalisation folded away
            self.backbone = torchvision.models.mobilenet_v2().features[:14]
            fold(self.backbone)
            self.attention = Attention(96, 64, 12, (3, 1, 1), (2, 2))
        else:
            whole = torchvision.models.video.mc3_18()
            self.backbone = nn.Sequential(whole.stem, whole.layer1, whole.layer2, whole.layer3, whole.layer4)
            self.attention = Attention(512, 512, 12, (7, 3, 1), (3, 2))
        self.edges = nn.Parameter(torch.rand(12, 12))
        self.first = Recurrent(96 if lite else 512, width)
        self.second = Recurrent(width, width)
        self.bn = nn.BatchNorm1d(12 * width)
        self.fc = nn.Linear(12 * width, 2)

    def snippets(self, clip):
        parts = clip.split(self.frames, 2)
        if not self.lite:
            return [self.attention(self.backbone(part)) for part in parts]
        batch, size = clip.shape[0], clip.shape[3]
        x = torch.stack(parts).transpose(2, 3).reshape(-1, 3, size, size)
        x = self.backbone(x)
        features = x.reshape(-1, self.frames, *x.shape[1:]).transpose(1, 2)
        maps, vectors = self.attention(features)
        return list(zip(maps.split(batch), vectors.split(batch)))

    def forward(self, clip):
        regions = self.snippets(clip)
        edges = self.edges
        if self.training:
            threshold = edges.min() + 0.5 * (edges.max() - edges.min())
            edges = edges * (edges > threshold)
        with_self = edges + torch.eye(12)
        scale = with_self.sum(1).rsqrt().diag()
        relations = (with_self @ scale).t() @ scale
        h1 = h2 = torch.zeros(clip.shape[0], 12, self.first.width)
        for _, vectors in regions:
            h1 = self.first(vectors, h1, relations)
            h2 = self.second(h1, h2, relations)
        return self.fc(F.relu(self.bn(h2.flatten(1)))), [v for _, v in regions]

    def loss(self, clip, labels):
        logits, vectors = self(clip)
        eye = torch.eye(12)
        diversity = sum((v @ v.transpose(1, 2) - eye).norm(dim=(1, 2)).mean() for v in vectors) / len(vectors)
        pairs = list(zip(vectors, vectors[1:]))
        consistency = sum((a - b).norm(dim=2).mean() for a, b in pairs) / len(pairs)
        decay = sum(p.square().sum() for m in (self.first, self.second) for p in m.parameters()) / 2
        return F.cross_entropy(logits, labels) + 0.75 * (diversity + consistency) + 1.5e-3 * decay


def fold(module):
    """Replaces batch normalisation by a bias, as in the weights that the lite preset starts from."""
    for name, child in module.named_children():
        if isinstance(child, nn.BatchNorm2d):
            setattr(module, name, nn.Identity())
        elif isinstance(child, nn.Conv2d):
            child.bias = nn.Parameter(torch.zeros(child.out_channels))
        else:
            fold(child)


def prepare(network, task, batch):
    if network == "mc3":
        model = torchvision.models.video.mc3_18()
        clip, loss = torch.randn(batch, 3, 20, 112, 112), lambda c, y: F.cross_entropy(model(c), y)
    else:
        lite = network == "mrl-lite"
        model = Detector(lite)
        size, frames = (128, 20) if lite else (112, 100)
        clip, loss = torch.randn(batch, 3, frames, size, size), model.loss
    labels = torch.arange(batch) % 2
    if task == "forward":
        model.eval()

        def forward():
            with torch.no_grad():
                model(clip)

        return forward
    optimiser = torch.optim.AdamW(model.parameters(), 1e-4)

    def step():
        optimiser.zero_grad()
        loss(clip, labels).backward()
        optimiser.step()

    return step


def main():
    network, task, batch, threads = sys.argv[1:5]
    torch.set_num_threads(int(threads))
    run = prepare(network, task, int(batch))
    print("ready", torch.__version__, torchvision.__version__, flush=True)
    for _ in sys.stdin:
        started = time.perf_counter()
        run()
        print((time.perf_counter() - started) * 1000, flush=True)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, flush=True)


if __name__ == "__main__":
    main()
