"""Reads a safetensors file: `read_safetensors.py FILE VALUES`. Prints a JSON object: per tensor whether it is right.

VALUES has the float32 values of every tensor, in the order of the names: torch rounds them anew to the tensor's type.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open

values = torch.from_numpy(np.fromfile(Path(sys.argv[2]), dtype="<f4"))
found = {}
with safe_open(sys.argv[1], framework="pt") as file:
    metadata = file.metadata()
    for name in sorted(file.keys()):
        tensor = file.get_tensor(name)
        expected, values = values[: tensor.numel()], values[tensor.numel() :]
        same = torch.equal(
            tensor.flatten().contiguous().view(torch.uint8), expected.to(tensor.dtype).view(torch.uint8)
        )
        found[name] = {"dtype": str(tensor.dtype), "shape": list(tensor.shape), "same": same}
assert len(values) == 0
print(json.dumps({"metadata": metadata, "tensors": found}))
