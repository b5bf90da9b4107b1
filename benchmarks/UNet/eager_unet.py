"""The small U-Net of SmallUNet.cs in eager PyTorch, driven over standard input: one command a line, one JSON answer a line."""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

from weights import load_safetensors

EMBEDDING = 128


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.norm1 = nn.GroupNorm(8, inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.affine = nn.Linear(EMBEDDING, outputs)
        self.norm2 = nn.GroupNorm(8, outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.skip = None if inputs == outputs else nn.Conv2d(inputs, outputs, 1)

    def forward(self, x, level):
        h = self.conv1(F.silu(self.norm1(x)))
        h = h + self.affine(level)[:, :, None, None]
        h = self.conv2(F.silu(self.norm2(h)))
        return h + (x if self.skip is None else self.skip(x))


class SmallUNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Sequential(nn.Linear(32, EMBEDDING), nn.SiLU(), nn.Linear(EMBEDDING, EMBEDDING))
        self.first = nn.Conv2d(1, 32, 3, padding=1)
        self.down1 = ResidualBlock(32, 32)
        self.shrink1 = nn.Conv2d(32, 32, 3, stride=2, padding=1)
        self.down2 = ResidualBlock(32, 64)
        self.shrink2 = nn.Conv2d(64, 64, 3, stride=2, padding=1)
        self.down3 = ResidualBlock(64, 64)
        self.middle = ResidualBlock(64, 64)
        self.up3 = ResidualBlock(128, 64)
        self.up2 = ResidualBlock(128, 32)
        self.up1 = ResidualBlock(64, 32)
        self.norm = nn.GroupNorm(8, 32)
        self.last = nn.Conv2d(32, 1, 3, padding=1)
        self.register_buffer("frequencies", torch.logspace(0, 2, 16))

    def forward(self, x, level):
        angles = level[:, None] * self.frequencies
        level = F.silu(self.embed(torch.cat([angles.sin(), angles.cos()], 1)))
        x1 = self.down1(self.first(x), level)
        x2 = self.down2(self.shrink1(x1), level)
        x3 = self.down3(self.shrink2(x2), level)
        h = self.middle(x3, level)
        h = self.up3(torch.cat([h, x3], 1), level)
        h = self.up2(torch.cat([F.interpolate(h, scale_factor=2), x2], 1), level)
        h = self.up1(torch.cat([F.interpolate(h, scale_factor=2), x1], 1), level)
        return self.last(F.silu(self.norm(h)))


class Session:
    def __init__(self, threads, path):
        torch.set_num_threads(threads)
        tensors = load_safetensors(path)
        self.x, self.level, self.expected = (tensors.pop(k) for k in ("input.x", "input.level", "output"))
        self.net = SmallUNet()
        self.net.load_state_dict({k: v.clone() for k, v in tensors.items()})
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=1e-4, foreach=True)

    def check(self):
        with torch.no_grad():
            error = (self.net(self.x, self.level) - self.expected).abs().max().item()
        return {"parameters": sum(p.numel() for p in self.net.parameters()), "error": error, "torch": torch.__version__}

    def forward(self):
        with torch.no_grad():
            self.net(self.x, self.level)

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        F.mse_loss(self.net(self.x, self.level), self.x).backward()
        self.optimizer.step()

    def measure(self, what, times):
        call, seconds = getattr(self, what), []
        for _ in range(times):
            start = time.perf_counter()
            call()
            seconds.append(time.perf_counter() - start)
        return seconds


def main():
    session = Session(int(sys.argv[1]), sys.argv[2])
    print(json.dumps(session.check()), flush=True)
    for line in sys.stdin:
        what, times = line.split()
        print(json.dumps(session.measure(what, int(times))), flush=True)


main()
