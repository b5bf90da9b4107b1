#!/bin/sh
# Runs Dfx from this folder, wherever it was unpacked: the .NET runtime, the host and the plugins are here, and only libtorch is not.
set -eu
case $0 in */*) self=$0 ;; *) self=./$0 ;; esac
while [ -L "$self" ]; do
  link=$(readlink "$self")
  case $link in /*) self=$link ;; *) self=${self%/*}/$link ;; esac
done
root=$(cd "${self%/*}" && pwd -P)

die() {
  printf 'dfx: %s\n' "$*" >&2
  exit 2
}

remedy='set it to the folder torch/lib of an installed PyTorch (2.10 or later), which python3 -c "import torch, os; print(os.path.dirname(torch.__file__) + '"'/lib'"')" prints'
if [ -n "${DFX_LIBTORCH:-}" ]; then
  [ -e "$DFX_LIBTORCH/libtorch.so" ] || [ -e "$DFX_LIBTORCH/lib/libtorch.so" ] || die "DFX_LIBTORCH=$DFX_LIBTORCH holds no libtorch.so: $remedy"
else
  case ${1:-} in run | check | extractor | bench) die "DFX_LIBTORCH is not set: $remedy" ;; esac
fi

# Plugins and matrices are found here, and so are data that were packed, unless there is a data folder of the user's own.
export DFX_ROOT="$root"
[ -n "${DFX_DATA:-}" ] || [ ! -d "$root/data" ] || export DFX_DATA="$root/data"

if [ "${1:-}" = bench ]; then
  [ -e "$root/bench/Dfx.Benchmarks.dll" ] || die "this pack holds no benchmarks: ./dfx pack --bench, on the machine that wrote it, writes one that does"
  shift
  # As the launcher of a checkout has it.
  export DOTNET_GCgen0size=0x10000000 OMP_WAIT_POLICY=PASSIVE MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_ARENA_MAX=1
  export GLIBC_TUNABLES="glibc.malloc.mxfast=0:glibc.malloc.tcache_count=127${GLIBC_TUNABLES:+:$GLIBC_TUNABLES}"
  # The other side runs in the Python whose PyTorch is there.
  export DFX_PYTHON="${DFX_PYTHON:-$(command -v python3 || echo /usr/bin/python3)}"
  exec "$root/dotnet/dotnet" "$root/bench/Dfx.Benchmarks.dll" "$@"
fi

exec "$root/dotnet/dotnet" "$root/host/dfx.dll" "$@"
