"""Holds ONNX files against the standard: `check_onnx.py FILE...`. Prints a JSON object with what each has.

The check takes weights that lie beside a file along. It infers shapes anew and finds ours wrong where they contradict;
behind a Reshape whose shape is computed, and behind the operators that are onnxruntime's own, it knows none.
"""

import json
import sys
from pathlib import Path

import onnx

# onnxruntime has RMSNorm since before the standard, and says it is of the standard's domain. This is the standard's.
RMS_NORM, STANDARD_RMS_NORM, STANDARD_OPSET = "SimplifiedLayerNormalization", "RMSNormalization", 23


def checked(path: Path) -> onnx.ModelProto:
    model = onnx.load(path, load_external_data=False)
    for node in model.graph.node:
        if node.op_type == RMS_NORM:
            node.op_type = STANDARD_RMS_NORM
    for entry in model.opset_import:
        if entry.domain == "":
            entry.version = STANDARD_OPSET
    # Beside the file, because data beside it is found by its place.
    copy = path.with_suffix(".checked.onnx")
    onnx.save(model, copy)
    onnx.checker.check_model(copy, full_check=True)
    return onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)


def shapes(values: list[onnx.ValueInfoProto]) -> dict[str, list[int | str | None]]:
    """A length is None where inference does not know it."""
    return {
        value.name: [
            getattr(length, length.WhichOneof("value") or "", None) for length in value.type.tensor_type.shape.dim
        ]
        for value in values
    }


found = {}
for path in sys.argv[1:]:
    model = checked(Path(path))
    found[path] = {
        "inputs": shapes(model.graph.input),
        "outputs": shapes(model.graph.output),
        "foreign": sorted({f"{node.domain}.{node.op_type}" for node in model.graph.node if node.domain}),
    }
print(json.dumps(found))
