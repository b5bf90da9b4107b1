"""Tensors of a safetensors file, float32."""

import json
import struct

import torch


def load_safetensors(path):
    with open(path, "rb") as f:
        header = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))
        data = bytearray(f.read())
    header.pop("__metadata__", None)
    return {
        name: torch.frombuffer(data, dtype=torch.float32, offset=e["data_offsets"][0],
                               count=(e["data_offsets"][1] - e["data_offsets"][0]) // 4).reshape(e["shape"])
        for name, e in header.items()
    }
