"""Measures UCloud's official Python SDK, with the interface of the other programs.

Tasks: list <address> <page size> <prefetch>, calls <address> <page size> <requests> <in flight>.

Needs the package ucloud-sdk-python3. The SDK has no method for this action, so this calls the generic one.
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
    """Returns the peak resident memory, on Linux."""
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
            # By default the SDK logs every response.
            "log_level": logging.WARNING,
        }
    )


def page(client, offset, page_size):
    parameters = {"Offset": offset, "Limit": page_size}
    return [image["CompShareImageId"] for image in client.invoke("DescribeFavoriteImages", parameters)["ImageSet"]]


def list_images(address, page_size, _prefetch):
    """Returns the ids of all images in order."""
    ids, sdk = [], client(address)
    while images := page(sdk, len(ids), page_size):
        ids += images
    return ids


def call(address, page_size, requests, in_flight):
    """Requests the first page repeatedly. Clients are not thread-safe, so each thread has its own."""
    local = threading.local()

    def request(_):
        if not hasattr(local, "client"):
            local.client = client(address)
        return page(local.client, 0, page_size)

    with ThreadPoolExecutor(in_flight) as pool:
        return [image for images in pool.map(request, range(requests)) for image in images]


def main():
    task, address, *numbers = sys.argv[1:]
    ids = {"list": list_images, "calls": call}[task](address, *map(int, numbers))
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
