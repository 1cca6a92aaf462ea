"""SM3 (GB/T 32905), and the curve and the signature of SM2 (GB/T 32918) from their equations."""
from cryptography.hazmat.primitives import hashes

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
ID = b"1234567812345678"


def sm3(*parts):
    digest = hashes.Hash(hashes.SM3())
    for part in parts:
        digest.update(part)
    return digest.finalize()


def hmac_sm3(key, data):
    block = (sm3(key) if len(key) > 64 else key).ljust(64, b"\0")
    inner = sm3(bytes(byte ^ 0x36 for byte in block) + data)
    return sm3(bytes(byte ^ 0x5C for byte in block) + inner)


def word(number):
    return number.to_bytes(32, "big")


def on_curve(point):
    return all(0 <= part < P for part in point) and (point[1] ** 2 - point[0] ** 3 - A * point[0] - B) % P == 0


def add(left, right):
    if left is None or right is None:
        return left or right
    if left[0] == right[0] and (left[1] + right[1]) % P == 0:
        return None
    if left == right:
        slope = (3 * left[0] * left[0] + A) * pow(2 * left[1], -1, P)
    else:
        slope = (right[1] - left[1]) * pow(right[0] - left[0], -1, P)
    x = (slope * slope - left[0] - right[0]) % P
    return x, (slope * (left[0] - x) - left[1]) % P


def multiply(scalar, point):
    result = None
    for bit in bin(scalar)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def verifies(point, message, signature):
    """Whether a raw r‖s over a message is this public key's, under the identity that Tiaokuai always signs with."""
    if len(signature) != 64:
        return False
    r, s = (int.from_bytes(signature[i : i + 32], "big") for i in (0, 32))
    t = (r + s) % N
    if not (0 < r < N and 0 < s < N and t):
        return False
    identity = sm3((8 * len(ID)).to_bytes(2, "big") + ID, *(word(part) for part in (A, B, *G, *point)))
    found = add(multiply(s, G), multiply(t, point))
    return found is not None and (int.from_bytes(sm3(identity, message), "big") + found[0]) % N == r
