"""A log as C2SP tlog-tiles: `tiles.py FOLDER [CHECKPOINT]` reads tiles and entries, makes the root again and checks every signature that it can."""
import base64, hashlib, json, pathlib, struct, sys
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()


def root(leaves):
    if len(leaves) == 1: return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1", root(leaves[:k]), root(leaves[k:]))


def path(n):
    out = f"{n % 1000:03}"
    while n := n // 1000: out = f"x{n % 1000:03}/{out}"
    return out


def tile(folder, level, n, count):
    """A tile's bytes: whole, or as many as there are."""
    name = f"{folder}/tile/{level}/{path(n)}" + ("" if count == 256 else f".p/{count}")
    return pathlib.Path(name).read_bytes()


def hashes(folder, level, count):
    """All hashes of a level, from its tiles."""
    out = []
    for n in range((count + 255) // 256):
        data = tile(folder, level, n, min(256, count - 256 * n))
        out += [data[i : i + 32] for i in range(0, len(data), 32)]
    return out


def main(folder, note=None):
    text, signatures = pathlib.Path(note or f"{folder}/checkpoint").read_text().split("\n\n")
    text += "\n"
    origin, size, top = text.splitlines()
    size, top = int(size), base64.b64decode(top, validate=True)
    leaves = hashes(folder, 0, size)
    entries = []
    for n in range((size + 255) // 256):
        data, at = tile(folder, "entries", n, min(256, size - 256 * n)), 0
        while at < len(data):
            (length,) = struct.unpack_from(">H", data, at)
            entries.append(data[at + 2 : at + 2 + length])
            at += 2 + length
    good = len(entries) == size == len(leaves) and all(sha(b"\0", e) == l for e, l in zip(entries, leaves)) and root(leaves) == top
    # Each level is made of whole tiles of the one below.
    level, below = 1, leaves
    while len(below) >= 256:
        above = [root(below[i : i + 256]) for i in range(0, len(below) - 255, 256)]
        good = good and hashes(folder, level, len(above)) == above
        level, below = level + 1, above
    keys = {}
    for line in pathlib.Path(f"{folder}/vkey").read_text().splitlines() if pathlib.Path(f"{folder}/vkey").exists() else []:
        name, tag, key = line.split("+", 2)
        keys[name] = bytes.fromhex(tag), base64.b64decode(key)[1:]
    signed = []
    for line in signatures.splitlines():
        dash, name, data = line.split(" ")
        data = base64.b64decode(data, validate=True)
        if name in keys and data[:4] == keys[name][0] == sha(name.encode() + b"\n\1" + keys[name][1])[:4]:
            try: signed.append(Ed25519PublicKey.from_public_bytes(keys[name][1]).verify(data[4:], text.encode()) is None)
            except InvalidSignature: signed.append(False)
    # A witness's key is not in the folder: it is given as NAME=HEX.
    for name, key in (each.split("=") for each in sys.argv[3:]):
        for line in signatures.splitlines():
            data = base64.b64decode(line.split(" ")[2])
            if line.split(" ")[1] == name and data[:4] == sha(name.encode() + b"\n\4" + bytes.fromhex(key))[:4]:
                message = f"cosignature/v1\ntime {int.from_bytes(data[4:12], 'big')}\n{text}".encode()
                try: signed.append(Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(data[12:], message) is None)
                except InvalidSignature: signed.append(False)
    print(json.dumps({"origin": origin, "size": size, "root": top.hex(), "good": good, "signed": signed}))
    return 0 if good and all(signed) else 1


if __name__ == "__main__": sys.exit(main(*sys.argv[1:3]))
