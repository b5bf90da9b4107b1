// The C ABI between Dfx.Torch and libtorch: opaque tensor handles, a fault wall around every call, results by value.
#pragma once

#include <ATen/ATen.h>
#include <c10/core/Allocator.h>
#include <torch/version.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#define DFX_EXPORT extern "C" __attribute__((visibility("default")))

// True when the libtorch that is compiled against is at least major.minor.
#define DFX_TORCH_AT_LEAST(major, minor) \
  (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

namespace dfx {

// A tensor owned by managed code; null stands for "no tensor".
using Handle = at::Tensor*;
using List = const Handle*;

// A number whose kind decides the type promotion, as a Python number would. none: no value was given.
enum class NumberKind : int64_t { none = 0, integer = 1, real = 2, boolean = 3 };
struct Number {
  NumberKind kind;
  union {
    int64_t i;
    double d;
  };
};

inline at::Scalar scalar(Number n) {
  TORCH_CHECK(n.kind != NumberKind::none, "a number is missing");
  switch (n.kind) {
    case NumberKind::integer: return at::Scalar(n.i);
    case NumberKind::boolean: return at::Scalar(n.i != 0);
    default: return at::Scalar(n.d);
  }
}

inline c10::optional<at::Scalar> maybe(Number n) {
  return n.kind == NumberKind::none ? c10::optional<at::Scalar>() : c10::optional<at::Scalar>(scalar(n));
}

// "No value" of an optional integer argument.
constexpr int64_t kNone = INT64_MIN;
inline c10::optional<int64_t> maybe(int64_t v) { return v == kNone ? c10::optional<int64_t>() : c10::optional<int64_t>(v); }

// "No value" of an optional dtype argument is -1.
inline c10::optional<at::ScalarType> dtype(int v) {
  if (v == -1) return c10::nullopt;
  TORCH_CHECK(v >= 0 && v < static_cast<int>(at::ScalarType::NumOptions), "no dtype has the number ", v);
  return static_cast<at::ScalarType>(v);
}

inline at::Device device(int type, int index) {
  return at::Device(static_cast<at::DeviceType>(type), static_cast<at::DeviceIndex>(index));
}

inline at::TensorOptions options(int type, int device_type, int device_index) {
  auto on = at::TensorOptions().device(device(device_type, device_index));
  auto of = dtype(type);
  return of.has_value() ? on.dtype(*of) : on;
}

inline at::Tensor maybe(Handle h) { return h ? *h : at::Tensor(); }
inline c10::optional<at::Tensor> optional(Handle h) { return h ? c10::optional<at::Tensor>(*h) : c10::nullopt; }
inline at::IntArrayRef ints(const int64_t* p, int64_t n) { return at::IntArrayRef(p, static_cast<size_t>(n)); }
inline std::vector<at::Tensor> tensors(List p, int64_t n) {
  std::vector<at::Tensor> v;
  v.reserve(static_cast<size_t>(n));
  for (int64_t i = 0; i < n; i++) v.push_back(*p[i]);
  return v;
}

inline Handle own(at::Tensor t) { return t.defined() ? new at::Tensor(std::move(t)) : nullptr; }

// Records the exception in flight for this thread, with the shapes that the failed call worked on.
void fail(const char* op, std::initializer_list<Handle> inputs) noexcept;
void fail(const char* op, List inputs, int64_t count) noexcept;

// Leaves tensors for the managed side to collect with dfx_results; returns how many.
int64_t give(std::vector<at::Tensor> results);

// The fault wall: f's tensor, or null with the error recorded.
template <class F>
Handle tensor(const char* op, std::initializer_list<Handle> inputs, F&& f) noexcept {
  try {
    return own(f());
  } catch (...) {
    fail(op, inputs);
    return nullptr;
  }
}

// The fault wall for calls on lists: error messages name every shape of the list.
template <class F>
Handle tensor(const char* op, List inputs, int64_t count, F&& f) noexcept {
  try {
    return own(f());
  } catch (...) {
    fail(op, inputs, count);
    return nullptr;
  }
}

// The fault wall for several results: their number, or -1 with the error recorded.
template <class F>
int64_t results(const char* op, std::initializer_list<Handle> inputs, F&& f) noexcept {
  try {
    return give(f());
  } catch (...) {
    fail(op, inputs);
    return -1;
  }
}

// The fault wall for several results of calls on lists.
template <class F>
int64_t results(const char* op, List inputs, int64_t count, F&& f) noexcept {
  try {
    return give(f());
  } catch (...) {
    fail(op, inputs, count);
    return -1;
  }
}

// The fault wall for calls without a tensor result: 0, or -1 with the error recorded.
template <class F>
int status(const char* op, std::initializer_list<Handle> inputs, F&& f) noexcept {
  try {
    f();
    return 0;
  } catch (...) {
    fail(op, inputs);
    return -1;
  }
}

}  // namespace dfx
