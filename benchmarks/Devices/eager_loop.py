"""NVlabs/edm's SongUNet, trained and sampled from in eager PyTorch, driven over standard input: one command a line, one JSON answer a line.

Around the network stand the preconditioning, the noise levels, the weight and Heun's method of Karras et al. 2022 (Table 1, Eq. 2 and 8, algorithm
2), Adam, clipping to norm 1 and a moving average, parameter by parameter as in the official loop. Images lie on the device.
"""

import contextlib
import copy
import json
import sys
import time
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "UNet"))
sys.path.insert(0, sys.argv[3])
from weights import load_safetensors  # noqa: E402
from training.networks import SongUNet  # noqa: E402

SIDE = 32
PICTURES = 10000
SIGMA_DATA = 0.5
SIGMA_MIN, SIGMA_MAX, RHO = 0.002, 80, 7


def status(field):
    with open("/proc/self/status") as f:
        return next(1024 * int(line.split()[1]) for line in f if line.startswith(field))


class Memory:
    """The most bytes since a precision was chosen."""

    def __init__(self, device):
        self.cuda, self.peaks = device.type == "cuda", {}
        self.before = status("VmRSS:")

    def start(self):
        if self.cuda:
            torch.cuda.empty_cache()
            torch.cuda.reset_peak_memory_stats()
        else:
            with open("/proc/self/clear_refs", "w") as f:
                f.write("5")

    def note(self, mode):
        now = torch.cuda.max_memory_reserved() if self.cuda else status("VmHWM:") - self.before
        self.peaks[mode] = max(now, self.peaks.get(mode, 0))


class Session:
    def __init__(self, device, path, settings):
        torch.set_num_threads(settings["threads"])
        torch.backends.cudnn.benchmark = True
        self.device, self.settings, self.mode = torch.device(device), settings, None
        self.memory = Memory(self.device)
        tensors = {k: v.clone() for k, v in load_safetensors(path).items()}
        self.inputs = [tensors.pop(k).to(self.device) for k in ("input.x", "input.level", "output")]
        self.net = SongUNet(SIDE, 3, 3, model_channels=settings["channels"], channel_mult=settings["multipliers"],
                            num_blocks=settings["blocks"], attn_resolutions=[16], dropout=0)
        missing, unexpected = self.net.load_state_dict(tensors, strict=False)
        assert not unexpected and all(k.endswith("resample_filter") for k in missing)
        self.net.to(self.device).train()
        self.ema = copy.deepcopy(self.net).eval().requires_grad_(False)
        self.optimizer = torch.optim.Adam(self.net.parameters(), lr=1e-4, foreach=True)
        self.pictures = torch.randint(256, [PICTURES, 3, SIDE, SIDE], dtype=torch.uint8, device=self.device)

    def check(self):
        self.choose("float32")
        x, level, expected = self.inputs
        with torch.no_grad():
            error = ((self.net(x, level, None) - expected).abs().max() / expected.abs().max()).item()
        self.mode = None
        return {"parameters": sum(p.numel() for p in self.net.parameters()), "error": error, "torch": torch.__version__}

    def choose(self, mode):
        if mode != self.mode:
            self.mode = mode
            torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = mode == "tf32"
            self.memory.start()

    def precision(self):
        return torch.autocast(self.device.type, torch.bfloat16) if self.mode == "bfloat16" else contextlib.nullcontext()

    def denoise(self, net, x, sigma):
        c_in, c_noise = 1 / (SIGMA_DATA**2 + sigma**2).sqrt(), sigma.log() / 4
        c_skip, c_out = (SIGMA_DATA * c_in) ** 2, sigma * SIGMA_DATA * c_in
        with self.precision():
            output = net(c_in * x, c_noise.flatten(), None)
        return c_skip * x + c_out * output.float()

    def batch(self):
        count = self.settings["batch"]
        pictures = self.pictures[torch.randint(PICTURES, [count], device=self.device)].float() / 127.5 - 1
        mirrored = torch.rand(count, 1, 1, 1, device=self.device) < 0.5
        return torch.where(mirrored, pictures.flip(3), pictures)

    def train(self):
        clean = self.batch()
        sigma = (1.2 * torch.randn(len(clean), 1, 1, 1, device=self.device) - 1.2).exp()
        denoised = self.denoise(self.net, clean + sigma * torch.randn_like(clean), sigma)
        weight = (sigma**2 + SIGMA_DATA**2) / (sigma * SIGMA_DATA) ** 2
        self.optimizer.zero_grad(set_to_none=True)
        (weight * (denoised - clean) ** 2).mean().backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1)
        self.optimizer.step()
        with torch.no_grad():
            for average, parameter in zip(self.ema.parameters(), self.net.parameters()):
                average.lerp_(parameter, 0.001)

    def levels(self):
        steps = self.settings["steps"]
        at = torch.arange(steps, dtype=torch.float64) / max(steps - 1, 1)
        levels = (SIGMA_MAX ** (1 / RHO) + at * (SIGMA_MIN ** (1 / RHO) - SIGMA_MAX ** (1 / RHO))) ** RHO
        return levels.tolist() + [0]

    def noise(self):
        return torch.randn(self.settings["images"], 3, SIDE, SIDE, device=self.device)

    def slope(self, x, level):
        sigma = torch.full([len(x), 1, 1, 1], level, device=self.device)
        return (x - self.denoise(self.ema, x, sigma)) / level

    @torch.no_grad()
    def sample(self):
        levels = self.levels()
        x = self.noise() * levels[0]
        for level, after in zip(levels, levels[1:]):
            first = self.slope(x, level)
            euler = x + (after - level) * first
            x = euler if after == 0 else x + (after - level) * (first + self.slope(euler, after)) / 2
        return (x * 127.5 + 128).clamp(0, 255).to(torch.uint8).cpu()

    @torch.no_grad()
    def warm(self):
        self.slope(self.noise(), 1.0)

    def wait(self):
        if self.device.type == "cuda":
            torch.cuda.synchronize()

    def measure(self, what, mode, times):
        """Seconds of a call, over several; bytes for 'peak' and 'held'."""
        if what == "peak":
            return [self.memory.peaks[mode]]
        if what == "held":
            return [torch.cuda.memory_reserved() if self.memory.cuda else 0]
        self.choose(mode)
        call = getattr(self, what)
        self.wait()
        start = time.perf_counter()
        for _ in range(times):
            call()
        self.wait()
        seconds = time.perf_counter() - start
        self.memory.note(mode)
        return [seconds / times]


def main():
    session = Session(sys.argv[1], sys.argv[2], json.loads(sys.argv[4]))
    print(json.dumps(session.check()), flush=True)
    for line in sys.stdin:
        what, times = line.split()
        what, mode = what.split("-")
        print(json.dumps(session.measure(what, mode, int(times))), flush=True)


main()
