"""The Inception-v3 of FID in eager PyTorch, driven over standard input: one command a line, one JSON answer a line."""

import json
import sys
import time
from pathlib import Path

import torch
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "UNet"))
from weights import load_safetensors  # noqa: E402


class Inception:
    def __init__(self, tensors):
        self.tensors = tensors

    def conv(self, x, name, stride=1, padding=0):
        t = self.tensors
        x = F.conv2d(x, t[name + ".conv.weight"], stride=stride, padding=padding)
        norm = [t[f"{name}.bn.{k}"] for k in ("running_mean", "running_var", "weight", "bias")]
        return F.relu(F.batch_norm(x, *norm, training=False, eps=1e-3), inplace=True)

    def chain(self, x, block, *layers):
        for name, *options in layers:
            x = self.conv(x, f"{block}.{name}", *options)
        return x

    @staticmethod
    def mean(x):
        return F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)

    def a(self, x, n):
        return torch.cat([
            self.chain(x, n, ("branch1x1",)),
            self.chain(x, n, ("branch5x5_1",), ("branch5x5_2", 1, 2)),
            self.chain(x, n, ("branch3x3dbl_1",), ("branch3x3dbl_2", 1, 1), ("branch3x3dbl_3", 1, 1)),
            self.chain(self.mean(x), n, ("branch_pool",))], 1)

    def b(self, x, n):
        return torch.cat([
            self.chain(x, n, ("branch3x3", 2)),
            self.chain(x, n, ("branch3x3dbl_1",), ("branch3x3dbl_2", 1, 1), ("branch3x3dbl_3", 2)),
            F.max_pool2d(x, 3, 2)], 1)

    def c(self, x, n):
        row, column = (0, 3), (3, 0)
        return torch.cat([
            self.chain(x, n, ("branch1x1",)),
            self.chain(x, n, ("branch7x7_1",), ("branch7x7_2", 1, row), ("branch7x7_3", 1, column)),
            self.chain(x, n, ("branch7x7dbl_1",), ("branch7x7dbl_2", 1, column), ("branch7x7dbl_3", 1, row),
                       ("branch7x7dbl_4", 1, column), ("branch7x7dbl_5", 1, row)),
            self.chain(self.mean(x), n, ("branch_pool",))], 1)

    def d(self, x, n):
        return torch.cat([
            self.chain(x, n, ("branch3x3_1",), ("branch3x3_2", 2)),
            self.chain(x, n, ("branch7x7x3_1",), ("branch7x7x3_2", 1, (0, 3)), ("branch7x7x3_3", 1, (3, 0)), ("branch7x7x3_4", 2)),
            F.max_pool2d(x, 3, 2)], 1)

    def e(self, x, n, pooled):
        y = self.chain(x, n, ("branch3x3_1",))
        z = self.chain(x, n, ("branch3x3dbl_1",), ("branch3x3dbl_2", 1, 1))
        return torch.cat([
            self.chain(x, n, ("branch1x1",)),
            self.conv(y, n + ".branch3x3_2a", 1, (0, 1)), self.conv(y, n + ".branch3x3_2b", 1, (1, 0)),
            self.conv(z, n + ".branch3x3dbl_3a", 1, (0, 1)), self.conv(z, n + ".branch3x3dbl_3b", 1, (1, 0)),
            self.chain(pooled, n, ("branch_pool",))], 1)

    def __call__(self, x):
        x = self.conv(x, "Conv2d_1a_3x3", 2)
        x = self.conv(self.conv(x, "Conv2d_2a_3x3"), "Conv2d_2b_3x3", 1, 1)
        x = self.conv(self.conv(F.max_pool2d(x, 3, 2), "Conv2d_3b_1x1"), "Conv2d_4a_3x3")
        x = F.max_pool2d(x, 3, 2)
        for name in ("Mixed_5b", "Mixed_5c", "Mixed_5d"):
            x = self.a(x, name)
        x = self.b(x, "Mixed_6a")
        for name in ("Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e"):
            x = self.c(x, name)
        x = self.d(x, "Mixed_7a")
        x = self.e(x, "Mixed_7b", self.mean(x))
        return self.e(x, "Mixed_7c", F.max_pool2d(x, 3, 1, 1)).mean((2, 3))


class Session:
    def __init__(self, threads, path):
        torch.set_num_threads(threads)
        tensors = {k: v.clone().contiguous() for k, v in load_safetensors(path).items()}
        self.x, self.expected = tensors.pop("input"), tensors.pop("output")
        self.net = Inception(tensors)
        last = {"memory_format": torch.channels_last}
        self.x_last = self.x.contiguous(**last)
        self.net_last = Inception({k: v.contiguous(**last) if v.dim() == 4 else v for k, v in tensors.items()})

    def check(self):
        with torch.no_grad():
            error = ((self.net(self.x) - self.expected).abs().max() / self.expected.abs().max()).item()
        return {"parameters": sum(t.numel() for t in self.net.tensors.values()), "error": error, "torch": torch.__version__}

    def forward(self):
        with torch.no_grad():
            self.net(self.x)

    def channels_last(self):
        with torch.no_grad():
            self.net_last(self.x_last)

    def measure(self, what, times):
        call, seconds = getattr(self, what), []
        clock = time.process_time if torch.get_num_threads() == 1 else time.perf_counter
        for _ in range(times):
            start = clock()
            call()
            seconds.append(clock() - start)
        return seconds


def main():
    session = Session(int(sys.argv[1]), sys.argv[2])
    print(json.dumps(session.check()), flush=True)
    for line in sys.stdin:
        what, times = line.split()
        print(json.dumps(session.measure(what, int(times))), flush=True)


main()
