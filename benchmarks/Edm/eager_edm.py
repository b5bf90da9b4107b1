"""NVlabs/edm's SongUNet in eager PyTorch, driven over standard input: one command a line, one JSON answer a line."""

import json
import sys
import time
from pathlib import Path

import torch
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "UNet"))
sys.path.insert(0, sys.argv[3])
from weights import load_safetensors  # noqa: E402
from training.networks import SongUNet  # noqa: E402


def memory(field):
    with open("/proc/self/status") as f:
        return next(1024 * int(line.split()[1]) for line in f if line.startswith(field))


class Session:
    def __init__(self, threads, path):
        torch.set_num_threads(threads)
        tensors = load_safetensors(path)
        self.x, self.level, self.expected = (tensors.pop(k).clone() for k in ("input.x", "input.level", "output"))
        self.net = SongUNet(32, 3, 3, model_channels=32, channel_mult=[1, 2, 2], num_blocks=1, attn_resolutions=[16], dropout=0)
        missing, unexpected = self.net.load_state_dict({k: v.clone() for k, v in tensors.items()}, strict=False)
        assert not unexpected and all(k.endswith("resample_filter") for k in missing)
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=1e-4, foreach=True)

    def check(self):
        with torch.no_grad():
            error = (self.net(self.x, self.level, None) - self.expected).abs().max().item()
        return {"parameters": sum(p.numel() for p in self.net.parameters()), "error": error, "torch": torch.__version__}

    def forward(self):
        with torch.no_grad():
            self.net(self.x, self.level, None)

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        F.mse_loss(self.net(self.x, self.level, None), self.x).backward()
        self.optimizer.step()

    def memory(self, times):
        with open("/proc/self/clear_refs", "w") as f:
            f.write("5")
        before = memory("VmRSS:")
        for _ in range(times):
            self.step()
        return [memory("VmHWM:") - before]

    def measure(self, what, times):
        if what == "memory":
            return self.memory(times)
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
