"""The script that goes into archives over the golden files: `shipped.py FOLDER`. It is lenient on forms and strict on hashes and signatures, so that of what is
invalid it must refuse what is wrong by those."""
import collections, json, pathlib, sys
import archive
from archive import need

# Kinds of golden files that it has to judge, and the codes or names that it has to refuse; None: every one. Bodies of work it doesn't read.
MUST = {"key": None, "inclusion": None, "consistency": {"rootMismatch", "wrongProofLength"}, "changeset": {"wrongSignature", "wrongKey", "wrongAlgorithm", "compression", "33-other-body"},
        "credential": set(), "cut": set()}


def chunks(data): return [data[i : i + 32] for i in range(0, len(data), 32)]


class Judge:
    def key(self, b, g): archive.key(b)
    def inclusion(self, b, g): need(archive.rooted(g("leaf"), int(g("index", str)), int(g("size", str)), chunks(b)) == g("root"), "root")

    def consistency(self, b, g):
        old, new = int(g("from", str)), int(g("to", str))
        need(old > 0, "from nothing")
        whole = g("oldRoot") if old & old - 1 == 0 or old == new else None
        need(archive.grown(old, new, chunks(b), whole) == (g("oldRoot"), g("newRoot")), "roots")

    def changeset(self, b, g):
        c = archive.Changeset(b, "")
        need(c.node == g("subject"), "subject")
        body = c.envelope.verify(g("key")) and c.body()
        return c, body

    def credential(self, b, g): archive.Trust().grant(archive.dec(b), bytes(32))
    def cut(self, b, g): archive.Cut(*archive.dec(b)[1:4], None, None)


def main(folder):
    counts, wrong = collections.Counter(), []
    for kind, codes in MUST.items():
        for path in sorted(pathlib.Path(folder, kind).glob("*.json")):
            v = json.loads(path.read_text())
            if v["given"].get("hash") == "sm3" or v["given"].get("suite") == "sm2": continue
            given = lambda name, sort=bytes.fromhex: sort(v["given"][name])
            found = []
            reason = archive.broken(lambda: found.append(getattr(Judge(), kind)(bytes.fromhex(v["bytes"]), given)))
            is_valid = v["expect"] == "valid"
            if is_valid and reason or not is_valid and not reason and (codes is None or codes & {v["expect"], path.stem}): wrong.append(f"{kind}/{path.stem}: {v['expect']}, {reason}")
            if is_valid and not reason and kind == "changeset":
                c, body = found[0]
                if [c.id.hex()] != v["gives"]["id"]: wrong.append(f"{path.stem}: identity")
                # Identities of operations: of those whose fields it reads, credentials and cuts.
                c.operations = []
                if path.stem == "grant": c.read(body, None)
                if path.stem == "grant" and [o.id.hex() for o in c.operations] != v["gives"]["ids"]: wrong.append(f"{path.stem}: identities")
            counts[kind] += 1
    print(json.dumps({"files": sum(counts.values()), "counts": counts, "wrong": wrong}))
    return 1 if wrong or min(counts.values(), default=0) == 0 else 0


if __name__ == "__main__": sys.exit(main(sys.argv[1]))
