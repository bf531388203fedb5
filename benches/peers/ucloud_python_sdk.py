"""UCloud's official Python SDK, measured as the other programs are.

Tasks: list <address> <page size> <look-ahead>, calls <address> <page size> <requests> <in flight>.

Needs the package ucloud-sdk-python3. It has no call for this action, so its generic one is used.
"""

import hashlib
import json
import logging
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from ucloud.client import Client

PUBLIC_KEY = "ucloudsomeone@example.com1296235120854146120"
PRIVATE_KEY = "46f09bb9fab4f12dfc160dae12273d5332b5debe"


def peak_kib():
    """The most memory that was resident, where the system tells it."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return None


def client(address):
    return Client(
        {
            "region": "cn-wlcb",
            "public_key": PUBLIC_KEY,
            "private_key": PRIVATE_KEY,
            "base_url": address,
            # By default it writes every answer to standard error, which is not what is measured.
            "log_level": logging.WARNING,
        }
    )


def page(client, offset, page_size):
    parameters = {"Offset": offset, "Limit": page_size}
    return [image["CompShareImageId"] for image in client.invoke("DescribeFavoriteImages", parameters)["ImageSet"]]


def listed(address, page_size, _look_ahead):
    """All images of the listing, in order."""
    ids, one = [], client(address)
    while images := page(one, len(ids), page_size):
        ids += images
    return ids


def called(address, page_size, requests, in_flight):
    """So many pages, in no order; a client is not made for several threads, so each has its own."""
    own = threading.local()

    def call(_):
        if not hasattr(own, "client"):
            own.client = client(address)
        return page(own.client, 0, page_size)

    with ThreadPoolExecutor(in_flight) as pool:
        return [image for images in pool.map(call, range(requests)) for image in images]


def main():
    task, address, *numbers = sys.argv[1:]
    ids = {"list": listed, "calls": called}[task](address, *map(int, numbers))
    digest = hashlib.sha1("".join(image + "\n" for image in ids).encode())
    print(
        json.dumps(
            {
                "rows": len(ids),
                "digest": digest.hexdigest(),
                "cpu_ns": time.process_time_ns(),
                "peak_kib": peak_kib(),
            }
        )
    )


if __name__ == "__main__":
    main()
