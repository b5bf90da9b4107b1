"""FID as NumPy and SciPy compute it: moments by numpy.cov, the trace by scipy.linalg.sqrtm of the product of the covariances."""
import json
import sys
import time

import numpy as np
import scipy
from scipy import linalg


def moments(features):
    return features.mean(axis=0), np.cov(features, rowvar=False)


def trace_of_root(first, second):
    root = linalg.sqrtm(first @ second)
    return float(np.trace(root.real if np.iscomplexobj(root) else root))


def distance(one, other):
    (m1, c1), (m2, c2) = one, other
    return float(((m1 - m2) ** 2).sum() + np.trace(c1) + np.trace(c2) - 2 * trace_of_root(c1, c2))


# With one thread, processor time: other work on the machine disturbs it less.
clock = time.process_time if sys.argv[3] == "1" else time.perf_counter
x, y = (np.load(path).astype(np.float64) for path in sys.argv[1:3])
small = [moments(x[:, :64]), moments(y[:, :64])]
print(json.dumps({"numpy": np.__version__, "scipy": scipy.__version__, "distance": distance(*small)}), flush=True)
for line in sys.stdin:
    what, times = line.split()
    both = [moments(x), moments(y)] if what == "trace" else None
    seconds = []
    for _ in range(int(times)):
        start = clock()
        if what == "trace":
            value = trace_of_root(both[0][1], both[1][1])
        else:
            value = distance(moments(x), moments(y))
        seconds.append(clock() - start)
    print(json.dumps(seconds + [value]), flush=True)
