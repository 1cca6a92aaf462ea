#!/usr/bin/env python3
"""Checks Tiaokuai bundles and golden files without a line of Tiaokuai: written from Docs/Formats and from nothing else.

    verify.py FILE.tkb [--network HEX] [--root HEX]    frames, signatures, chains, operations, receipts; prints JSON
    verify.py --vectors FOLDER                         every golden file against what it says

--root is a root key (COSE_Key), --network the hash of root statement 1; without them the file's own root is believed.
A credential's place in the chain of trust is not judged here: that takes the rules, not the bytes.
Exit status: 0 all is well, 1 something is wrong, 2 wrong usage.
"""
import argparse, json, pathlib, sys
import zstandard
from cbor2 import CBORTag
from collections.abc import Mapping
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils
from cryptography.hazmat.primitives.hashes import SHA256
from operations import Invalid, ascending, body, dec, enc, hashes, items, name, need, partition, sha, take
from sm import on_curve, sm3, verifies

MARKER, HEADER, P = b"\x84\x67tk-item", -70001, 2**255 - 19
TYPES = {0: "header", 1: "rootStatement", 2: "changeset", 3: "checkpoint", 4: "receipt", 5: "request", 6: "heads", 7: "consistency", 8: "ask",
         9: "evidence", 10: "snapshot", 11: "summary", 23: "trailer"}
SMALL = [0, 1, P - 1, *(int.from_bytes(bytes.fromhex(h), "little") for h in (
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"))]


# Keys and envelopes: Credential.md, Changeset.md.
def key(data):
    """A COSE_Key of nothing but what its thumbprint covers."""
    k = dec(data)
    need(isinstance(k, dict), "key")
    curve, x = (k.get(1), k.get(-1)), k.get(-2)
    need(isinstance(x, bytes) and len(x) == 32, "coordinate")
    if curve == (1, 6):
        y = int.from_bytes(x, "little") & (1 << 255) - 1
        need(set(k) == {1, -1, -2} and y < P and y not in SMALL, "not a key")
        return ed25519.Ed25519PublicKey.from_public_bytes(x)
    need(set(k) == {1, -1, -2, -3} and len(k[-3]) == 32 and curve in ((2, 1), (2, -132918)), "not a key")
    if curve == (2, -132918):
        point = tuple(int.from_bytes(k[part], "big") for part in (-2, -3))
        return need(on_curve(point), "not on the curve") or point
    try: return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\4" + x + k[-3])
    except ValueError as error: raise Invalid("not on the curve") from error


class Envelope:
    """A COSE_Sign1; `content` is its payload, `id` the hash of what is signed."""

    def __init__(self, data, kind, limit=4 << 20, detached=None):
        need(len(data) <= limit, "envelope too long")
        tagged = dec(data)
        need(isinstance(tagged, CBORTag) and tagged.tag == 18, "not tagged as COSE_Sign1")
        protected, self.unprotected, content, self.signature = items(tagged.value, bytes, Mapping, None, bytes)
        need(isinstance(content, bytes) if detached is None else content is None, "payload")
        self.content = content if detached is None else detached
        self.headers = h = dec(protected)
        need(isinstance(h, dict) and (detached is not None or not self.unprotected) and 2 not in h, "headers")
        need(isinstance(h.get(1), int) and h.get(16) == f"application/tiaokuai-{kind}" and isinstance(h.get(4), bytes), "headers")
        hashes([h[4]])
        self.signed = enc(["Signature1", protected, b"", self.content])
        self.id = sha(self.signed)

    def verify(self, cose_key):
        need(sha(cose_key) == self.headers[4], "signed by another key")
        public = key(cose_key)
        try:
            if isinstance(public, ed25519.Ed25519PublicKey):
                need(self.headers[1] in (-8, -19), "algorithm")
                public.verify(self.signature, self.signed)
            elif isinstance(public, tuple):
                need(self.headers[1] == -132918 and verifies(public, self.signed, self.signature), "signature")
            else:
                need(self.headers[1] in (-7, -9) and len(self.signature) == 64, "algorithm")
                r, s = (int.from_bytes(self.signature[i : i + 32], "big") for i in (0, 32))
                public.verify(utils.encode_dss_signature(r, s), self.signed, ec.ECDSA(SHA256()))
        except InvalidSignature as error: raise Invalid("signature") from error
        return self


def form(data, *types, tag=None):
    """A statement's content: its name, version 1, then items of these types."""
    x = items(dec(data), *([str, int] if tag else [int]), *types)
    need(x[: 2 if tag else 1] == ([tag, 1] if tag else [1]), "name or version")
    return x[2 if tag else 1 :]


class Changeset:
    def __init__(self, data):
        envelope, self.packed = items(dec(data), bytes, bytes)
        self.envelope = e = Envelope(envelope, "changeset", 16384)
        need(e.headers.get(258) == -16 and len(e.content) == 32 and isinstance(e.headers.get(HEADER), bytes), "payload")
        (self.network, self.node, self.epoch, self.place, self.sequence, self.predecessor, self.length, self.count, self.credential, _, checkpoint,
         self.rehearsal, resumes) = form(e.headers[HEADER], bytes, bytes, bytes, list, int, None, int, int, bytes, int, None, bool, list)
        hashes([self.network, self.node, self.credential] + [h for h in (self.predecessor, checkpoint) if h is not None])
        need(len(self.epoch) == 16 and partition(self.place) and self.length <= 1 << 24 and self.count <= 4096, "header")
        need(self.sequence >= 1 and (self.sequence == 1) == (self.predecessor is None) and (self.sequence == 1 or not resumes), "sequence")
        hashes(head for _, head in ascending([items(r, bytes, bytes) for r in resumes]))
        need(e.headers.get(15, {}).get(1) == self.node.hex(), "issuer")
        self.id, self.feed = e.id, sha(enc(["tk-feed", self.node, self.epoch, self.place]))

    carried = None    # the body of one that was summed up

    def operations(self, previous):
        if self.carried is not None: return body(self.carried, self.network, self.epoch, self.place, self.count, previous)
        need(len(self.packed) <= self.length + self.length // 128 + 512, "packed too long")
        try:
            unpacking = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
            data = unpacking.decompress(self.packed)
        except zstandard.ZstdError as error: raise Invalid("zstd") from error
        need(unpacking.eof and not unpacking.unused_data and len(data) == self.length and sha(data) == self.envelope.content, "body")
        return body(data, self.network, self.epoch, self.place, self.count, previous)


def credential(x):
    version, subject, title, signing, sealing, receives, writes, issues, start, end, lineage, heads, consents = items(
        x, int, bytes, str, bytes, bytes, list, list, None, int, None, int, list, list)
    region, lines = items(receives, str, None)
    units = [items(w, str, str, bool) for w in writes]
    need(version == 1 and lineage <= 2 and all(-(1 << 31) <= d < 1 << 31 for d in (start, end or 0)), "credential")
    need(all(map(name, [region, *ascending(lines or []), *ascending([u[0] for u in units]), *(u[1] for u in units)])), "names")
    if issues is not None: need(name(items(issues, str, int)[0]) and 0 <= issues[1] <= 8, "may issue")
    return hashes([subject, *ascending(heads)]) and x


def signed_root(data):
    """The signatures of a root statement: one, or 2 to 16 over one content, ascending by key id."""
    if data[:1] and data[0] >> 5 != 4: return [Envelope(data, "root")]
    listed = [Envelope(part, "root") for part in dec(data)]
    need(2 <= len(listed) <= 16 and len({e.content for e in listed}) == 1, "signatures")
    ascending([e.headers[4] for e in listed])
    return listed


def root(envelopes, previous=None):
    envelope = envelopes[0]
    number, before, nonce, rules, rehearsal, threshold, keys, grant = form(envelope.content, int, None, bytes, int, bool, int, list, list, tag="tk-root")
    need(len(nonce) == 16 and 1 <= len(set(keys)) == len(keys) <= 16 and 1 <= threshold <= len(keys), "root")
    last = form(previous[0].content, *[None] * 8, tag="tk-root") if previous else None
    signers, needed = (last[6], last[5]) if last else (keys, threshold)
    need(number == (last[0] if last else 0) + 1, "number")
    need(before == (sha(previous[0].content) if previous else None), "chain")
    for one in envelopes: one.verify(next((k for k in signers if sha(k) == one.headers[4]), b""))
    need(len(envelopes) >= needed, "too few signatures")
    return sha(envelope.content), credential(grant), keys


# The log: Log.md, RFC 9162 §2.1.
# A tree is known by the number that RFC 9942 gives it: under SHA-256, or under SM3 beside it in a GM network.
SHA256_TREE, SM3_TREE = 1, -132905
TREES = {SHA256_TREE: sha, SM3_TREE: sm3}
NAMES = {SHA256_TREE: "sha256", SM3_TREE: "sm3"}
def leaf(identity, h=sha): return h(b"\0", identity)
def node(left, right, h=sha): return h(b"\1", left, right)
def tree(leaves, h=sha):
    if len(leaves) <= 1: return leaf(leaves[0], h) if leaves else h()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return node(tree(leaves[:k], h), tree(leaves[k:], h), h)


def inclusion(identity, index, size, proof, expected, h=sha):
    need(index < size, "index")
    fn, sn, r = index, size - 1, leaf(identity, h)
    for p in proof:
        need(sn > 0, "proof too long")
        if fn & 1 or fn == sn:
            r = node(p, r, h)
            while not fn & 1 and fn: fn, sn = fn >> 1, sn >> 1
        else: r = node(r, p, h)
        fn, sn = fn >> 1, sn >> 1
    need(sn == 0 and r == expected, "inclusion")


def climb(old, new, proof, h):
    """The roots at both sizes to which a path leads from its first hash."""
    fn, sn, fr, sr = old - 1, new - 1, proof[0], proof[0]
    while fn & 1: fn, sn = fn >> 1, sn >> 1
    for p in proof[1:]:
        need(sn > 0, "proof too long")
        if fn & 1 or fn == sn:
            fr, sr = node(p, fr, h), node(p, sr, h)
            while not fn & 1 and fn: fn, sn = fn >> 1, sn >> 1
        else: sr = node(sr, p, h)
        fn, sn = fn >> 1, sn >> 1
    need(sn == 0, "proof too short")
    return fr, sr


def consistency(old, new, old_root, new_root, proof, h=sha):
    need(0 < old <= new, "sizes")
    if old == new: return need(not proof and old_root == new_root, "same size")
    proof = ([old_root] if old & old - 1 == 0 else []) + proof
    need(proof, "empty")
    need(climb(old, new, proof, h) == (old_root, new_root), "consistency")


def proof_of(data, sort="consistency"):
    """A receipt's tree, owner, epoch, two numbers (sizes; or size and index) and path; the signature is over a root, which lies elsewhere."""
    e, label = Envelope(data, sort, 16384, detached=b""), {"inclusion": -1, "consistency": -2}[sort]
    need(e.headers.get(395) in TREES and list(e.unprotected) == [396] and list(e.unprotected[396]) == [label], "headers")
    claims, (proof,) = e.headers.get(15), items(e.unprotected[396][label], bytes)
    old, new, path = items(dec(proof), int, int, list)
    need(1 <= old < new and 1 <= len(hashes(path)) <= 65 if sort == "consistency" else 0 <= new < old and len(hashes(path)) <= 64, "proof")
    need(set(e.headers) == {1, 4, 15, 16, 395} and isinstance(claims, dict) and set(claims) == {1, 2} and all(isinstance(x, str) and set(x) <= set("0123456789abcdef") for x in claims.values()), "claims")
    need((len(claims[1]), len(claims[2])) == (64, 32), "owner and epoch")
    who, epoch = bytes.fromhex(claims[1]), bytes.fromhex(claims[2])
    return e, e.headers[395], who, epoch, old, new, path


def ask(envelope, network):
    """Who asks of whose log, from which sizes, for which checkpoints; the signature is not checked yet."""
    net, who, of, _, sizes, wanted = form(envelope.content, bytes, bytes, bytes, int, list, list, tag="tk-ask")
    need(net == network and max(len(sizes), len(wanted)) <= 512, "ask")
    need(all(len(epoch) == 16 and size >= 0 for epoch, size in ascending([items(size, bytes, int) for size in sizes])), "sizes")
    return *hashes([who, of]), sizes, hashes(ascending(wanted))


def snapshot(envelope, network):
    """Who sums up for whom, in which log, how many, the heads and the states; the signature is not checked yet."""
    net, who, to, _, inner, summed, states, heads = form(envelope.content, bytes, bytes, bytes, int, bytes, int, list, list, tag="tk-snapshot")
    def order(place): return place[0], place[1], place[2] if len(place) > 2 and place[2] else ""
    states = [(order(partition(place)), *hashes([derived])) for place, derived in (items(state, list, bytes) for state in states)]
    heads = [(order(partition(place)), *hashes([node]), epoch, head) for place, node, epoch, _, head in (items(h, list, bytes, bytes, int, bytes) for h in heads)]
    ascending([place for place, _ in states]), ascending(heads), hashes(head for *_, head in heads)
    need(net == network and summed >= 0 and {place for place, _ in states} == {place for place, *_ in heads}, "snapshot")
    return *hashes([who, to]), Envelope(inner, "checkpoint"), summed, states, heads


def unsigned(protected, carried):
    changeset = Changeset(enc([enc(CBORTag(18, [protected, {}, sha(carried), b""])), b""]))
    changeset.carried = carried
    return changeset


def summary(data, last=None):
    """The changesets of a page, made again without their signatures; the first may follow `last`, of the page before."""
    length, packed = items(dec(data), int, bytes)
    need(length <= 4 << 20 and len(packed) <= length + length // 128 + 512, "page")
    try:
        unpacking = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
        content = unpacking.decompress(packed)
    except zstandard.ZstdError as error: raise Invalid("zstd") from error
    need(unpacking.eof and not unpacking.unused_data and len(content) == length, "length")
    found = []
    for protected, follows, carried in (items(row, bytes, bool, bytes) for row in dec(content)):
        changeset = unsigned(protected, carried)
        if follows:
            need(last is not None and changeset.predecessor == bytes(32), "follows nothing")
            headers = dict(dec(protected))
            header = dec(headers[HEADER])
            headers[HEADER] = enc([*header[:6], last, *header[7:]])
            changeset = unsigned(enc(headers), carried)
        need(len(carried) == changeset.length and len(carried) <= 1 << 20, "body")
        last = changeset.id
        found.append(changeset)
    return found


def split(data, network):
    """Evidence of two logs: two signed checkpoints of one node and epoch, and why they are not of one log."""
    first, second, path = form(data, list, list, list, tag="tk-evidence")
    sides = []
    for cose_key, inner in (items(side, bytes, bytes) for side in (first, second)):
        envelope = Envelope(inner, "checkpoint")
        who, size, tops = checkpoint(envelope, cose_key, network)
        sides.append((who, dec(envelope.content)[4], size, envelope.id, tops, sha(cose_key)))
    (who, epoch, old, id1, older, key1), (who2, epoch2, new, id2, newer, key2) = sides
    need(who == who2 and epoch == epoch2 and (old, id1) < (new, id2), "one node, one epoch, in order")
    both = sorted(older.keys() & newer.keys(), reverse=True)
    if old == new:
        shown = [t for t in both if older[t] != newer[t] and not path]
    else:
        need(old & old - 1 and 1 <= len(hashes(path)) <= 65, "a path that tells the old root")
        roots = {t: climb(old, new, path, TREES[t]) for t in both}
        shown = [t for t in both if roots[t][1] == newer[t] and roots[t][0] != older[t]]
    need(shown, "nothing is shown")
    return [NAMES[t] for t in shown], who, key1, key2


def fork(data):
    """Evidence of a fork: two signed changesets of one feed and sequence."""
    pair = []
    for cose_key, envelope in (items(side, bytes, bytes) for side in form(data, list, list, tag="tk-fork")):
        pair.append(Changeset(enc([envelope, b""])))
        pair[-1].envelope.verify(cose_key)
    one, other = pair
    need((one.network, one.feed, one.sequence) == (other.network, other.feed, other.sequence) and one.id < other.id, "one feed, one sequence, in order")
    return one, [one.id, other.id], {c.envelope.headers[4] for c in pair}


def checkpoint(envelope, cose_key, network, by=None, trees=None):
    """Whose, of what size, and the roots by tree; `trees` are those that the network's logs are kept under, if they are known."""
    content = envelope.verify(cose_key).content
    more = [bytes] * (len(dec(content)) - 9)
    need(len(more) <= 1, "items")
    net, who, epoch, size, top, written, own, *sm3_root = form(content, bytes, bytes, bytes, int, bytes, int, list, *more, tag="tk-checkpoint")
    need(net == network and by in (None, who) and len(epoch) == 16 and size < 1 << 63, "of another network or node, or too long")
    tops = dict(zip((SHA256_TREE, SM3_TREE), hashes([top, *sm3_root])))
    need(trees in (None, list(tops)), "roots of another network")
    return all(hashes(items(pair, bytes, bytes)) for pair in ascending(own)) and (who, size, tops)


def receipt(envelope, cose_key, network, other_key=None, trees=None):
    net, who, to, inner, written, accepted, waiting, refused = form(
        envelope.verify(cose_key).content, bytes, bytes, None, bytes, int, list, list, list, tag="tk-receipt")
    need(net == network, "network")
    inner = Envelope(inner, "checkpoint")
    _, size, tops = checkpoint(inner, other_key(who, inner) if other_key else cose_key, network, by=who, trees=trees)
    for place, feed_node, epoch, sequence, top_id, index, *proofs in (items(a, list, bytes, bytes, int, bytes, int, *[list] * len(tops)) for a in accepted):
        for (number, top), proof in zip(tops.items(), proofs):
            need(partition(place) and len(proof) <= 64, "accepted")
            inclusion(top_id, index, size, hashes(proof), top, TREES[number])
    return who, accepted, waiting, refused


# Bundles: Bundle.md.
def frame_digest(kind, payload):
    number = next(n for n, name_ in TYPES.items() if name_ == kind)
    return sha(MARKER, enc(number), enc(payload))


def frames(data):
    """(offset, type, payload) of each whole frame; (offset, None, length) of what is damaged between them."""
    at, bad = 0, None
    while at < len(data):
        try:
            need(data.startswith(MARKER, at), "no frame")
            kind, place = take(data, at + len(MARKER))
            payload, end = take(data, place)
            digest, place = take(data, end)
            need(isinstance(payload, bytes) and digest == sha(data[at:end]) and kind in TYPES, "frame")
            if bad is not None: yield bad, None, at - bad
            yield at, TYPES[kind], payload
            at, bad = place, None
        except (Invalid, TypeError):
            bad = at if bad is None else bad
            at = next((i for i in range(at + 1, len(data)) if data[i] == 0x84), len(data))
    if bad is not None: yield bad, None, len(data) - bad


class Reader:
    """Goes through a bundle once, in its order: what an item needs came before it."""

    def __init__(self, network=None, root_key=None):
        self.network, self.root_key, self.report = network, root_key, {"items": [], "damaged": [], "complete": False}
        self.keys, self.held, self.previous_root, self.digest, self.count, self.sender, self.closed = {}, {}, None, bytes(32), 0, None, False
        self.roots, self.trees, self.last, self.unvouched = {}, [SHA256_TREE], None, set()

    def read(self, data):
        for at, kind, payload in frames(data):
            if kind is None or self.closed: self.report["complete"] = False
            if kind is None:
                self.report["damaged"].append({"offset": at, "length": payload})
                continue
            entry = {"offset": at, "type": kind, "verdict": "valid"}
            try: getattr(self, kind)(payload, entry)
            except Invalid as error: entry.update(verdict="invalid", reason=str(error))
            self.report["items"].append(entry)
            if kind != "trailer": self.digest, self.count = sha(self.digest, frame_digest(kind, payload)), self.count + 1
        return self.report

    def header(self, data, entry):
        network, self.sender, to, written, volume = form(data, bytes, bytes, None, int, int, tag="tkb")
        need(volume >= 1, "volume")
        need(self.network in (None, network), "another network")
        self.claimed = network
        entry.update(network=network.hex(), sender=self.sender.hex())

    def rootStatement(self, data, entry):
        envelope = signed_root(data)
        identity, grant, keys = root(envelope, self.previous_root)
        if self.previous_root is None:
            need((self.network or self.claimed) == identity and self.root_key in (None, *keys), "another root")
            self.network = identity
            # A GM network: every key of root statement 1 is SM2.
            if all(dec(each).get(-1) == -132918 for each in keys): self.trees = [SHA256_TREE, SM3_TREE]
        self.previous_root, self.keys[identity] = envelope, (grant[1], grant[3])

    def changeset(self, data, entry):
        c = Changeset(data)
        self.enter(c, entry)
        # Whoever signs one vouches for all that lie below it.
        while c and c.predecessor in self.unvouched:
            self.unvouched.discard(c.predecessor)
            c = self.held[c.predecessor][0]

    def enter(self, c, entry):
        entry.update(id=c.id.hex(), feed=c.feed.hex(), sequence=c.sequence, count=c.count)
        need(c.network == self.network and c.credential in self.keys, "another network, or no such credential before it")
        subject, cose_key = self.keys[c.credential]
        need(subject == c.node, "another node's credential")
        if c.carried is None: c.envelope.verify(cose_key)
        need(sha(cose_key) == c.envelope.headers[4], "another key than the credential's")
        before = self.held.get(c.predecessor)
        if c.predecessor is not None: need(before and before[0].feed == c.feed and before[0].sequence + 1 == c.sequence, "predecessor")

        def previous(delta, index):
            step = c
            for _ in range(delta):
                need(step.predecessor in self.held, "next points outside its feed")
                step = self.held[step.predecessor][0]
            need(index < len(self.held[step.id][1]), "next points beyond its changeset")
            return self.held[step.id][1][index]

        operations = c.operations(previous)
        self.held[c.id] = c, operations
        entry["operations"] = [o.id.hex() for o in operations]
        for o in operations:
            for wire, x in o.fields:
                if o.kind == "credential" and wire == 16 << 2 | 1 and isinstance(x, bytes):
                    grant = credential(dec(x))
                    self.keys[o.id] = grant[1], grant[3]

    def by(self, who, envelope): return next((k for n, k in self.keys.values() if n == who and sha(k) == envelope.headers[4]), b"")

    def checkpoint(self, data, entry):
        envelope = Envelope(data, "checkpoint")
        content = dec(envelope.content)
        who = items(content, *[None] * len(content))[3]
        _, size, top = checkpoint(envelope, self.by(who, envelope), self.network, trees=self.trees)
        tops = self.roots.setdefault((who, dec(envelope.content)[4], size), [])
        if tops and tops[0] != top: entry["twoLogs"] = True
        tops.append(top)
        entry.update(id=envelope.id.hex(), node=who.hex())

    def consistency(self, data, entry):
        e, number, who, epoch, old, new, path = proof_of(data)
        need((who, epoch, new) in self.roots and number in self.trees, "no checkpoint of the newer size before it")
        for top in (tops[number] for tops in self.roots[who, epoch, new]):
            try: Envelope(data, "consistency", 16384, detached=top).verify(self.by(who, e))
            except Invalid: continue
            for older in self.roots.get((who, epoch, old), []):
                # The file is whole; it shows two logs.
                try: consistency(old, new, older[number], top, path, TREES[number])
                except Invalid: entry["twoLogs"] = True
            return entry.update(node=who.hex(), older=old, newer=new)
        raise Invalid("signature")

    def ask(self, data, entry):
        envelope = Envelope(data, "ask")
        who, of, *_ = ask(envelope, self.network)
        need(any(n == of for n, _ in self.keys.values()), "a stranger's log")
        envelope.verify(self.by(who, envelope))
        entry.update(node=who.hex(), of=of.hex())

    def snapshot(self, data, entry):
        envelope = Envelope(data, "snapshot")
        who, to, inner, summed, _, tops = snapshot(envelope, self.network)
        envelope.verify(self.by(who, envelope))
        checkpoint(inner, self.by(who, inner), self.network, who, self.trees)
        entry.update(node=who.hex(), to=to.hex(), summed=summed, heads=[h[-1].hex() for h in tops])

    def summary(self, data, entry):
        entry["changesets"] = []
        for c in summary(data, self.last):
            self.last, inner = c.id, {}
            self.enter(c, inner)
            self.unvouched.add(c.id)
            entry["changesets"].append(inner)

    def evidence(self, data, entry):
        _, who, *keys = split(data, self.network)
        need(all(any(n == who and sha(k) == print for n, k in self.keys.values()) for print in keys), "a stranger's key")
        entry.update(node=who.hex())

    def receipt(self, data, entry):
        envelope = Envelope(data, "receipt")
        _, accepted, waiting, refused = receipt(envelope, self.by(items(dec(envelope.content), *[None] * 10)[3], envelope), self.network, self.by, self.trees)
        entry.update(heads=[a[4].hex() for a in accepted], waiting=len(waiting), refused=len(refused))

    def request(self, data, entry): raise Invalid("a request travels alone")
    def heads(self, data, entry): raise Invalid("heads are for carriers that can answer")
    def trailer(self, data, entry):
        last, self.closed = not self.closed, True
        envelope = Envelope(data, "trailer")
        content = items(dec(envelope.verify(self.by(self.sender, envelope)).content), int, bytes, bool)
        need(last and content[:2] == [self.count, self.digest], "trailer")
        need(not self.unvouched, "summed up, and nothing signed stands above it")
        self.report["complete"] = not self.report["damaged"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=pathlib.Path)
    parser.add_argument("--network", type=bytes.fromhex)
    parser.add_argument("--root", type=bytes.fromhex)
    parser.add_argument("--vectors", type=pathlib.Path)
    given = parser.parse_args()
    if (given.file is None) == (given.vectors is None): parser.error("a bundle or --vectors")
    if given.vectors:
        import vectors
        return vectors.run(given.vectors)
    print(json.dumps(report := Reader(given.network, given.root).read(given.file.read_bytes()), indent=1))
    return 0 if report["complete"] and all(i["verdict"] != "invalid" for i in report["items"]) else 1


if __name__ == "__main__":
    sys.exit(main())
