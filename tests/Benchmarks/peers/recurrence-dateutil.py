"""Expands the benchmark's rules with python-dateutil; prints one JSON object a rule."""
import json
import sys
import time
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr


def expand(case):
    start = datetime.strptime(case["start"], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=ZoneInfo(case["zone"]))
    rule = rrulestr(case["rule"], dtstart=start)
    return sum(int(found.timestamp()) for found in islice(rule, case["count"]))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        cases = json.load(file)
    for case in cases:
        best, spent, runs = float("inf"), 0.0, 0
        while runs < 1 or spent < case["seconds"]:
            begin = time.perf_counter()
            total = expand(case)
            took = time.perf_counter() - begin
            best, spent, runs = min(best, took), spent + took, runs + 1
        print(json.dumps({"name": case["name"], "sum": total, "seconds": best}), flush=True)


main()
