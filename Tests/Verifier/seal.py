"""Opens a sealed file by Docs/Formats/Seal.md alone: pyhpke and cryptography, and SM2 from the curve's equations.

    seal.py FILE --curve x25519|p256|sm2 --secret HEX [--out FILE]
    seal.py --vectors FOLDER                           every sealed golden file against what it says

Prints what it found as JSON. Exit status 0: the file is complete; 1: it is not what the page says, with the reason.
"""

import argparse
import hashlib
import hmac
import json
import pathlib
import sys

import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from operations import PADDED, Invalid, binding, dec, enc, is_sealed, need, sealed, take, value
from sm import G, hmac_sm3, multiply, on_curve, sm3, word
from pyhpke import AEADId, CipherSuite, KDFId, KEMId

CHUNK = 65_536
HEAD = 65_536


class Refused(Exception):
    pass


def demand(holds, code):
    if not holds:
        raise Refused(code)


# --- SM2 encryption (GB/T 32918.4) ---


def der(data, tag):
    """One element with this tag at the start of data; what is in it and what follows it."""
    demand(len(data) >= 2 and data[0] == tag, "alteredHead")
    length, start = data[1], 2
    if length == 0x81:
        length, start = data[2], 3
    demand(length < 0x80 or start == 3, "alteredHead")
    return data[start : start + length], data[start + length :]


def sm2_decrypt(secret, data):
    sequence, rest = der(data, 0x30)
    demand(not rest, "alteredHead")
    x, sequence = der(sequence, 0x02)
    y, sequence = der(sequence, 0x02)
    digest, sequence = der(sequence, 0x04)
    ciphertext, sequence = der(sequence, 0x04)
    demand(not sequence, "alteredHead")
    point = (int.from_bytes(x, "big"), int.from_bytes(y, "big"))
    demand(on_curve(point), "alteredHead")
    shared = multiply(int.from_bytes(secret, "big"), point)
    x2, y2 = word(shared[0]), word(shared[1])
    stream = b"".join(sm3(x2 + y2 + counter.to_bytes(4, "big")) for counter in range(1, len(ciphertext) // 32 + 2))
    plaintext = bytes(a ^ b for a, b in zip(ciphertext, stream))
    demand(sm3(x2 + plaintext + y2) == digest, "alteredHead")
    return plaintext


# --- Keys ---


def public_key(curve, secret):
    """The COSE_Key of the page."""
    if curve == "x25519":
        public = x25519.X25519PrivateKey.from_private_bytes(secret).public_key()
        return {1: 1, -1: 4, -2: public.public_bytes(Encoding.Raw, PublicFormat.Raw)}
    scalar = int.from_bytes(secret, "big")
    if curve == "p256":
        numbers = ec.derive_private_key(scalar, ec.SECP256R1()).public_key().public_numbers()
        return {1: 2, -1: 1, -2: word(numbers.x), -3: word(numbers.y)}
    x, y = multiply(scalar, G)
    return {1: 2, -1: -132918, -2: word(x), -3: word(y)}


def unwrap(suite, curve, secret, wrapped):
    if curve == "sm2":
        return sm2_decrypt(secret, wrapped)
    kem, length = {"x25519": (KEMId.DHKEM_X25519_HKDF_SHA256, 32), "p256": (KEMId.DHKEM_P256_HKDF_SHA256, 65)}[curve]
    hpke = CipherSuite.new(kem, KDFId.HKDF_SHA256, AEADId.AES256_GCM)
    key = hpke.kem.deserialize_private_key(secret)
    try:
        return hpke.create_recipient_context(wrapped[:length], key, info=b"tk-seal" + bytes([1, suite])).open(wrapped[length:])
    except Exception:
        raise Refused("alteredHead") from None


# --- Suites ---


def expand(secret, info):
    return HKDFExpand(algorithm=hashes.SHA256(), length=32, info=info).derive(secret)


class Suite1:
    tag_bytes = 16

    def __init__(self, secret, outline):
        self.aead = AESGCM(expand(secret, b"tk-seal chunk"))
        self.head_tag = hmac.new(expand(secret, b"tk-seal head"), outline, "sha256").digest()
        self.digest = hashlib.sha256(outline).digest()

    def open(self, stored, index, final):
        try:
            return self.aead.decrypt(bytes(7) + index.to_bytes(4, "big") + bytes([final]), stored, self.digest)
        except InvalidTag:
            return None


class Suite2:
    tag_bytes = 32

    def __init__(self, secret, outline):
        stream, self.mac = hmac_sm3(secret, b"tk-seal chunk"), hmac_sm3(secret, b"tk-seal head")
        self.key, self.counter = stream[:16], int.from_bytes(stream[16:], "big")
        self.head_tag = hmac_sm3(self.mac, b"\0" + outline)
        self.digest = sm3(outline)

    def open(self, stored, index, final):
        ciphertext, tag = stored[:-32], stored[-32:]
        place = index.to_bytes(4, "big") + bytes([final])
        if hmac_sm3(self.mac, b"\x01" + self.digest + place + ciphertext) != tag:
            return None
        start = (self.counter + 4_097 * index) % (1 << 128)
        return Cipher(algorithms.SM4(self.key), modes.CTR(start.to_bytes(16, "big"))).decryptor().update(ciphertext)


def padded(length):
    """Whether a length is one of Padmé's, 16,384 or more."""
    if length < 16_384:
        return False
    exponent = length.bit_length() - 1
    return length % (1 << (exponent - exponent.bit_length())) == 0


# --- The file ---


def is_receiver(item):
    if not (isinstance(item, list) and len(item) == 3 and isinstance(item[1], int)):
        return False
    key, _, wrapped = item
    return isinstance(key, bytes) and isinstance(wrapped, bytes) and len(key) == 32 and len(wrapped) <= 256


def read_head(data):
    """Suite, padded length, receivers, outline and tag of the head, and where it ends."""
    name = b"\x67tk-seal"
    demand(data and 0x82 <= data[0] <= 0x97 and name.startswith(data[1:9]), "notSealed")
    try:
        head, end = take(data)
        demand(len(head) >= 2 and head[1] == 1, "unsupportedVersion")
        demand(len(head) == 4 and isinstance(head[2], bytes) and isinstance(head[3], bytes) and len(head[3]) == 32 and len(head[2]) <= HEAD, "malformedHead")
        outline = dec(head[2])
    except Invalid as error:
        raise Refused("truncated" if isinstance(error.__cause__, cbor2.CBORDecodeEOF) and len(data) < HEAD else "malformedHead") from error
    demand(isinstance(outline, list) and len(outline) == 3 and isinstance(outline[2], list), "malformedHead")
    suite, length, receivers = outline
    demand(suite in (1, 2), "unknownSuite")
    demand(len(receivers) <= 256, "tooManyReceivers")
    demand(isinstance(length, int) and padded(length) and length <= 1 << 40, "malformedHead")
    demand(receivers and all(is_receiver(each) for each in receivers), "malformedHead")
    demand(all(wrap in (1, 2) for _, wrap, _ in receivers), "unknownSuite")
    demand(suite == 2 or all(wrap == 1 for _, wrap, _ in receivers), "malformedHead")
    demand(all(a[0] < b[0] for a, b in zip(receivers, receivers[1:])), "malformedHead")
    return suite, length, receivers, head[2], head[3], end


class SealedFile:
    """Reads on behind what is damaged; each damage by code, chunk, offset and length in the file, and what of the content is missing at most."""

    def __init__(self, data, curve, secret):
        self.number, self.length, receivers, outline, tag, self.at = read_head(data)
        self.keys = [receiver[0] for receiver in receivers]
        own = hashlib.sha256(cbor2.dumps(public_key(curve, secret))).digest()
        if own not in self.keys:
            raise Refused("notForTheseKeys", self.keys)
        self.wraps = [receiver[1] for receiver in receivers]
        _, wrap, wrapped = receivers[self.keys.index(own)]
        if wrap != (2 if curve == "sm2" else 1):
            raise Refused("wrongSuite", [own])
        secret = unwrap(self.number, curve, secret, wrapped)
        demand(len(secret) == 32, "alteredHead")
        self.suite = (Suite1 if self.number == 1 else Suite2)(secret, outline)
        demand(self.suite.head_tag == tag, "alteredHead")
        self.data, self.content, self.damaged, self.content_end = data, b"", [], None
        if self.read_chunks() and self.at < len(data):
            self.damaged.append(("trailingBytes", "-", self.at, len(data) - self.at, 0, 0))

    def damage(self, code, index, offset, length, start, end):
        end = end if self.content_end is None else min(end, self.content_end)
        self.damaged.append((code, index, offset, length, min(start, end), end))

    def read_chunks(self):
        count = -(-self.length // CHUNK)
        for index in range(count):
            start, share = index * CHUNK, min(CHUNK, self.length - index * CHUNK)
            stored = self.data[self.at : self.at + 4 + share + self.suite.tag_bytes]
            if len(stored) < 4 + share + self.suite.tag_bytes:
                self.damage("truncated", index, len(self.data), "-", start, self.length)
                return False
            plain = self.suite.open(stored, index, index == count - 1)
            filled = int.from_bytes(plain[:4], "big") if plain else 0
            if plain is None:
                self.damage("alteredChunk", index, self.at, len(stored), start, start + share)
            elif filled > (share if self.content_end is None else 0) or any(plain[4 + filled :]):
                self.damage("malformedChunk", index, self.at, len(stored), start, start + share)
            else:
                self.content += plain[4 : 4 + filled]
                if filled < share and self.content_end is None:
                    self.content_end = start + filled
            self.at += len(stored)
        return True


def judge(vector):
    """What a golden file is, and what it gives."""
    try:
        file = SealedFile(bytes.fromhex(vector["bytes"]), vector["given"]["curve"], bytes.fromhex(vector["given"]["secret"]))
    except Refused as refused:
        return refused.args[0], {"receivers": [key.hex() for key in refused.args[1]]} if len(refused.args) > 1 else {}
    gives = {"suite": [str(file.number)], "length": [str(file.length)], "receivers": [key.hex() for key in file.keys]}
    gives["wraps"] = [str(wrap) for wrap in file.wraps]
    gives["content"] = [str(len(file.content)), hashlib.sha256(file.content).hexdigest()]
    if file.damaged:
        gives["damaged"] = [" ".join(map(str, damage)) for damage in file.damaged]
    return file.damaged[0][0] if file.damaged else "valid", gives


# --- A sealed value (Seal.md) ---


def open_value(suite, curve, secret, wrapped, ciphertext, bound):
    if curve == "sm2":
        demand(suite == 2, "alteredValue")
        secret = sm2_decrypt(secret, wrapped)
        stream, mac = hmac_sm3(secret, b"tk-field value"), hmac_sm3(secret, b"tk-field tag")
        demand(hmac_sm3(mac, bound + ciphertext[:-32]) == ciphertext[-32:], "alteredValue")
        return Cipher(algorithms.SM4(stream[:16]), modes.CTR(stream[16:])).decryptor().update(ciphertext[:-32])
    kem = {"x25519": KEMId.DHKEM_X25519_HKDF_SHA256, "p256": KEMId.DHKEM_P256_HKDF_SHA256}[curve]
    hpke = CipherSuite.new(kem, KDFId.HKDF_SHA256, AEADId.AES256_GCM)
    try:
        context = hpke.create_recipient_context(wrapped, hpke.kem.deserialize_private_key(secret), info=b"tk-field" + bytes([1, suite]))
        return context.open(ciphertext, aad=bound)
    except Exception:
        raise Refused("alteredValue") from None


def judge_value(vector):
    """What a sealed value is at its place to its reader's key, and what it gives; a form that no reader opens is `malformed`."""
    given = vector["given"]
    try:
        item = dec(bytes.fromhex(vector["bytes"]))
        need(is_sealed(item), "no sealed value")
        suite, receiver, key, bound, wrapped, ciphertext = sealed(item.value)
    except Invalid:
        return "malformed", {}
    record, epoch, secret = (bytes.fromhex(given[name]) for name in ("record", "epoch", "secret"))
    try:
        demand(bound == binding(record, given["unit"], epoch, int(given["number"]), int(given["field"]), receiver, key), "sealedElsewhere")
        demand(key == hashlib.sha256(cbor2.dumps(public_key(given["curve"], secret))).digest(), "valueForAnotherKey")
        plain = open_value(suite, given["curve"], secret, wrapped, ciphertext, bound)
        try:
            opened, end = take(plain)
            need(not is_sealed(value(opened)) and not any(plain[end:]), "a value and zeros")
            need(len(plain) == min(length for length in PADDED if length >= end), "padded length")
        except Invalid:
            raise Refused("malformedValue") from None
    except Refused as refused:
        return refused.args[0], {}
    gives = {"suite": str(suite), "receiver": receiver.hex(), "key": key.hex(), "binding": bound.hex(), "value": enc(opened).hex()}
    return "valid", {name: [text] for name, text in gives.items()}


FORM_CODES = {"unsupported", "wrongCount", "wrongType", "outOfRange", "limitExceeded"}


def run(folder):
    wrong, paths = [], sorted([*(folder / "sealed").glob("*.json"), *(folder / "sealedValue").glob("*.json")])
    for path in paths:
        vector = json.loads(path.read_text())
        verdict, gives = (judge if vector["kind"] == "sealed" else judge_value)(vector)
        expected = "malformed" if vector["kind"] == "sealedValue" and vector["expect"] in FORM_CODES else vector["expect"]
        if (verdict, gives) != (expected, vector["gives"]):
            wrong.append(f"{vector['kind']}/{vector['name']}: {verdict}, {expected} expected" + ("" if gives == vector["gives"] else f"; gives {gives}"))
    print(json.dumps({"files": len(paths), "wrong": wrong}, indent=1))
    return 0 if paths and not wrong else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=pathlib.Path)
    parser.add_argument("--curve", choices=["x25519", "p256", "sm2"])
    parser.add_argument("--secret", type=bytes.fromhex)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--vectors", type=pathlib.Path)
    options = parser.parse_args()
    if options.vectors:
        return run(options.vectors)
    if not (options.file and options.curve and options.secret):
        parser.error("a file with --curve and --secret, or --vectors")
    try:
        file = SealedFile(options.file.read_bytes(), options.curve, options.secret)
        for code, index, *_ in file.damaged[:1]:
            raise Refused(code + (f" {index}" if code.endswith("Chunk") else ""))
    except Refused as refused:
        print(json.dumps({"refused": refused.args[0]}))
        return 1
    if options.out:
        options.out.write_bytes(file.content)
    content = hashlib.sha256(file.content).hexdigest()
    found = {"suite": file.number, "receivers": len(file.keys), "length": file.length, "content": content, "bytes": len(file.content)}
    print(json.dumps(found, sort_keys=True))
    return 0


sys.exit(main())
