"""Signs and sends requests with UCloud's official Python SDK; run by official_python_sdk.rs.

    official_python_sdk.py sign COUNT PUBLIC_KEY PRIVATE_KEY
    official_python_sdk.py talk COUNT PUBLIC_KEY PRIVATE_KEY BASE_URL
    official_python_sdk.py rent COUNT PUBLIC_KEY PRIVATE_KEY BASE_URL

`sign` prints COUNT lines of JSON with flattened parameters and their signature.
`talk` calls a gateway, COUNT times with random parameters, and prints the results as one line of JSON.
`rent` creates COUNT instances, starts, stops and deletes them, and prints the results as one line of JSON.
"""

import json
import random
import sys

from ucloud.client import Client
from ucloud.core import auth, exc
from ucloud.core.typesystem import encoder
from ucloud.core.utils.middleware import Middleware
from ucloud.version import version

PIECES = [
    "a", "Z", "0", "9", "-", "_", ".", "~", "+", " ", "  ", "%", "%20", "%2B", "&", "=", "&Limit=1", "/", "?", "#", ";",
    "'", '"', "\\", "<", ">", "\n", "\r\n", "\t", "\x00", "\x7f", "é", "e\u0301", "ß", "镜像", "收藏", ",", "。", "\u3000",
    "\ufeff", "\u200d", "\u2028", "🦀", "𠮷", "\U0010ffff", "true", "null",
]
# Parameters with a meaning for the gateway, and those that signing sets.
TAKEN = {"Action", "Limit", "Offset", "PublicKey", "SecurityToken", "Signature"}


def text(rng, most):
    return "".join(rng.choice(PIECES) for _ in range(rng.randint(0, most)))


def key(rng):
    while True:
        name = rng.choice("AZakz_") + text(rng, 3) if rng.random() < 0.3 else rng.choice("ABCXYZabcxyz") * rng.randint(1, 3)
        if name not in TAKEN:
            return name


def number(rng):
    # Below 0.0001 the SDK writes an exponent, against its own documentation.
    return rng.choice(
        [0, -1, 42, 2**31, 2**53 + 1, 2**64 - 1, -(2**63), 0.0, -0.0, 42.0, 12.5, 0.1, 0.1 + 0.2, -1.28, 1e16, 1e21, 0.0001,
         rng.randint(-10**12, 10**12), rng.uniform(0.001, 1.0), rng.uniform(-1e9, 1e9), rng.randint(0, 10**6) / 100]
    )


def scalar(rng):
    kind = rng.random()
    return text(rng, 8) if kind < 0.6 else number(rng) if kind < 0.85 else rng.random() < 0.5


def value(rng):
    kind = rng.random()
    if kind < 0.75:
        return scalar(rng)
    if kind < 0.87:
        # Up to 12 items, so that Key.10 sorts before Key.2.
        return [scalar(rng) for _ in range(rng.randint(0, 12))]
    if kind < 0.94:
        return [{key(rng): scalar(rng)} for _ in range(rng.randint(0, 3))]
    return {key(rng): scalar(rng) for _ in range(rng.randint(0, 3))}


def parameters(rng):
    return {key(rng): value(rng) for _ in range(rng.randint(0, 8))}


def sign(count, public_key, private_key):
    rng = random.Random(20260101)
    credential = auth.Credential(public_key, private_key)
    for _ in range(count):
        flat = encoder.encode({**parameters(rng), "Action": "DescribeFavoriteImages"})
        # Adds PublicKey to its argument.
        signature = credential.verify_ac(flat)
        print(json.dumps({"params": list(flat.items()), "signature": signature}))


def talk(count, public_key, private_key, base_url):
    def client(public_key, private_key):
        config = {"region": "cn-wlcb", "public_key": public_key, "private_key": private_key, "base_url": base_url}
        # An empty middleware: the usual one logs every request.
        return Client(config, middleware=Middleware())

    def ret_code(client, action):
        try:
            return client.invoke(action, {})["RetCode"]
        except exc.RetCodeException as error:
            assert len(error.request_uuid) == 36, error.request_uuid
            return error.code

    good = client(public_key, private_key)
    ids = []
    while True:
        page = good.invoke("DescribeFavoriteImages", {"Offset": len(ids), "Limit": 7})["ImageSet"]
        if not page:
            break
        ids += [row["CompShareImageId"] for row in page]

    # The SDK's own method for this list loses every row: it looks for another key.
    groups = []
    while True:
        answer = good.invoke("DescribeCommunityImages", {"Offset": len(groups), "Limit": 30, "ExcludeReadme": True})
        if not answer["CompshareImageGroup"]:
            break
        groups += [group.get("GroupId") for group in answer["CompshareImageGroup"]]
    tagged = good.invoke("DescribeCommunityImages", {"Tag": ["语音", "TTS"], "SortCondition": {"Field": "Favor", "ASC": True}})

    rng = random.Random(20260202)
    odd = {}
    for _ in range(count):
        try:
            code = good.invoke("DescribeFavoriteImages", parameters(rng))["RetCode"]
        except exc.RetCodeException as error:
            code = error.code
        odd[code] = odd.get(code, 0) + 1

    print(json.dumps({
        "sdk": version,
        "ids": ids,
        "groups": groups,
        "total": answer["TotalCount"],
        "tagged": [group["FavoritesCount"] for group in tagged["CompshareImageGroup"]],
        "odd": odd,
        "wrong_key": ret_code(client(public_key, private_key + "x"), "DescribeFavoriteImages"),
        "unknown_key": ret_code(client(public_key + "x", private_key), "DescribeFavoriteImages"),
        "unknown_action": ret_code(good, "DescribeNothing"),
    }))


def rent(count, public_key, private_key, base_url):
    config = {"region": "cn-wlcb", "public_key": public_key, "private_key": private_key, "base_url": base_url}
    client = Client(config, middleware=Middleware()).ucompshare()
    order = {
        "Zone": "cn-wlcb-01", "MachineType": "G", "GpuType": "4090", "GPU": 1, "CPU": 16, "Memory": 65536,
        "CompShareImageId": "compshareImage-k6i5s67pl8l8", "ChargeType": "Postpay", "MinimalCpuPlatform": "Auto",
        "Disks": [{"IsBoot": True, "Type": "CLOUD_SSD", "Size": 100}, {"IsBoot": False, "Type": "CLOUD_SSD", "Size": 50}],
        "Password": "TW9jay0xMjM0",
    }
    rented = []
    for number in range(count):
        id = client.create_comp_share_instance({**order, "Name": f"sdk-{number}"})["UHostIds"][0]
        host = {"Zone": "cn-wlcb-01", "UHostId": id}

        def states():
            seen = []
            while not seen or seen[-1] not in ("Running", "Stopped"):
                row = client.describe_comp_share_instance({"UHostIds": [id]})["UHostSet"][0]
                seen.append(row["State"])
            return seen, row

        created, row = states()
        client.reboot_comp_share_instance(host)
        rebooted, _ = states()
        client.stop_comp_share_instance(host)
        stopped, _ = states()
        client.start_comp_share_instance(host)
        started, _ = states()
        client.stop_comp_share_instance(host)
        states()
        client.terminate_comp_share_instance(host)
        rented.append({
            "states": [created, rebooted, stopped, started],
            "name": row["Name"], "memory": row["Memory"], "disks": len(row["DiskSet"]), "login": row["SshLoginCommand"],
            "left": client.describe_comp_share_instance({"UHostIds": [id]})["UHostSet"],
        })

    # The SDK expects `PriceDetail`, and finds no price in `PriceDetails`.
    price = {"Zone": "cn-wlcb-01", "GpuType": "4090", "Gpu": "1", "Cpu": "16", "Memory": "65536", "ChargeType": "Postpay"}
    print(json.dumps({
        "rented": rented,
        "prices": client.get_comp_share_instance_price(price)["PriceDetail"],
        "types": len(client.describe_available_comp_share_instance_types({"Zone": "cn-wlcb-01"})["AvailableInstanceTypes"]),
    }))


if __name__ == "__main__":
    mode, count, *rest = sys.argv[1:]
    {"sign": sign, "talk": talk, "rent": rent}[mode](int(count), *rest)
