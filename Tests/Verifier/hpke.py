"""HPKE of ours against pyhpke: checks a file of sealed messages, and makes one in the same form.

    hpke.py --check FILE     opens every message of FILE, repeats its exports, and sees to it that altered ones don't open
    hpke.py --make FILE      writes messages that pyhpke sealed, for the other side to open

A file is a JSON array with one object for each suite: kem, aead (numbers of RFC 9180 7.1 and 7.3), secret (the receiver's),
public, info, enc, messages [{aad, plaintext, ciphertext}] in the order in which they were sealed, exports [{context, length,
value}]; bytes are hexadecimal. Exit status 1 at the first disagreement.
"""

import argparse
import json
import sys

from pyhpke import AEADId, CipherSuite, KDFId, KEMId, OpenError

KEMS = {16: KEMId.DHKEM_P256_HKDF_SHA256, 32: KEMId.DHKEM_X25519_HKDF_SHA256}
AEADS = {1: AEADId.AES128_GCM, 2: AEADId.AES256_GCM, 3: AEADId.CHACHA20_POLY1305}


def suite_of(item):
    return CipherSuite.new(KEMS[item["kem"]], KDFId.HKDF_SHA256, AEADS[item["aead"]])


def name_of(item):
    return f"kem {item['kem']}, aead {item['aead']}"


def fail(item, what):
    sys.exit(f"{name_of(item)}: {what}")


def data(item, key):
    return bytes.fromhex(item[key])


def receiver_of(item):
    suite = suite_of(item)
    secret = suite.kem.deserialize_private_key(data(item, "secret"))
    return suite.create_recipient_context(data(item, "enc"), secret, info=data(item, "info"))


def check(path):
    with open(path, encoding="utf-8") as file:
        items = json.load(file)
    opened = 0
    for item in items:
        receiver = receiver_of(item)
        if not item["messages"]:
            fail(item, "no message")
        for index, message in enumerate(item["messages"]):
            ciphertext, aad = data(message, "ciphertext"), data(message, "aad")
            must_not_open(item, index, ciphertext[:-1] + bytes([ciphertext[-1] ^ 1]), aad, "altered")
            must_not_open(item, index, ciphertext, aad + b"x", "other aad")
            must_not_open(item, index + 1, ciphertext, aad, "in another place")
            try:
                plaintext = receiver.open(ciphertext, aad=aad)
            except OpenError:
                fail(item, f"message {index} doesn't open")
            if plaintext != data(message, "plaintext"):
                fail(item, f"message {index} opens to something else")
            opened += 1
        for export in item["exports"]:
            if receiver.export(data(export, "context"), export["length"]) != data(export, "value"):
                fail(item, "another secret is exported")
    print(json.dumps({"suites": len(items), "opened": opened}))


def must_not_open(item, index, ciphertext, aad, what):
    # A receiver of its own, brought to this place: pyhpke counts messages that didn't open, RFC 9180 5.2 doesn't.
    receiver = receiver_of(item)
    for message in item["messages"][:index]:
        receiver.open(data(message, "ciphertext"), aad=data(message, "aad"))
    try:
        receiver.open(ciphertext, aad=aad)
    except OpenError:
        return
    fail(item, f"message {index} opens: {what}")


def make(path):
    items = []
    for kem, kem_id in KEMS.items():
        for aead in AEADS:
            item = {"kem": kem, "aead": aead, "info": b"tk-hpke from python".hex()}
            suite = suite_of(item)
            pair = suite.kem.derive_key_pair(bytes([kem, aead]) * 16)
            # Of a P-256 secret, pyhpke writes as many bytes as it has bits.
            item["secret"] = pair.private_key.to_private_bytes()[-32:].hex()
            item["public"] = pair.public_key.to_public_bytes().hex()
            enc, sender = suite.create_sender_context(pair.public_key, info=data(item, "info"))
            item["enc"] = enc.hex()
            item["messages"] = []
            for index, plaintext in enumerate([b"", "高台县".encode(), bytes(range(256)) * 300]):
                aad = str(index).encode() if index else b""
                item["messages"].append({"aad": aad.hex(), "plaintext": plaintext.hex(), "ciphertext": sender.seal(plaintext, aad=aad).hex()})
            item["exports"] = [
                {"context": context.hex(), "length": length, "value": sender.export(context, length).hex()} for context, length in [(b"", 32), (b"tk", 64), (b"\0", 1)]
            ]
            items.append(item)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(items, file)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check")
    parser.add_argument("--make")
    options = parser.parse_args()
    if not options.check and not options.make:
        parser.error("nothing to do")
    if options.check:
        check(options.check)
    if options.make:
        make(options.make)


main()
