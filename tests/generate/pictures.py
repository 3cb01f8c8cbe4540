"""Small pictures made from nothing: PNG of every common kind, baseline JPEG, SVG with live text."""
import struct
import zlib


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_file(width, height, bits, colour, rows, *extra):
    """rows: as PNG has them before they are packed, or less; extra: chunks before them"""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b"")


# name: (colour type, bits of a channel, channels)
PNG_KINDS = {"grey": (0, 8, 1), "grey1": (0, 1, 1), "grey16": (0, 16, 1), "rgb": (2, 8, 3), "rgb16": (2, 16, 3),
             "palette": (3, 8, 1), "grey-alpha": (4, 8, 2), "rgba": (6, 8, 4)}


def png(chance, kind):
    colour, bits, channels = PNG_KINDS[kind]
    width, height = chance.randint(1, 60), chance.randint(1, 60)
    row = (width * channels * bits + 7) // 8
    highest = 3 if kind == "palette" else 255
    pixels = b"".join(b"\0" + bytes(chance.randint(0, highest) for _ in range(row)) for _ in range(height))
    parts = []
    if chance.random() < 0.3:
        parts.append(png_chunk(b"pHYs", struct.pack(">IIB", 5906, 5906, 1)))
    if kind == "palette":
        parts.append(png_chunk(b"PLTE", bytes(chance.randint(0, 255) for _ in range(12))))
        if chance.random() < 0.5:
            parts.append(png_chunk(b"tRNS", b"\x00\x80\xff\xff"))
    return png_file(width, height, bits, colour, pixels, *parts)


def jpeg(chance, channels):
    """A baseline JPEG of flat squares, eight pixels wide: every block is its mean, all else is zero. The
    Huffman tables are as plain as can be: a category of difference is its own four bits, the end of a
    block is one bit."""
    columns, rows = chance.randint(1, 8), chance.randint(1, 8)

    def segment(marker, data):
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data

    components = bytes(x for number in range(1, channels + 1) for x in (number, 0x11, 0))
    selectors = bytes(x for number in range(1, channels + 1) for x in (number, 0))
    head = (b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\1" + struct.pack(">HH", 96, 96) + b"\0\0") +
            segment(0xDB, b"\0" + b"\x08" * 64) +
            segment(0xC0, struct.pack(">BHHB", 8, rows * 8, columns * 8, channels) + components) +
            segment(0xC4, b"\x00" + bytes([0, 0, 0, 12] + [0] * 12) + bytes(range(12))) +
            segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\0") +
            segment(0xDA, bytes([channels]) + selectors + b"\0\x3f\0"))
    bits, before = [], [0] * channels
    for _ in range(columns * rows):
        for channel in range(channels):
            value = chance.randint(-127, 127)
            difference, before[channel] = value - before[channel], value
            size = abs(difference).bit_length()
            code = difference if difference >= 0 else difference + (1 << size) - 1
            bits.append(f"{size:04b}" + (f"{code:0{size}b}" if size else "") + "0")
    stream = "".join(bits)
    stream += "1" * (-len(stream) % 8)
    data = int(stream, 2).to_bytes(len(stream) // 8, "big")
    return head + data.replace(b"\xff", b"\xff\0") + b"\xff\xd9"


def svg(chance, words):
    """words: the text that stands in the drawing"""
    width, height = chance.randint(20, 400), chance.randint(20, 300)
    size = chance.choice([f'width="{width}" height="{height}"', f'width="{width // 4 + 5}mm" height="{height // 4 + 5}mm"',
                          ""])
    colour = f"#{chance.randint(0, 0xffffff):06x}"
    shapes = {
        "rectangle": f'<rect x="2" y="2" width="{width // 2}" height="{height // 2}" fill="{colour}" stroke="#222"/>',
        "circle": f'<circle cx="{width // 2}" cy="{height // 2}" r="{height // 3}" fill="none" stroke="{colour}" '
                  'stroke-width="3" stroke-dasharray="6 3"/>',
        "gradient": '<defs><linearGradient id="fade"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color='
                    f'"{colour}"/></linearGradient></defs><path d="M1 1h{width - 2}v{height // 3}z" fill="url(#fade)"/>',
        "opacity": f'<g opacity="0.5"><path d="M0 0h{width}v9z" fill="{colour}"/><path d="M9 0v{height}h9z"/></g>',
        "text": f'<text x="4" y="{height // 2}" font-family="sans-serif" font-size="14">{words}</text>',
        "turned text": f'<g transform="rotate(30)"><text x="8" y="12" font-size="9">{words}</text></g>',
    }
    chosen = chance.sample(sorted(shapes), chance.randint(1, 4))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}">\n' +
            "\n".join(shapes[name] for name in chosen) + "\n</svg>\n").encode()
