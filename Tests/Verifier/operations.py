"""Deterministic CBOR, operations and bodies, as Docs/Formats/Changeset.md has them; `verify.py` stands on it."""
import collections, hashlib, io
import cbor2
from cbor2 import CBORTag
from collections.abc import Mapping

# Tags stay tags: their spelling counts.
RAW = {tag: lambda x, _, tag=tag: CBORTag(tag, x) for tag in (0, 1, 2, 3, 4, 5, 30, 100, 1004)}
Operation = collections.namedtuple("Operation", "id form record kind unit fields")


class Invalid(Exception): pass


def need(condition, what):
    if not condition: raise Invalid(what)


def sha(*parts): return hashlib.sha256(b"".join(parts)).digest()


# Deterministic CBOR (RFC 8949 §4.2.1): what is read must be what `enc` writes.
def head(major, n):
    size = next((s for s in (0, 1, 2, 4, 8) if n < (1 << 8 * s if s else 24)), None)
    need(size is not None, "integer beyond 64 bits")
    return bytes([major << 5 | (n if size == 0 else {1: 24, 2: 25, 4: 26, 8: 27}[size])]) + (n.to_bytes(size, "big") if size else b"")


def enc(x):
    if x is None or isinstance(x, bool): return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[x]
    if isinstance(x, int): return head(0, x) if x >= 0 else head(1, -1 - x)
    if isinstance(x, bytes): return head(2, len(x)) + x
    if isinstance(x, str): return head(3, len(x.encode())) + x.encode()
    if isinstance(x, (list, tuple)): return head(4, len(x)) + b"".join(map(enc, x))
    if isinstance(x, Mapping): return head(5, len(x)) + b"".join(k + v for k, v in sorted((enc(k), enc(v)) for k, v in x.items()))
    if isinstance(x, CBORTag): return head(6, x.tag) + enc(x.value)
    raise Invalid(f"type {type(x).__name__}")


def take(data, at=0):
    """The item at a place, and where it ends."""
    stream = io.BytesIO(data)
    stream.seek(at)
    try: x = cbor2.CBORDecoder(stream, semantic_decoders=RAW).decode()
    except Exception as error: raise Invalid(f"cbor: {error}") from error
    spelled = enc(x)
    need(data[at : at + len(spelled)] == spelled, "not deterministic")
    return x, at + len(spelled)


def dec(data):
    x, end = take(data)
    need(end == len(data), "leftover")
    return x


def items(x, *types):
    need(isinstance(x, (list, tuple)) and len(x) == len(types), "count of items")
    for item, kind in zip(x, types):
        need(kind is None or isinstance(item, kind) and (kind is bool or not isinstance(item, bool)), f"{kind} expected")
    return x


def ascending(x):
    need(all(a < b for a, b in zip(x, x[1:])), "not ascending")
    return x


def hashes(x):
    need(all(isinstance(each, bytes) and len(each) == 32 for each in x), "32 bytes")
    return x


def name(text):
    need(isinstance(text, str) and 1 <= len(text) <= 64 and all(c.isascii() and (c.isalnum() or c in ".-_/") for c in text), "permanent name")
    return text


def partition(x):
    need(isinstance(x, list) and (len(x), x[:1]) in [(2, [0]), (3, [1])] and name(x[1]) and (x[2:] in ([], [None]) or name(x[2])), "partition")
    return x


# Operations: Changeset.md.
def decimal(exponent, mantissa):
    need(all(isinstance(n, int) and not isinstance(n, bool) for n in (exponent, mantissa)), "decimal")
    normal = exponent == 0 if mantissa == 0 else mantissa % 10 != 0 or exponent == 18
    need(-18 <= exponent <= 18 and abs(mantissa) < 1 << 63 and normal, "decimal not in normal form")
    return CBORTag(4, [exponent, mantissa])


SEALED, PADDED = 70001, (256, 1024, 4096, 16384, 65536)


def sealed(x):
    """The parts of a sealed value: its form, unopened."""
    suite, receiver, key, binding, wrapped, ciphertext = items(x, int, bytes, bytes, bytes, bytes, bytes)
    need(suite in (1, 2) and hashes([receiver, key, binding]), "suite or digests")
    need(len(wrapped) in (32, 65) if suite == 1 else 96 <= len(wrapped) <= 160, "wrapped")
    need(len(ciphertext) - 16 * suite in PADDED, "ciphertext")
    return x


def is_sealed(x): return isinstance(x, CBORTag) and x.tag == SEALED


def binding(record, unit, epoch, number, field, receiver, key):
    return sha(enc(["tk-field", 1, record, unit, [epoch, number], field, receiver, key]))


def value(x, depth=0):
    if isinstance(x, list):
        need(depth < 3 and len(x) <= 1024, "list")
        for each in x: value(each, depth + 1)
    elif isinstance(x, CBORTag) and x.tag == SEALED: need(depth == 0, "a sealed value in a list") or sealed(x.value)
    elif isinstance(x, CBORTag) and x.tag == 4: decimal(*items(x.value, int, int))
    elif isinstance(x, CBORTag): need(x.tag == 100 and isinstance(x.value, int) and -(1 << 31) <= x.value < 1 << 31, "tag")
    else: need(isinstance(x, bool) or isinstance(x, (str, bytes)) and len(x if isinstance(x, bytes) else x.encode()) <= 65536, "value")
    return x


def operation(form):
    """The identity of an explicit form, given as items."""
    version, record, unit, person, written, origin, under, seen, names, fields = items(form, int, bytes, str, str, int, None, None, list, list, list)
    need(version == 1 and name(unit) and name(person) and -(1 << 63) <= written < 1 << 63, "version, name or time")
    need(len(items(origin, bytes, int)[0]) == 16 and 0 <= origin[1] < 1 << 64, "origin")
    hashes([record, *ascending(seen), *ascending(names), *([] if under is None else [under])])
    need(len(fields) <= 64 and max(len(seen), len(names)) <= 4096, "limits")
    for number, x in (items(f, int, None) for f in fields):
        need(1 <= number >> 2 <= 65535 and number & 3 != 3, "field number")
        if x is not None: value(x)
    ascending([f[0] for f in fields])
    return sha(enc(form))


class Column:
    """Byte planes; without a count, as long as they are."""

    def __init__(self, data, count=None):
        need(isinstance(data, bytes) and data[:1] and data[0] <= 8, "column")
        width, planes = data[0], data[1:]
        n = count if count is not None else len(planes) // width if width else 0
        need(len(planes) == width * n, "column length")
        self.values, self.at = [sum(planes[p * n + i] << 8 * p for p in range(width)) for i in range(n)], 0
        needed = (max(self.values, default=0).bit_length() + 7) // 8
        need(width == (max(1, needed) if count is None and n else needed), "column width")

    def next(self, table=None):
        need(self.at < len(self.values), "column too short")
        number, self.at = self.values[self.at], self.at + 1
        return number if table is None else table.get(number)

    def signed(self):
        number = self.next()
        return number >> 1 if number & 1 == 0 else -(number >> 1) - 1

    def done(self): return self.at == len(self.values)


class Items:
    """One CBOR item after the other."""

    def __init__(self, data): self.data, self.at, self.taken = data, 0, []

    def next(self):
        x, self.at = take(self.data, self.at)
        self.taken.append(x)
        return x

    def bytes(self, count):
        need(self.at + count <= len(self.data), "key bytes")
        self.at += count
        return self.data[self.at - count : self.at]

    def done(self): return self.at == len(self.data)


class Table:
    def __init__(self, entries):
        need(len({enc(e) for e in entries}) == len(entries), "table entry twice")
        self.entries, self.used = entries, set()

    def get(self, number):
        need(isinstance(number, int) and number < len(self.entries), "index beyond its table")
        self.used.add(number)
        return self.entries[number]

    def done(self): return len(self.used) == len(self.entries)


def body(data, network, epoch, place, count, previous):
    """A body's operations; `previous(delta, index)` is what lies before it in its feed."""
    version, salt, *tables, number, columns, stands = items(dec(data), int, bytes, list, list, list, list, list, int, list, list)
    texts, ids, epochs, key_shapes, shapes = tables = [Table(t) for t in tables]
    need(version == 1 and len(salt) == 16 and number == count and len(columns) == 13, "version, salt, count or columns")
    flags = Column(columns[0], count)
    need(all(f < 32 for f in flags.values), "flags")
    nexts, lists = sum(f & 1 for f in flags.values), sum(bin(f & 22).count("1") for f in flags.values)
    counts = [count] * 5 + [nexts, nexts, count - nexts, None]
    unit, person, written, shape, origin, delta, index, key_shape, key_texts = scalars = [Column(c, n) for c, n in zip(columns[1:10], counts)]
    key_items, sizes, listed = others = [Items(columns[10]), Column(columns[11], lists), Column(columns[12])]
    expected = collections.Counter((f[0], f[1]) for i in shape.values for f in shapes.get(i) if items(f, int, int)[1] > 0)
    need([(s[0], s[1]) for s in stands] == sorted(expected), "field columns")
    fields, lowest = {}, {}
    for wire, kind, base, column in (items(s, int, int, None, bytes) for s in stands):
        need(kind < 4 and (base == 0 if kind != 1 else base is None or -18 <= base <= 18), "base exponent")
        fields[wire, kind] = base, Items(column) if kind == 3 or base is None else Column(column, expected[wire, kind])
    out, clock, counter = [], 0, 0

    def field(wire, kind):
        need(wire & 3 != 0 or kind in (0, 3), "personal field")
        base, column = fields.get((wire, kind), (None, None))
        if kind == 0: return None
        if kind == 2: return column.next(texts)
        if kind == 3:
            x = column.next()
            need(wire & 3 != 0 or is_sealed(x), "personal field")
            need(not isinstance(x, str) and not (isinstance(x, CBORTag) and x.tag == 4), "text or decimal as an item")
            return x
        if base is None: return decimal(column.next(), column.next())
        exponent, mantissa = base, column.signed()
        while mantissa and mantissa % 10 == 0 and exponent < 18: mantissa, exponent = mantissa // 10, exponent + 1
        exponent = exponent if mantissa else 0
        lowest[wire] = min(exponent, lowest.get(wire, 18))
        return decimal(exponent, mantissa)

    def key(part):
        if part is None: return key_texts.next(texts)
        if part is not False: return key_items.bytes(part)
        x = key_items.next()
        need(not isinstance(x, (str, bytes)) and not is_sealed(x), "text, bytes or a sealed value as an item")
        return value(x)

    for flag in flags.values:
        who, whom = unit.next(texts), person.next(texts)
        clock, counter, before = clock + written.signed(), counter + 1 + origin.signed(), None
        if flag & 1:
            back, i = delta.next(), index.next()
            need(back or i < len(out), "next points forward")
            before = previous(back, i) if back else out[i]
            record, kind = before.record, before.kind
        else:
            kind, parts = items(key_shape.next(key_shapes), int, list)
            kind = name(texts.get(kind))
            need(len(parts) <= 8, "key values")
            record = sha(enc(["tk-record", network, place, kind, [key(part) for part in parts]]))
        seen = ascending([listed.next(ids) for _ in range(sizes.next())]) if flag & 2 else [before.id] if before else []
        need(not flag & 2 or seen != ([before.id] if before else []), "seen has a second spelling")
        names = ascending([listed.next(ids) for _ in range(sizes.next())]) if flag & 4 else []
        under, made = listed.next(ids) if flag & 8 else None, sizes.next(epochs) if flag & 16 else epoch
        need((names or not flag & 4) and (made != epoch or not flag & 16), "names or origin have a second spelling")
        said = [[wire, field(wire, kind)] for wire, kind in shape.next(shapes)]
        form = [1, record, who, whom, clock, [made, counter % (1 << 64)], under, seen, names, said]
        out.append(Operation(operation(form), enc(form), record, kind, who, said))
    need(all(c.done() for c in scalars + others + tables + [c for _, c in fields.values()]), "leftover in columns or tables")
    for (wire, kind), (base, column) in fields.items():
        if kind == 1 and base is not None: need(lowest[wire] == base, "base exponent")
        elif kind == 1:
            pairs = list(zip(column.taken[::2], column.taken[1::2]))
            need(any(abs(m * 10 ** (e - min(pairs)[0])) >= 1 << 63 for e, m in pairs), "pairs needlessly")
    return out
