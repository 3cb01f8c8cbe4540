"""A PDF of pages with one tagged rectangle each, turned and cropped in all ways, and what a reader of PNG sees of them."""
import struct
import zlib

# media box, crop box or None, turn
PAGES = [((0, 0, 300, 200), None, 0), ((0, 0, 300, 200), None, 90), ((0, 0, 300, 200), None, 180), ((0, 0, 300, 200), None, 270),
         ((-50, 20, 450, 420), (100, 100, 400, 300), 90), ((0, 0, 300, 200), (20, -5, 300, 180), 0), ((10, 10, 310, 210), (30, 40, 280, 190), 270)]
RECTANGLE = (110, 120, 60, 25)  # x, y, width, height, in the page's own space


def pdf(pages=PAGES, title="Rectangles", alt="A rectangle", extra=b""):
    """pages: as PAGES. The bytes of a PDF/UA-like file; each rectangle is a Figure."""
    objects = {}
    count = len(pages)
    string = lambda words: b"<FEFF" + words.encode("utf-16-be").hex().encode() + b">"
    objects[1] = (b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot 3 0 R/MarkInfo<</Marked true>>/Lang(en)"
                  b"/ViewerPreferences<</DisplayDocTitle true>>/Metadata 5 0 R>>")
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b" ".join(b"%d 0 R" % (10 + 3 * i) for i in range(count)))
    objects[3] = b"<</Type/StructTreeRoot/K 4 0 R/ParentTree<</Nums[%s]>>>>" % b" ".join(b"%d [%d 0 R]" % (i, 12 + 3 * i) for i in range(count))
    objects[4] = b"<</S/Document/P 3 0 R/K[%s]>>" % b" ".join(b"%d 0 R" % (12 + 3 * i) for i in range(count))
    escaped = title.replace("&", "&amp;").replace("<", "&lt;")
    xmp = ('<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
           'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
           'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">' + escaped +
           '</rdf:li></rdf:Alt></dc:title><pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>').encode()
    objects[5] = b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%s\nendstream" % (len(xmp), xmp)
    for i, (media, crop, turn) in enumerate(pages):
        content = b"/Figure<</MCID 0>>BDC %d %d %d %d re f EMC" % RECTANGLE + extra
        box = lambda name, values: b"/%s[%s]" % (name, b" ".join(b"%d" % value for value in values)) if values else b""
        objects[10 + 3 * i] = (b"<</Type/Page/Parent 2 0 R%s%s/Rotate %d/StructParents %d/Contents %d 0 R/Resources<<>>>>" %
                               (box(b"MediaBox", media), box(b"CropBox", crop), turn, i, 11 + 3 * i))
        objects[11 + 3 * i] = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
        objects[12 + 3 * i] = b"<</S/Figure/P 4 0 R/Pg %d 0 R/K 0/Alt %s>>" % (10 + 3 * i, string(alt))
    return written(objects)


def written(objects):
    """The bytes of a PDF of these objects, by their numbers; 1 is the catalog."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, most = len(out), max(objects) + 1
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted(places):
        if number - 1 not in places:  # a section for each run of numbers
            end = number
            while end in places:
                end += 1
            out += b"%d %d\n" % (number, end - number)
        out += b"%010d 00000 n \n" % places[number]
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (most, start))


def dark_part(png):
    """Width, height, and the first and last columns and rows that hold anything dark: of a PNG of 8 bits, RGB."""
    width, height = struct.unpack(">II", png[16:24])
    data, offset = b"", 8
    while offset < len(png):
        length, kind = struct.unpack(">I4s", png[offset:offset + 8])
        data += png[offset + 8:offset + 8 + length] if kind == b"IDAT" else b""
        offset += 12 + length
    raw, stride, before, rows = zlib.decompress(data), width * 3, bytes(width * 3), []
    for row in range(height):
        way, line = raw[row * (stride + 1)], bytearray(raw[row * (stride + 1) + 1:(row + 1) * (stride + 1)])
        for i in range(stride):
            left, above, corner = line[i - 3] if i > 2 else 0, before[i], before[i - 3] if i > 2 else 0
            nearest = min((left, above, corner), key=lambda value: (abs(left + above - corner - value)))
            line[i] = (line[i] + (0, left, above, (left + above) // 2, nearest)[way]) & 255
        before = bytes(line)
        rows.append([x for x in range(width) if line[3 * x] < 100])
    filled = [y for y, row in enumerate(rows) if row]
    return width, height, min(min(rows[y]) for y in filled), filled[0], max(max(rows[y]) for y in filled) + 1, filled[-1] + 1
