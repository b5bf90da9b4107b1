// Devices, threads and versions.
#include "dfx.h"
#include "memory.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#ifdef DFX_CUDA
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#include <cuda_runtime_api.h>
#endif

using namespace dfx;

// The fault wall for questions: where libtorch cannot answer, the answer is none.
template <class T, class F>
static T answer(T none, F&& f) noexcept {
  try {
    return f();
  } catch (...) {
    return none;
  }
}

DFX_EXPORT const char* dfx_source_hash() { return DFX_SOURCE_HASH; }
DFX_EXPORT const char* dfx_compiled_version() { return TORCH_VERSION; }
// libtorch's own destructors must not run while another thread still computes: the process would crash on its way out and
// lose its exit code. Handlers run last first, so this one comes before those that libtorch registered when it was loaded.
static void leave_at_once(int status, void*) {
  fflush(nullptr);
  _exit(status);
}
DFX_EXPORT void dfx_initialize() {
  install_allocator();
  on_exit(leave_at_once, nullptr);
}
// libtorch's description of how it was built; valid until this thread asks again.
DFX_EXPORT const char* dfx_config() {
  static thread_local std::string text;
  text = answer(std::string(), [] { return at::show_config(); });
  return text.c_str();
}
DFX_EXPORT int dfx_get_num_threads() { return at::get_num_threads(); }
DFX_EXPORT int dfx_set_num_threads(int n) { return status("set_num_threads", {}, [&] { at::set_num_threads(n); }); }
DFX_EXPORT int dfx_get_num_interop_threads() { return at::get_num_interop_threads(); }
DFX_EXPORT int dfx_has_mkldnn() { return at::hasMKLDNN(); }

// 0 as well where libtorch knows CUDA but the machine has no driver.
DFX_EXPORT int dfx_cuda_device_count() {
  return answer(0, [] {
    if (!at::hasCUDA()) return 0;
#if DFX_TORCH_AT_LEAST(2, 5)
    return static_cast<int>(at::detail::getCUDAHooks().deviceCount());
#else
    return static_cast<int>(at::detail::getCUDAHooks().getNumGPUs());
#endif
  });
}
DFX_EXPORT int dfx_cudnn_available() {
  return answer(0, [] { return static_cast<int>(at::hasCUDA() && at::detail::getCUDAHooks().hasCuDNN()); });
}
DFX_EXPORT int dfx_cuda_synchronize(int index) {
  return status("synchronize", {}, [&] { at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(index)); });
}
DFX_EXPORT int dfx_cuda_manual_seed(uint64_t seed, int index) {
  return status("manual_seed", {}, [&] {
    auto g = at::globalContext().defaultGenerator(at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(index)));
    std::lock_guard<std::mutex> lock(g.mutex());
    g.set_current_seed(seed);
  });
}
DFX_EXPORT int dfx_allow_tf32(int matmul, int cudnn) {
  return status("allow_tf32", {}, [&] {
    at::globalContext().setAllowTF32CuBLAS(matmul != 0);
    at::globalContext().setAllowTF32CuDNN(cudnn != 0);
  });
}
DFX_EXPORT int dfx_get_tf32(int cudnn) {
  return answer(0, [&] {
    return static_cast<int>(cudnn ? at::globalContext().allowTF32CuDNN() : at::globalContext().allowTF32CuBLAS());
  });
}

// These four need CUDA's own headers: a shim built without them says so.
DFX_EXPORT int dfx_cuda_name(int index, char* buffer, int capacity) {
  return status("name", {}, [&] {
#ifdef DFX_CUDA
    cudaDeviceProp properties;
    TORCH_CHECK(cudaGetDeviceProperties(&properties, index) == cudaSuccess, "no CUDA device ", index);
    std::string name = properties.name;
    buffer[name.copy(buffer, static_cast<size_t>(capacity) - 1)] = '\0';
#else
    (void)index, (void)buffer, (void)capacity;
    TORCH_CHECK(false, "this build has no CUDA");
#endif
  });
}
DFX_EXPORT int dfx_cuda_memory(int index, int64_t* current, int64_t* most) {
  return status("memory", {}, [&] {
#ifdef DFX_CUDA
    auto stats = c10::cuda::CUDACachingAllocator::getDeviceStats(static_cast<c10::DeviceIndex>(index));
    *current = stats.allocated_bytes[0].current;
    *most = stats.allocated_bytes[0].peak;
#else
    (void)index, (void)current, (void)most;
    TORCH_CHECK(false, "this build has no CUDA");
#endif
  });
}
DFX_EXPORT int dfx_cuda_reset_peak(int index) {
  return status("reset_peak", {}, [&] {
#ifdef DFX_CUDA
    c10::cuda::CUDACachingAllocator::resetPeakStats(static_cast<c10::DeviceIndex>(index));
#else
    (void)index;
    TORCH_CHECK(false, "this build has no CUDA");
#endif
  });
}
DFX_EXPORT int dfx_cuda_empty_cache() {
  return status("empty_cache", {}, [&] {
#ifdef DFX_CUDA
    c10::cuda::CUDACachingAllocator::emptyCache();
#else
    TORCH_CHECK(false, "this build has no CUDA");
#endif
  });
}
