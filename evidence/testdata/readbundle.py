"""Reads a bundle with Python's standard library alone and holds every record
of its archive against ISO 28500 and against the manifest."""
import gzip, hashlib, io, json, sys, zipfile, zlib


def digest(b):
    return "sha256:" + hashlib.sha256(b).hexdigest()


faults = []
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
raw = z.read("manifest.json")
manifest = json.loads(raw)
assert digest(z.read(manifest["readme"]["name"])) == manifest["readme"]["digest"]
for d in manifest["documents"]:
    assert digest(z.read("documents/" + d["name"])) == d["digest"]
packed = z.read(manifest["archive"]["name"])
assert digest(gzip.decompress(packed)) == manifest["archive"]["digest"]

records, members = [], 0
while packed:  # one gzip member after the other, one record in each
    member = zlib.decompressobj(31)
    text = member.decompress(packed) + member.flush()
    packed, members = member.unused_data, members + 1
    head, _, rest = text.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    if lines[0] != b"WARC/1.1":
        faults.append("version")
    fields = dict(l.decode().split(": ", 1) for l in lines[1:])
    if len(fields) != len(lines) - 1:
        faults.append("field twice")
    n = int(fields["Content-Length"])
    block, end = rest[:n], rest[n:]
    if end != b"\r\n\r\n" or len(block) != n:
        faults.append("end of record")
    if digest(block) != fields["WARC-Block-Digest"]:
        faults.append("block digest")
    records.append((fields, block))

bodies = {}
for f, block in records:
    kind = f["WARC-Type"]
    for name in ("WARC-Record-ID", "WARC-Date", "Content-Length"):
        if name not in f:
            faults.append("no " + name)
    if kind == "warcinfo":
        continue
    body = block.partition(b"\r\n\r\n")[2] if kind == "response" else block
    if kind == "revisit":
        if bodies.get(f["WARC-Refers-To"]) != f["WARC-Payload-Digest"]:
            faults.append("revisit of nothing")
    elif digest(body) != f["WARC-Payload-Digest"]:
        faults.append("payload digest")
    bodies[f["WARC-Record-ID"]] = f["WARC-Payload-Digest"]
if records[0][0]["WARC-Type"] != "warcinfo":
    faults.append("no warcinfo first")
if len({f["WARC-Record-ID"] for f, _ in records}) != len(records):
    faults.append("record id twice")
want = [(c["url"], c["digest"]) for c in manifest["captures"]]
if [(f["WARC-Target-URI"], f["WARC-Payload-Digest"]) for f, _ in records[1:]] != want:
    faults.append("records and manifest differ")
known = {c["digest"] for c in manifest["captures"]}
if any(e not in known for i in manifest["items"] for e in i["evidence"]):
    faults.append("an item without its capture")
print("manifest", digest(raw))
print(f"{len(records)} records, {members} gzip members, {len(faults)} faults")
sys.exit(faults and ", ".join(faults) or 0)
