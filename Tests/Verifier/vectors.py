"""Every golden file against what it says: the same verdict, and the same identities. `verify.py --vectors` runs it."""
import collections, json
from cryptography.exceptions import InvalidSignature
from operations import Invalid, Operation, ascending, body, dec, enc, hashes, items, name, need, operation, partition, sha
from verify import (Changeset, Envelope, Reader, ask, checkpoint, consistency, credential, fork, form, frames, inclusion, key, leaf, proof_of, receipt, root,
                    signed_root, snapshot, split, summary, tree, TREES)
from sm import sm3


def chunks(data): return [data[i : i + 32] for i in range(0, len(data), 32)]


def resolver(text):
    known = {}
    for entry in text.split():
        delta, index, identity, record, kind = entry.split(",")
        known[int(delta), int(index)] = Operation(bytes.fromhex(identity), None, bytes.fromhex(record), kind, None, None)

    def previous(delta, index):
        need((delta, index) in known, "next points outside its feed")
        return known[delta, index]

    return previous


class Judge:
    """One method for each kind of file: what the bytes give, or Invalid."""

    def operation(self, b, g): return {"id": [operation(dec(b))]}
    def partition(self, b, g): return partition(dec(b)) and {}

    def record(self, b, g):
        need(dec(b) == ["tk-record", g["network"], dec(g["partition"]), g["kind"], dec(g["key"])], "record")
        return {"id": [sha(b)]}

    def feed(self, b, g):
        need(dec(b) == ["tk-feed", g["node"], g["epoch"], dec(g["partition"])], "feed")
        return {"id": [sha(b)]}

    def heads(self, b, g):
        listed = [items(h, list, bytes, bytes, int, bytes) for h in dec(b)]
        ascending([(p[0], p[1], p[2] if len(p) > 2 and p[2] else "", n, e, h) for p, n, e, _, h in listed])
        return {"heads": [h[4] for h in listed]}

    def body(self, b, g):
        found = body(b, g["network"], g["epoch"], dec(g["partition"]), int(g["count"]), resolver(g["previous"]))
        return {"ids": [o.id for o in found], "forms": [o.form for o in found]}

    def changeset(self, b, g):
        c = Changeset(b)
        need(c.network == g["network"] and c.rehearsal == (g["rehearsal"] == "true") and c.node == g["subject"], "not for this receiver")
        c.envelope.verify(g["key"])
        found = c.operations(resolver(g["previous"]))
        return {"id": [c.id], "ids": [o.id for o in found], "forms": [o.form for o in found]}

    def key(self, b, g): return key(b) and {"node": [sha(b)]}

    def root(self, b, g):
        identity, grant, _ = root(signed_root(b), signed_root(g["previous"]) if "previous" in g else None)
        return {"content": [identity], "credential": [enc(grant)]}

    def credential(self, b, g):
        grant = credential(dec(b))
        return {"subject": [grant[1]], "writes": [unit[0] for unit in grant[6]]}

    def consent(self, b, g):
        digest = sha(enc(["tk-consent", g["network"], g["signingKey"], int(g["lineage"]), sorted(g["units"].split())]))
        need(Envelope(b, "consent").verify(g["key"]).content == digest, "another consent")
        return {"digest": [digest]}

    def cut(self, b, g):
        cut, subject, heads, reason = form(b, bytes, bytes, list, str)
        return {"heads": hashes(ascending(heads))}

    def request(self, b, g):
        envelope = Envelope(b, "request")
        title, signing, sealing, region, lines, writes, *_, node = form(
            envelope.content, str, bytes, bytes, str, None, list, None, int, int, list, None, tag="tk-request")
        envelope.verify(signing)
        need(name(region) and ascending(lines or []) is not None, "names")
        ascending([unit[0] for unit in writes])
        digits = sha(b).hex()
        return {"subject": hashes([sha(signing) if node is None else node]), "phone": ["-".join(digits[i : i + 4] for i in (0, 4, 8))]}

    def genesis(self, b, g):
        need(dec(b) == ["tk-genesis", g["network"], g["node"], g["epoch"]], "genesis")
        return {"id": [sha(b)], "leaf": [leaf(sha(b))]}

    def hash(self, g): return {"sha256": sha, "sm3": sm3}[g.get("hash", "sha256")]
    def trees(self, g): return [{"sha256": 1, "sm3": -132905}[name] for name in g.get("hashes", "sha256").split()]

    def tree(self, b, g): return {"root": [tree(chunks(b), self.hash(g))]}

    def inclusion(self, b, g):
        inclusion(g["leaf"], int(g["index"]), int(g["size"]), chunks(b), g["root"], self.hash(g))
        return {}

    def consistency(self, b, g):
        consistency(int(g["from"]), int(g["to"]), g["oldRoot"], g["newRoot"], chunks(b), self.hash(g))
        return {}

    def checkpoint(self, b, g):
        envelope = Envelope(b, "checkpoint")
        _, size, tops = checkpoint(envelope, g["key"], g["network"], trees=self.trees(g))
        return {"id": [envelope.id], "size": [str(size)], "root": list(tops.values())}

    def receipt(self, b, g):
        keys = {sha(k): k for k in (g["key"], g.get("earlierKey", g["key"]))}
        _, accepted, waiting, refused = receipt(Envelope(b, "receipt"), g["key"], g["network"], lambda _, e: keys.get(e.headers[4], g["key"]), self.trees(g))
        return {"heads": [a[4] for a in accepted], "waiting": [w[1] for w in waiting], "refused": [r[1] for r in refused]}

    def consistencyReceipt(self, b, g):
        e, number, who, epoch, old, new, path = proof_of(b)
        held = {}
        for inner in (Envelope(bytes.fromhex(text), "checkpoint") for text in g["checkpoints"].split()):
            owner, size, tops = checkpoint(inner, g["key"], g["network"])
            held[owner, dec(inner.content)[4], size] = tops.get(number)
        need(who == g["node"] and held.get((who, epoch, new)), "no checkpoint of the newer size")
        Envelope(b, "consistency", 16384, detached=held[who, epoch, new]).verify(g["key"])
        proves = "not yet"
        if (who, epoch, old) in held:
            try: proves = consistency(old, new, held[who, epoch, old], held[who, epoch, new], path, TREES[number]) or "yes"
            except Invalid: proves = "no"
        return {"id": [sha(enc(["tk-consistency", number, who, epoch, enc([old, new, path])]))], "sizes": [str(old), str(new)], "proves": [proves]}

    def proof(self, b, g):
        roots, credentials, checkpoints, receipts, what = form(b, list, list, list, list, None, tag="tk-proof")
        need(roots and len(credentials) <= 256 and len(checkpoints) == (1 if what else 2), "counts")
        reader = Reader()
        reader.claimed = sha(signed_root(roots[0])[0].content)
        for each in roots: reader.rootStatement(each, {})
        need(g["root"] in [reader.network, *map(sha, form(signed_root(roots[0])[0].content, *[None] * 8, tag="tk-root")[6])], "another root")
        waiting = ascending([enc(items(c, bytes, bytes)) for c in credentials])
        while known := [c for c in waiting if Changeset(c).credential in reader.keys]:
            for each in known: reader.changeset(each, {}), waiting.remove(each)
        need(not waiting, "a changeset under no credential")
        held = []
        for inner in (Envelope(c, "checkpoint") for c in checkpoints):
            who = dec(inner.content)[3]
            _, size, tops = checkpoint(inner, reader.by(who, inner), reader.network, None, reader.trees)
            held.append((who, dec(inner.content)[4], size, tops))
        need(held[0][:2] == held[-1][:2] and len(receipts) == len(reader.trees), "one log, a receipt for each root")
        who, epoch, size, tops = held[-1]
        gives = {"network": [reader.network], "node": [who], "size": [str(size)]}
        for number, data in zip(reader.trees, receipts):
            if what is None:
                e, tree_number, owner, of, old, new, path = proof_of(data)
                need((tree_number, owner, of, old, new) == (number, who, epoch, held[0][2], size), "another log")
                Envelope(data, "consistency", 16384, detached=tops[number]).verify(reader.by(who, e))
                consistency(old, new, held[0][3][number], tops[number], path, TREES[number])
                gives["older"] = [str(old)]
            else:
                e, tree_number, owner, of, new, index, path = proof_of(data, "inclusion")
                need((tree_number, owner, of, new) == (number, who, epoch, size), "another log")
                Envelope(data, "inclusion", 16384, detached=tops[number]).verify(reader.by(who, e))
                inclusion(what, index, size, path, tops[number], TREES[number])
                gives["changeset"] = [what, str(index)]
        return gives

    def ask(self, b, g):
        envelope = Envelope(b, "ask")
        who, of, sizes, wanted = ask(envelope, g["network"])
        need(who == g["node"] and of == g["of"] and envelope.verify(g["key"]), "a stranger")
        return {"id": [envelope.id], "sizes": [f"{epoch.hex()} {size}" for epoch, size in sizes], "checkpoints": wanted}

    def snapshot(self, b, g):
        envelope = Envelope(b, "snapshot")
        who, to, inner, summed, states, heads = snapshot(envelope, g["network"])
        need(who == g["node"] and to.hex() == g["to"] and envelope.verify(g["key"]), "not from above, or not for this node")
        _, size, _ = checkpoint(inner, g["key"], g["network"], who)
        return {"id": [envelope.id], "size": [str(size)], "summed": [str(summed)], "heads": [h[-1] for h in heads], "derived": [derived for _, derived in states]}

    def summary(self, b, g): return {"ids": [c.id for c in summary(b)]}

    def evidence(self, b, g):
        shown, who, *prints = split(b, g["network"])
        known = [entry.split(",") for entry in g["keys"].split()]
        need(all(any(bytes.fromhex(n) == who and sha(bytes.fromhex(k)) == each for n, k in known) for each in prints), "a stranger's key")
        return {"node": [who], "hashes": shown, "standsAlone": ["yes" if all(each == who for each in prints) else "no"]}

    def forkEvidence(self, b, g):
        c, ids, prints = fork(b)
        return {"node": [c.node], "feed": [c.feed], "sequence": [str(c.sequence)], "changesets": ids, "standsAlone": ["yes" if prints == {c.node} else "no"]}

    def wire(self, b, g): return getattr(self, "wire_" + g["message"])(b, g)

    def wire_challenge(self, b, g):
        net, who, nonce = hashes(form(b, bytes, bytes, bytes, tag="tk-challenge"))
        return {"node": [who], "nonce": [nonce]}

    def maybe(self, *digests): return need(all(len(d) in (0, 32) for d in digests), "a digest or nothing") or [[d] if d else [] for d in digests]

    def signed_greeting(self, g, signature):
        """A greeting travels as its signature alone; where it is given, the signature is checked."""
        need(len(signature) == 64, "signature")
        if "greeting" not in g: return
        protected = enc({1: -8, 4: sha(g["key"]), 16: "application/tiaokuai-greeting"})
        try: key(g["key"]).verify(signature, enc(["Signature1", protected, b"", g["greeting"]]))
        except InvalidSignature as error: raise Invalid("signature") from error

    def wire_answer(self, b, g):
        who, nonce, binding, signature = form(b, bytes, bytes, bytes, bytes, tag="tk-answer")
        self.signed_greeting(g, signature)
        return {"node": hashes([who]) and hashes([nonce]) and [who], "binding": self.maybe(binding)[0]}

    def wire_request(self, b, g):
        nonce, statement, state, signature = form(b, bytes, int, bytes, bytes, tag="tk-greet")
        self.signed_greeting(g, signature)
        return {"nonce": hashes([nonce]), "state": self.maybe(state)[0]}

    def wire_session(self, b, g): return {"token": self.maybe(form(b, int, bytes, tag="tk-session")[1])[0]}

    def wire_heads(self, b, g):
        listed, acknowledged, heard = form(b, bytes, bytes, bytes, tag="tk-heads")
        return {**self.heads(listed, g), "acknowledged": hashes([acknowledged]), "heard": hashes([heard])}

    def wire_plan(self, b, g): return {"count": [str(*self.counts(form(b, int, tag="tk-plan")))]}
    def wire_from(self, b, g): return {"count": [str(*self.counts(form(b, int, tag="tk-from")))]}

    def counts(self, numbers): return need(all(0 <= n < 1 << 31 for n in numbers), "count") or numbers

    def wire_page(self, b, g):
        *numbers, notes = form(b, *[int] * 7, list, tag="tk-page")
        notes = [items(n, int, bytes, str, str) for n in notes]
        need(len(notes) <= 64 and all(kind in (2, 3, 4) and len(code.encode()) <= 64 and len(fact.encode()) <= 1024 for kind, _, code, fact in notes), "notes")
        hashes([n[1] for n in notes])
        return {"counts": [str(n) for n in self.counts(numbers)], "notes": [f"{kind} {item.hex()} {code}" for kind, item, code, _ in notes]}

    def wire_error(self, b, g):
        code, facts = form(b, str, list, tag="tk-error")
        facts = [items(f, str, str) for f in facts]
        need(len(code.encode()) <= 64 and len(facts) <= 8, "error")
        ascending([name.encode() for name, _ in facts])
        need(all(len(name.encode()) <= 64 and len(value.encode()) <= 1024 for name, value in facts), "facts")
        return {"code": [code], "facts": [f"{name}={value}" for name, value in facts]}

    def bundle(self, b, g):
        self.found = [f"{at} {kind} {len(payload)}" if kind else f"{at} damaged {payload}" for at, kind, payload in frames(b)]
        report = Reader(g["network"]).read(b)
        need(report["complete"] and all(i["verdict"] == "valid" for i in report["items"]), "incomplete")
        return {"found": self.found}


def run(folder):
    judge, counts, wrong = Judge(), collections.Counter(), []
    # What is sealed is seal.py's.
    paths = [path for path in sorted(folder.glob("*/*.json")) if path.parent.name not in ("sealed", "sealedValue")]
    for path in paths:
        v = json.loads(path.read_text())
        plain = ("kind", "rehearsal", "count", "previous", "lineage", "units", "index", "size", "from", "to", "checkpoints", "keys", "message", "hash", "hashes")
        given = {k: x if k in plain and not (k == "previous" and v["kind"] == "root") else bytes.fromhex(x) for k, x in v["given"].items()}
        try:
            gives, verdict = getattr(judge, v["kind"])(bytes.fromhex(v["bytes"]), given), "valid"
        except Invalid as error:
            gives, verdict = None, f"invalid: {error}"
        said = v["gives"]
        if v["kind"] == "bundle":
            # A damaged stretch is told with its error code, which is ours alone.
            same = judge.found == [" ".join(line.split()[:3]) if " damaged " in line else line for line in said["found"]]
        else:
            spelled = {k: [x.hex() if isinstance(x, bytes) else x for x in xs] for k, xs in (gives or {}).items()}
            same = all(said.get(k) == xs for k, xs in spelled.items())
        if (verdict == "valid") != (v["expect"] == "valid") or not same:
            wrong.append(f"{v['kind']}/{v['name']}: {verdict}, {v['expect']} expected" + ("" if same else "; gives other"))
        counts["valid" if verdict == "valid" else "invalid"] += 1
    print(json.dumps({"files": len(paths), **counts, "wrong": wrong}, indent=1, ensure_ascii=False))
    return 0 if paths and not wrong else 1
