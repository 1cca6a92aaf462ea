"""Verifies archives of Tiaokuai without a line of Tiaokuai: written from the pages in formats/ and from nothing else.
    python3 verify.py ARCHIVE [ARCHIVE OF AN EARLIER YEAR ...] --root HEX
HEX: the network's id, or the thumbprint of a root key that signed its first root statement; from a source that you trust, never from the archive. Needs cbor2 6,
cryptography, zstandard. Each finding is a line with its place: FAULT is wrong, NOTE is to be known. Exit status: 0 no fault, 1 faults, 2 wrong usage. Not judged: SM2
signatures, trees under SM3 (counted); sealed values; what work comes to; which place lies in which, whether a unit was free (Credential.md 1, 4, 5, 8 as far as that). """
import sys
if __name__ == "__main__": del sys.path[0]   # An archive's folder is no place to import from.
import argparse, base64, collections, datetime, functools, hashlib, io, itertools, json, mmap, pathlib
try: import cbor2, zstandard; from cryptography.exceptions import InvalidSignature; from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils; from cryptography.hazmat.primitives.hashes import SHA256
except ImportError as error: sys.exit(print(f"{error.name} is lacking: python3 -m pip install 'cbor2>=6' cryptography zstandard", file=sys.stderr) or 2)
MARKER, HEADER, P, SM2 = b"\x84\x67tk-item", -70001, 2**255 - 19, -132918
KINDS = {0: "header", 1: "rootStatements", 2: "changesets", 3: "checkpoints", 4: "receipts", 7: "consistencyReceipts", 9: "evidence"}
SMALL = [0, 1, P - 1, *(int(h, 16) for h in ("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7"))]
RAW = {tag: lambda x, _, tag=tag: cbor2.CBORTag(tag, x) for tag in (*range(6), 25, *range(28, 38), 100, 256, *range(258, 262), 1004, 43000, 55799)}   # Tags stay tags.
Operation, Cut = collections.namedtuple("Operation", "id record kind unit fields"), collections.namedtuple("Cut", "credential subject heads by unit")
Grant = collections.namedtuple("Grant", "id subject key writes issues lineage heads consents by unit")
class Invalid(Exception): pass
BROKEN = (Invalid, cbor2.CBORError, zstandard.ZstdError, InvalidSignature, LookupError, ValueError, TypeError, AttributeError, StopIteration, ArithmeticError, OSError, RecursionError)
def need(condition, what):
    if not condition: raise Invalid(what)
def broken(what, *given):   # Why something doesn't hold; None where it does.
    try: what(*given)
    except BROKEN as error: return str(error) if isinstance(error, (Invalid, OSError)) else f"malformed, or the signature does not hold ({error!r})"
def load(path): return need(path.is_file() and not path.is_symlink(), f"{path}: not a file") or path.read_bytes()
def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()
def enc(x): return cbor2.dumps(x, canonical=True)   # Deterministic CBOR (Changeset.md, RFC 8949 4.2.1): what is read must be what this writes.
def item(stream):
    at, x = stream.tell(), cbor2.CBORDecoder(stream, semantic_decoders=RAW).decode()
    return need(stream.getbuffer()[at : stream.seek(at + len(spelled := enc(x)))] == spelled, "not deterministic CBOR") or x
def dec(data):
    return (item(stream := io.BytesIO(data)), need(stream.tell() == len(data), "leftover"))[0]
def key(data):   # Credential.md: a COSE_Key of nothing but what its thumbprint covers; None for an SM2 key.
    k = dec(data)
    need(all(isinstance(k.get(c, bytes(32)), bytes) and len(k.get(c, bytes(32))) == 32 for c in (-2, -3)), "coordinate")
    y, sort = int.from_bytes(k[-2], "little") & (1 << 255) - 1, (k[1], k[-1], *sorted(k)[:-1])
    if sort == (1, 6, -2, -1) and y < P and y not in SMALL: return ed25519.Ed25519PublicKey.from_public_bytes(k[-2])
    need(sort in ((2, 1, -3, -2, -1), (2, SM2, -3, -2, -1)), "not a key")
    return None if k[-1] == SM2 else ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\4" + k[-2] + k[-3])
class Envelope:   # A COSE_Sign1; `content` is its payload, `id` the hash of what is signed.
    unjudged = collections.Counter()
    def __init__(self, data, kind, limit=4 << 20, detached=None):
        tagged = dec(data)
        need(len(data) <= limit and tagged.tag == 18, "not a COSE_Sign1 within the limit")
        protected, self.unprotected, content, self.signature = tagged.value
        self.kind, self.content, self.headers = kind, content if detached is None else detached, (h := dec(protected))
        need((isinstance(content, bytes) and not self.unprotected if detached is None else content is None) and 2 not in h and h[16] == f"application/tiaokuai-{kind}", "headers")
        self.signed, self.id = (signed := enc(["Signature1", protected, b"", self.content])), sha(signed)
    def verify(self, cose_key):
        need(sha(cose_key) == self.headers[4], "signed by another key")
        public, algorithm, s = key(cose_key), self.headers[1], self.signature
        need(algorithm in ((SM2,) if public is None else (-8, -19) if isinstance(public, ed25519.Ed25519PublicKey) else (-7, -9)) and len(s) == 64, "algorithm")
        if public is None: Envelope.unjudged[f"SM2 signatures, {self.kind}"] += 1
        elif algorithm in (-8, -19): public.verify(s, self.signed)
        else: public.verify(utils.encode_dss_signature(int.from_bytes(s[:32], "big"), int.from_bytes(s[32:], "big")), self.signed, ec.ECDSA(SHA256()))
        return self
leaf, node = lambda identity: sha(b"\0", identity), lambda left, right: sha(b"\1", left, right)   # Log.md, RFC 9162 2.1
def half(size): return 1 << (size - 1).bit_length() - 1   # The largest power of two below it.
def rooted(identity, index, size, path):   # The root to which an inclusion path leads.
    if size <= 1 or not path: return need(not path and (index, size) == (0, 1), "length of the path") or leaf(identity)
    if index < half(size): return node(rooted(identity, index, half(size), path[:-1]), path[-1])
    return node(path[-1], rooted(identity, index - half(size), size - half(size), path[:-1]))
def grown(old, new, path, whole):   # The roots of the older and the newer log to which a consistency path leads; `whole` is the older root where the path leaves it out.
    if old == new: return need(len(path) == (whole is None), "length of the path") or (whole or path[0],) * 2
    if old <= half(new):
        before, after = grown(old, half(new), path[:-1], whole)
        return before, node(after, path[-1])
    before, after = grown(old - half(new), new - half(new), path[:-1], None)
    return node(path[-1], before), node(path[-1], after)
def planes(data):   # A column's values, from its planes; without any all are zero.
    return (int.from_bytes(data[1 + i :: (len(data) - 1) // data[0]], "little") for i in range((len(data) - 1) // data[0])) if data[0] else itertools.repeat(0)
def zigzag(n): return -(n >> 1) - 1 if n & 1 else n >> 1
class Changeset:   # Changeset.md. Of bodies only policy is read, for the credentials in it; decimals are passed over.
    def __init__(self, payload, where):
        envelope, self.packed = dec(payload)
        self.envelope, self.operations = Envelope(envelope, "changeset", 16384), None
        (one, self.network, self.node, self.epoch, self.place, self.sequence, self.predecessor, self.length, self.count, self.credential, *_, self.resumes) = dec(self.envelope.headers[HEADER])
        h, is_first = self.envelope.headers, self.sequence == 1
        need(one == 1 and h[258] == -16 and h[15][1] == self.node.hex() and self.length <= 1 << 24 and self.sequence > 0 and is_first == (self.predecessor is None), "headers")
        self.id, self.feed = self.envelope.id, sha(enc(["tk-feed", self.node, self.epoch, self.place]))
        self.where = f"{where} changeset {self.id.hex()[:12]}, node {self.node.hex()[:8]}, {'/'.join(map(str, self.place))}, sequence {self.sequence}:"
    def body(self):
        data, unpacking = bytearray(), zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
        for at in range(0, len(self.packed), 256): data += need(len(data) <= self.length, "the body is longer than it says") or unpacking.decompress(self.packed[at : at + 256])
        return need(unpacking.eof and not unpacking.unused_data and len(data) == self.length and sha(data) == self.envelope.content, "the body is not what was signed") or data
    def read(self, body, previous):   # Restores the operations; `previous(delta)` are those of an earlier changeset of the feed.
        _, _, texts, ids, epochs, key_shapes, shapes, _, columns, stands = dec(body)
        flags, unit, person, written, shape, origin, delta, index, key_shape, key_text = map(planes, columns[:10])
        loose, sizes, listed, clock, counter = io.BytesIO(columns[10]), planes(columns[11]), planes(columns[12]), 0, 0
        fields = {(wire, sort): io.BytesIO(data) if sort == 3 else planes(data) for wire, sort, base, data in stands if sort > 1}
        def value(wire, sort): return None if sort < 2 else texts[next(fields[wire, 2])] if sort == 2 else item(fields[wire, 3])
        for flag in itertools.islice(flags, self.count):
            who, whom, clock, counter, before = texts[next(unit)], texts[next(person)], clock + zigzag(next(written)), counter + 1 + zigzag(next(origin)), None
            if flag & 1:
                record, kind = (before := (previous(back) if (back := next(delta)) else self.operations)[next(index)]).record, before.kind
            else:
                number, parts = key_shapes[next(key_shape)]
                kind, parts = texts[number], [texts[next(key_text)] if p is None else item(loose) if p is False else loose.read(p) for p in parts]
                record = sha(enc(["tk-record", self.network, self.place, kind, parts]))
            seen = [ids[next(listed)] for _ in range(next(sizes))] if flag & 2 else [before.id] if before else []
            names = [ids[next(listed)] for _ in range(next(sizes))] if flag & 4 else []
            under, made = ids[next(listed)] if flag & 8 else None, epochs[next(sizes)] if flag & 16 else self.epoch
            said = [[wire, value(wire, sort)] for wire, sort in shapes[next(shape)]]
            identity = sha(enc([1, record, who, whom, clock, [made, counter % (1 << 64)], under, seen, names, said]))
            self.operations.append(Operation(identity, record, kind, who, dict(said)))
class Trust:   # Credential.md: which credentials count, from the root down, and where they end.
    def __init__(self): self.network, self.roots, self.grants, self.cuts, self.held, self.valid, self.force = None, [], {}, [], {}, {}, []
    def grant(self, x, identity, by=None, unit=None):
        self.grants.setdefault(identity, Grant(identity, x[1], x[3], {w[0]: w[2] for w in x[6]}, x[7], x[10], tuple(x[11]), x[12], by, unit))
    @functools.lru_cache(maxsize=256)
    def ancestry(self, heads):
        seen, ahead = set(), list(heads)
        while ahead:
            if (one := ahead.pop()) not in seen and one in self.held: ahead += filter(None, (self.held[one].predecessor, *(r[1] for r in self.held[one].resumes)))
            seen.add(one)
        return seen
    def end(self, c):   # Why a changeset counts for nothing; None where it counts.
        named, order = self.valid.get(c.credential), list(self.valid)
        if named is None: return "without effect: its credential grants nothing"
        for cut in self.force:
            meant = self.valid[cut.credential].key if cut.credential in self.valid else named.key
            if cut.subject == c.node and meant == named.key and c.id not in self.ancestry(cut.heads): return "without effect: beyond a cut of its key"
        for g in (self.valid[later] for later in order[order.index(named.id) + 1 :]):
            if g.subject == c.node and g.lineage == 2 and c.id not in self.ancestry(g.heads): return "without effect: its credential was replaced"
    def agreed(self, g, keys):   # How many of the keys signed a consent in the credential.
        digest = sha(enc(["tk-consent", self.network, g.key, g.lineage, sorted(g.writes)]))
        return sum(any(not broken(lambda: need(Envelope(consent, "consent").verify(k).content == digest, "consent")) for consent in g.consents) for k in set(keys))
    def counts(self, g):
        valid, named = self.valid.values(), self.grants[g.by.credential]
        right, known = [h for h in valid if h.subject == g.by.node and h.key == named.key and h.issues], [h.key for h in valid if h.subject == g.subject]
        is_allowed = any(g.issues is None or g.issues[1] < h.issues[1] for h in right) and any(h.writes.get(g.unit) for h in valid if h.subject == g.by.node)
        if not is_allowed or self.end(g.by): return False
        if not known: return sha(g.key) == g.subject
        by_roots = any(h.by is None for h in right) and any(self.agreed(g, keys) >= threshold for threshold, keys in self.roots)
        return g.key in known or self.agreed(g, known) or by_roots
    def settle(self):   # The cuts in force decide what counts, and what counts decides which cuts are in force.
        for _ in range(9):
            self.valid, before, depth = {g.id: g for g in self.grants.values() if g.by is None}, self.force, {g.subject: 0 for g in self.grants.values() if g.by is None}
            while new := next((g for g in self.grants.values() if g.id not in self.valid and g.by.node in depth and self.counts(g)), None):
                self.valid[new.id], depth[new.subject] = new, min(depth.get(new.subject, 99), depth[new.by.node] + 1)
            governments = {unit for g in self.valid.values() for unit, governs in g.writes.items() if governs}
            self.force = [c for c in self.cuts if depth.get(c.by.node, 99) < depth.get(c.subject, -1) and c.unit in governments and not self.end(c.by)]
            if self.force == before: return
    def key(self, who, envelope):
        found = next((g.key for g in self.valid.values() if g.subject == who and sha(g.key) == envelope.headers[4]), None)
        return need(found, "no credential gives the node this key") or found
class Archive:   # Archive.md
    def __init__(self, folder, say):
        self.folder, self.frames, self.held = pathlib.Path(folder), collections.defaultdict(list), []
        self.facts = json.loads(load(self.folder / "archive.json"), object_pairs_hook=lambda pairs: need(len(dict(pairs)) == len(pairs), "a key twice in archive.json") or dict(pairs))
        need((self.facts["format"], self.facts["version"], self.facts.get("place") == "") == ("tiaokuai-archive", 1, False), f"{folder}: not an archive of version 1")
        listed = dict(line.split("  ", 1)[::-1] for line in load(self.folder / "SHA256SUMS").decode().split("\n") if line)
        here = {path.relative_to(self.folder).as_posix(): path for path in sorted(self.folder.rglob("*")) if path.is_symlink() or not path.is_dir() and path != self.folder / "SHA256SUMS"}
        for name in sorted(listed.keys() ^ here.keys()): say("FAULT", self.folder / name, "is not here" if name in listed else "is not in SHA256SUMS")
        for name, path in here.items(): self.look(name, path, listed.get(name), say)
    def look(self, name, path, digest, say):
        if path.is_symlink() or not path.is_file() or not path.stat().st_size: return say("FAULT", path, "is empty, or no file")
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            if hashlib.sha256(data).hexdigest() != digest: say("FAULT", path, "its digest is not the one in SHA256SUMS")
            if name.startswith("bundles/"): self.read(path, data, say) or name.endswith(".tkb") or say("FAULT", path, "is no bundle's name")
    def read(self, path, data, say):   # Bundle.md: frames, each with its digest; what lies between whole ones is named and passed over.
        at, damaged = 0, 0
        while 0 <= at < len(data):
            kind, length = (*data[at + 9 : at + 11], 0, 0)[:2]
            begin = at + 11 + (size := {24: 1, 25: 2, 26: 4}.get(length & 31, 0))
            end = begin + (int.from_bytes(data[at + 11 : begin], "big") if size else length & 31)
            whole = data[at : at + 9] == MARKER and kind in KINDS and length >> 5 == 2 and length & 31 < 27 and end - at < 1 << 25 and data[end : end + 34] == b"\x58\x20" + sha(data[at:end])
            if whole: self.frames[KINDS[kind]].append((f"{path}, byte {at}:", data[begin:end]))
            else: damaged += say("FAULT", f"{path}, byte {at}:", "damaged" + ", like 99 stretches before it: not looked at any further" * (damaged == 99)) or 1
            at = end + 34 if whole else data.find(MARKER, at + 1) if damaged < 100 else -1
    def tiles(self, level, count, width):   # C2SP tlog-tiles: 256 to a file, the last one as many as there are.
        def name(n): return f"x{n // 10**6:03}/" * (n >= 10**6) + f"x{n // 1000 % 1000:03}/" * (n >= 1000) + f"{n % 1000:03}" + f".p/{count % 256}" * (256 * n + 256 > count)
        data = b"".join(load(self.folder / f"log/tile/{level}/{name(n)}") for n in range(-(-count // 256)))
        return need(len(data) == width * count, f"tiles of level {level} are too short or too long") or [data[i : i + width] for i in range(0, len(data), width)]
    def root(self, size): return functools.reduce(lambda right, left: node(left, right), [row[(size >> n) - 1] for n, row in enumerate(self.levels) if size >> n & 1])
    def log(self, network, heads):   # Makes the tree again from its entries, and looks for its roots among the signed heads.
        f, who, epoch = self.facts, bytes.fromhex(self.facts["node"]), bytes.fromhex(self.facts["epoch"])
        self.entries = [entry[2:] for entry in self.tiles("entries", f["head"]["size"], 34)]
        self.levels = [[leaf(entry) for entry in self.entries]]
        while len(self.levels[-1]) > 1: self.levels.append([node(*pair) for pair in zip(self.levels[-1][::2], self.levels[-1][1::2])])
        for level, row in enumerate(self.levels[::8]): need(self.tiles(level, len(row), 32) == row, f"tiles of level {level} are not made of those below")
        need(self.entries[0] == sha(enc(["tk-genesis", network, who, epoch])), "the first entry is another log's")
        for one in filter(None, (f["head"], f.get("before"))):
            signed = heads.get((who, epoch, one["size"]), {}).get(bytes.fromhex(one["checkpoint"]))
            need(signed == self.root(one["size"]) == bytes.fromhex(one["root"]), f"the root of {one['size']} entries is not what archive.json and its checkpoint say")
        text = f"tiaokuai/{network.hex()}/{f['node']}/{f['epoch']}\n{f['head']['size']}\n{base64.b64encode(bytes.fromhex(f['head']['root'])).decode()}\n\n"
        need(load(self.folder / "log/checkpoint").startswith(text.encode()), "log/checkpoint is of another head")
        need(1 <= f["from"] < f["to"] <= f["head"]["size"] and f.get("before", {"size": 1})["size"] >= f["from"], "from and to in archive.json")
class Verifier:
    def __init__(self, folders, given):
        self.faults, self.heads, self.trust, self.loose, self.told, self.times = 0, {}, Trust(), 0, set(), set()
        self.archives = sorted((Archive(folder, self.say) for folder in folders), key=lambda a: (a.facts["year"], str(a.folder)))
        self.roots(given) or self.changesets()
        for kind, judge in zip(list(KINDS.values())[3:], (self.checkpoint, self.receipt, self.consistency, self.evidence)):
            for where, data in self.all(kind): self.trying(f"{where} {kind}:", judge, data)
        for (who, _, size), found in self.heads.items():
            if len(set(found.values())) > 1: self.say("NOTE", f"node {who.hex()[:8]}:", f"signed {len(found)} logs of {size} entries in one epoch")
        for before, a in zip([None, *self.archives], self.archives): self.trying(f"{a.folder}/log:", self.log, a, before)
        if self.loose: self.say("NOTE", "feeds:", f"{self.loose} changesets go on from others that are not in these archives")
    def say(self, level, where, what):   # Once each, and nothing in it steers a terminal.
        line = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in f"{level} {where} {what}")
        if line not in self.told: self.faults += print(line) or self.told.add(line) or level == "FAULT"
    def all(self, kind): return [frame for a in self.archives for frame in a.frames[kind]]
    def trying(self, where, what, *given):
        if reason := broken(what, *given): self.say("FAULT", where, reason)
    def roots(self, given):
        before, t = None, self.trust
        found = [[Envelope(part, "root") for part in (dec(data) if data[0] >> 5 == 4 else [data])] for _, data in self.all("rootStatements")]
        for number, signed in sorted({dec(signed[0].content)[2]: signed for signed in found}.items()):
            x, keys = dec(signed[0].content), {e.headers[4] for e in signed}
            threshold, signers = (before or x)[7:9]
            for e in signed: e.verify(next((k for k in signers if sha(k) == e.headers[4]), b""))
            is_next = (number, x[3]) == ((before[2] + 1, sha(enc(before))) if before else (1, None))
            need(is_next and {e.content for e in signed} == {signed[0].content} and len(keys) >= threshold, "the root statements are no chain, or lack signatures")
            need(before or given in (sha(signed[0].content), *keys), "another root than the one that was given")
            t.network, before = t.network or sha(signed[0].content), x
            t.roots.append((x[7], x[8])) or t.grant(x[9], sha(signed[0].content))
        need(before, "no root statement")
    def changesets(self):
        t, rest = self.trust, None
        for a in self.archives:
            for where, data in a.frames.pop("changesets", []): self.trying(where, lambda: a.held.append(t.held.setdefault((c := Changeset(data, where)).id, c)))
        waiting = list(t.held.values())
        while rest != waiting: rest, waiting = waiting, [c for c in waiting if not self.take(c)]
        for c in waiting: self.say("FAULT", c.where, "the credential that it is signed under is not here")
        t.settle()
        branches = collections.Counter((c.feed, c.sequence) for c in t.held.values())
        for c in t.held.values():
            before = t.held.get(c.predecessor)
            if branches[c.feed, c.sequence] > 1: self.say("NOTE", c.where, "one of several branches of a forked feed")
            if c.operations is not None and (reason := t.end(c)): self.say("NOTE", c.where, reason)
            if before and (before.feed, before.sequence + 1) != (c.feed, c.sequence): self.say("FAULT", c.where, "its predecessor is not the one before it")
            self.loose += before is None and c.predecessor is not None
    def take(self, c):   # Checks what can be checked: its credential is here, and of policy what came before it.
        before = self.trust.held.get(c.predecessor)
        if c.credential not in self.trust.grants or c.place[0] == 0 and before and before.operations is None: return False
        c.operations = []
        return self.trying(c.where, self.check, c, self.trust.grants[c.credential]) or True
    def check(self, c, grant):
        need(c.network == self.trust.network and grant.subject == c.node, "of another network, or under another node's credential")
        body = c.envelope.verify(grant.key) and c.body()
        def previous(delta): return functools.reduce(lambda at, _: self.trust.held[at.predecessor], range(delta), c).operations
        if c.place[0] == 0 and broken(c.read, body, previous): return self.say("NOTE", c.where, "without effect: its operations can't be restored")
        for o in c.operations:
            if o.kind == "credential" and o.fields.get(65): self.trust.grant(dec(o.fields[65]), o.id, c, o.unit)
            if o.kind == "cut" and o.fields.get(65): self.trust.cuts.append(Cut(*(x := dec(o.fields[65]))[1:3], tuple(x[3]), c, o.unit))
    def statement(self, data, kind):   # A statement of Log.md, under a key that a credential gives its node: its content, and its identity.
        x = dec((e := Envelope(data, kind)).content)
        return need(x[:3] == [f"tk-{kind}", 1, self.trust.network], "name, version or network") or (x[3:], e.verify(self.trust.key(x[3], e)).id)
    def checkpoint(self, data):
        (who, epoch, size, root, written, _, *more), identity = self.statement(data, "checkpoint")
        Envelope.unjudged["trees under SM3"] += len(more)
        self.heads.setdefault((who, epoch, size), {})[identity] = root
        return self.times.add((who.hex(), epoch.hex(), size, written)) or (who, size, root)
    def receipt(self, data):
        (who, _, inner, _, accepted, _, _), _ = self.statement(data, "receipt")
        signer, size, root = self.checkpoint(inner)
        need(signer == who, "the checkpoint in it is another node's")
        for _, _, _, _, identity, index, path, *_ in accepted: need(rooted(identity, index, size, path) == root, "a path leads to another root")
    def consistency(self, data):
        h = (e := Envelope(data, "consistency", detached=b"")).headers
        if h[395] != 1: return Envelope.unjudged.update(["trees under SM3"])
        log, (old, new, path) = (bytes.fromhex(h[15][1]), bytes.fromhex(h[15][2])), dec(e.unprotected[396][-2][0])
        olds, news = (list(self.heads.get((*log, size), {}).values()) for size in (old, new))
        news = [top for top in news if not broken(lambda: Envelope(data, "consistency", detached=top).verify(self.trust.key(log[0], e)))]
        need(news, "it is signed over no root that is here")
        fits = [one for one in olds if grown(old, new, path, None if old & old - 1 else one) == (one, news[0])]
        need(fits or not olds, "the log of the older checkpoint is not the beginning of the newer one's")
    def evidence(self, data):
        for k, inner in dec(data)[2:4]: self.say("NOTE", f"key {sha(k).hex()[:8]}:", f"signed one of two logs of one epoch, {sha(Envelope(inner, 'checkpoint').verify(k).content).hex()[:8]}")
    def log(self, a, before):
        f, held, _ = a.facts, self.trust.held, a.log(self.trust.network, self.heads)
        begin, end = (datetime.datetime(f["year"] + n, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=8))).timestamp() * 1000 for n in (0, 1))
        own = [(size, written) for who, epoch, size, written in self.times if (who, epoch) == (f["node"], f["epoch"])]
        earlier, within = (max((size for size, written in own if written < limit), default=0) for limit in (begin, end))
        for one in filter(None, (f["head"], f.get("before"))): need((one["size"], one["written"]) in own, "no checkpoint was written when archive.json says")
        need(f["isOver"] == (f["to"] < f["head"]["size"] or f["head"]["written"] >= end), "its head does not show what archive.json says of the year being over")
        wrong = [size for size, written in own if written < end and size > f["to"] or written >= end and within < size < f["to"] or written >= begin and earlier < size < f["from"]]
        need(not wrong and earlier <= f["from"] and (f.get("place") or f["changesets"] == f["to"] - f["from"]), "by the node's checkpoints the year has other entries than from and to in archive.json")
        lacking, at = [n for n in range(f["from"], f["to"]) if a.entries[n] not in held], {identity: n for n, identity in enumerate(a.entries)}
        for c in a.held:   # A feed has no gap within the year, and of policy none from the beginning on.
            n = -1 if c.predecessor in held else at.get(c.predecessor, -1)
            if c.id not in at: self.say("FAULT", c.where, "is not in the log")
            if n < f["to"] and (n >= f["from"] or n > 0 and c.place[0] == 0): self.say("FAULT", c.where, "the changeset before it is lacking")
        if f.get("place"): lacking = self.say("NOTE", a.folder, f"holds {f['place']} and below only: {len(lacking)} entries of the year are not in it, and none would be missed") or []
        for n in lacking: self.say("FAULT", f"{a.folder}, log entry {n}:", f"changeset {a.entries[n].hex()[:12]} is lacking")
        if before is None: return f.get("before") and self.say("NOTE", a.folder, "goes on from the archive of an earlier year: give that too, to compare the logs")
        b, lacking = before.facts, len(set(before.entries[1:]) - at.keys())
        need(b["node"] == f["node"] and not lacking, f"{lacking} entries of {before.folder} are not in this log, or it is another node's")
        need(b["epoch"] != f["epoch"] or a.root(b["head"]["size"]).hex() == b["head"]["root"] and f["from"] == b["to"], f"does not go on from {before.folder}")
def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", nargs="+") and parser.add_argument("--root", type=bytes.fromhex, required=True)
    given = parser.parse_args()
    if len(given.root) != 32 or not all(pathlib.Path(a, "archive.json").is_file() for a in given.archive): parser.error("an archive's folder, and 64 hexadecimal digits for --root")
    try: v = Verifier(given.archive, given.root)
    except BROKEN as error: return print("FAULT", error) or 1
    for what, count in (+Envelope.unjudged).items(): print(f"NOTE not judged: {count} {what}")
    return print(f"{len(v.trust.held)} changesets, {sum(map(len, v.heads.values()))} checkpoints, a log of {v.archives[-1].facts['head']['size']}: {v.faults} faults") or v.faults > 0
if __name__ == "__main__": sys.exit(main())
