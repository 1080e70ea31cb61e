"""Makes tests/reference/fixtures/image: what Pillow and transformers' Qwen2-VL image processor make of pictures.

Run from anywhere: `python tests/reference/image.py`. Needs transformers 5.24.0, pillow, numpy, and no torchvision.
Results stand as SHA-256 of their bytes (RGB, or little-endian float32); inputs are noise that the test makes again.
"""

import hashlib
import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image
from transformers.image_transforms import convert_to_rgb
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil, smart_resize

FOLDER = Path(__file__).parent / "fixtures" / "image"
PICTURES = FOLDER / "pictures"

# (from width, from height, to width, to height)
RESIZES = [
    (1, 1, 56, 56), (1, 1, 1, 1), (56, 56, 1, 1), (2, 2, 3, 3), (3, 5, 5, 3), (5, 3, 3, 5), (7, 1, 28, 28),
    (1, 7, 28, 28), (28, 28, 28, 28), (28, 28, 28, 56), (28, 28, 56, 28), (28, 28, 28, 27), (28, 28, 27, 28),
    (448, 288, 448, 280), (448, 288, 224, 140), (448, 288, 447, 289), (448, 288, 56, 28), (448, 288, 1, 1),
    (97, 61, 84, 56), (97, 61, 112, 84), (101, 103, 107, 109), (640, 360, 644, 364), (320, 240, 308, 252),
    (30, 60, 25, 50), (30, 60, 25, 49), (30, 60, 31, 59), (30, 60, 25, 61), (30, 60, 35, 61),
    (1000, 6, 560, 28), (6, 1000, 28, 560), (199, 1, 812, 28),
]  # fmt: skip

SHRINK = {"min_pixels": 3136, "max_pixels": 28 * 28 * 30}
SIZE = {"size": {"shortest_edge": 3136, "longest_edge": 28 * 28 * 60}}
# (preprocessor config, sizes of the pictures of one call as [width, height])
RUNS = [
    ({"min_pixels": 3136, "max_pixels": 12845056}, [[448, 288]]),
    ({"min_pixels": 3136, "max_pixels": 12845056}, [[112, 84], [1, 1], [57, 199]]),
    (SHRINK, [[448, 288], [300, 301]]),
    (SIZE, [[640, 360], [28, 28]]),
    ({**SIZE, "do_normalize": False}, [[60, 60]]),
    ({**SIZE, "do_rescale": False}, [[60, 60]]),
    ({**SIZE, "do_rescale": False, "do_normalize": False}, [[60, 60]]),
    ({**SIZE, "do_resize": False}, [[84, 56]]),
    ({**SIZE, "rescale_factor": 1 / 127.5, "image_mean": [0.5, 0.4, 0.3], "image_std": [0.7, 0.6, 0.9]}, [[60, 60]]),
    ({**SIZE, "image_mean": 0.5, "image_std": 0.5}, [[60, 60]]),
    ({**SIZE, "patch_size": 7, "merge_size": 3, "temporal_patch_size": 4}, [[90, 61]]),
    ({**SIZE, "patch_size": 8, "merge_size": 1, "temporal_patch_size": 1}, [[90, 61]]),
    ({}, [[448, 288]]),
]

SIDES = [1, 2, 5, 13, 14, 15, 27, 28, 29, 42, 55, 56, 70, 98, 99, 126, 154, 288, 448, 1000, 4000, 20000]
BOUNDS = [(28, 3136, 12845056), (28, 56 * 56, 28 * 28 * 1280), (28, 3136, 23520), (21, 3136, 47040), (8, 64, 4096)]


def noise(width: int, height: int) -> np.ndarray:
    """Bytes of a linear congruential generator that starts at `width * 65536 + height`."""
    state = width * 65536 + height
    data = bytearray(width * height * 3)
    for i in range(len(data)):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        data[i] = state >> 24
    return np.frombuffer(bytes(data), np.uint8).reshape(height, width, 3)


def sha256(array: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


def resizes() -> list:
    rows = []
    for from_width, from_height, width, height in RESIZES:
        picture = Image.fromarray(noise(from_width, from_height))
        result = np.array(picture.resize((width, height), Image.Resampling.BICUBIC))
        rows.append({"from": [from_width, from_height], "to": [width, height], "sha256": sha256(result)})
    return rows


def sizes() -> list:
    """For each bounds the sizes HxW of all pairs of SIDES, height by height; "-" where the reference refuses."""
    rows = []
    for factor, least, most in BOUNDS:
        results = []
        for height in SIDES:
            for width in SIDES:
                try:
                    results.append("{}x{}".format(*smart_resize(height, width, factor, least, most)))
                except ValueError:
                    results.append("-")
        rows.append({"factor": factor, "minPixels": least, "maxPixels": most, "sizes": " ".join(results)})
    return [{"sides": SIDES, "bounds": rows}]


def runs() -> list:
    rows = []
    for config, pictures in RUNS:
        result = Qwen2VLImageProcessorPil(**config)([Image.fromarray(noise(*size)) for size in pictures])
        values = np.asarray(result["pixel_values"])
        assert values.dtype == np.float32
        rows.append(
            {
                "config": config,
                "pictures": pictures,
                "grids": np.asarray(result["image_grid_thw"]).tolist(),
                "length": values.size,
                "sha256": sha256(values),
            }
        )
    return rows


def save_png16(path: Path, pixels: np.ndarray, colour_type: int) -> None:
    """Pillow writes no 16-bit colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


def save_pictures() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    y, x = np.mgrid[0:19, 0:23]
    pixels = np.stack([x * 11 % 256, y * 13 % 256, x * y % 256], -1).astype(np.uint8)
    alpha = (x * 17 % 256).astype(np.uint8)
    deep = pixels.astype(np.uint16) * 257 + (x * 13 + y * 29)[..., None].astype(np.uint16) % 200
    rgb = Image.fromarray(pixels)
    grey = rgb.convert("L")
    palette = rgb.convert("P")
    exif = Image.Exif()
    exif[0x0112] = 6
    rgb.save(PICTURES / "rgb.png")
    rgb.save(PICTURES / "rgb-key.png", transparency=rgb.getpixel((11, 9)))
    rgb.save(PICTURES / "rgb.jpg", quality=90)
    rgb.save(PICTURES / "full-colour.jpg", quality=90, subsampling=0)
    rgb.save(PICTURES / "progressive.jpg", progressive=True)
    rgb.save(PICTURES / "turned.jpg", exif=exif)
    rgb.save(PICTURES / "lossless.webp", lossless=True)
    rgb.save(PICTURES / "lossy.webp")
    rgb.save(PICTURES / "rgb.tiff")
    rgb.convert("CMYK").save(PICTURES / "cmyk.jpg")
    grey.save(PICTURES / "grey.png")
    grey.save(PICTURES / "grey.jpg")
    grey.save(PICTURES / "grey-key.png", transparency=grey.getpixel((11, 9)))
    grey.point(lambda value: 255 * (value > 90), "1").save(PICTURES / "one-bit.png")
    palette.save(PICTURES / "palette.png")
    palette.save(PICTURES / "palette-key.png", transparency=palette.getpixel((11, 9)))
    palette.save(PICTURES / "palette.gif")
    palette.save(PICTURES / "palette-key.gif", transparency=palette.getpixel((11, 9)))
    Image.fromarray(np.dstack([pixels, alpha])).save(PICTURES / "alpha.png")
    Image.fromarray(np.dstack([pixels, alpha])).save(PICTURES / "alpha.webp", lossless=True, exact=True)
    Image.fromarray(np.dstack([pixels[..., 2], alpha])).save(PICTURES / "grey-alpha.png")
    Image.fromarray((x * y * 3).astype(np.uint16)).save(PICTURES / "grey-16.png")
    save_png16(PICTURES / "rgb-16.png", deep, 2)
    save_png16(PICTURES / "alpha-16.png", np.dstack([deep, alpha.astype(np.uint16) * 251]), 6)


def pictures() -> list:
    save_pictures()
    rows = []
    for path in sorted(PICTURES.iterdir()):
        with Image.open(path) as picture:
            rgb = convert_to_rgb(picture, return_numpy=True)
        rows.append({"file": path.name, "width": rgb.shape[1], "height": rgb.shape[0], "sha256": sha256(rgb)})
    return rows


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for make in (pictures, resizes, sizes, runs):
        rows = [json.dumps(row) for row in make()]
        (FOLDER / f"{make.__name__}.json").write_text("[\n" + ",\n".join(rows) + "\n]\n")
