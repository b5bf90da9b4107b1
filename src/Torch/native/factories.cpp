// New tensors, and what one can ask of a tensor.
#include "dfx.h"

#include <cstring>

using namespace dfx;

DFX_EXPORT Handle dfx_empty(const int64_t* size, int64_t n, int type, int device_type, int device_index) {
  return tensor("empty", {}, [&] { return at::empty(ints(size, n), options(type, device_type, device_index)); });
}
DFX_EXPORT Handle dfx_full(const int64_t* size, int64_t n, Number value, int type, int device_type, int device_index) {
  return tensor("full", {}, [&] {
    return at::full(ints(size, n), scalar(value), options(type, device_type, device_index));
  });
}
DFX_EXPORT Handle dfx_empty_like(Handle self, int type) {
  return tensor("empty_like", {self}, [&] {
    return at::empty_like(*self, self->options().dtype(dtype(type)), c10::nullopt);
  });
}
DFX_EXPORT Handle dfx_full_like(Handle self, Number value, int type) {
  return tensor("full_like", {self}, [&] { return at::full_like(*self, scalar(value), self->options().dtype(dtype(type))); });
}
DFX_EXPORT Handle dfx_arange(Number start, Number stop, Number step, int type, int device_type, int device_index) {
  return tensor("arange", {}, [&] {
    return at::arange(scalar(start), scalar(stop), scalar(step), options(type, device_type, device_index));
  });
}
DFX_EXPORT Handle dfx_linspace(double start, double end, int64_t steps, int type, int device_type, int device_index) {
  return tensor("linspace", {}, [&] { return at::linspace(start, end, steps, options(type, device_type, device_index)); });
}
DFX_EXPORT Handle dfx_logspace(double start, double end, int64_t steps, double base, int type, int device_type,
                               int device_index) {
  return tensor("logspace", {}, [&] {
    return at::logspace(start, end, steps, base, options(type, device_type, device_index));
  });
}
DFX_EXPORT Handle dfx_eye(int64_t rows, int64_t columns, int type, int device_type, int device_index) {
  return tensor("eye", {}, [&] { return at::eye(rows, columns, options(type, device_type, device_index)); });
}
// Copies bytes from managed memory once; the device copy, if any, comes after.
DFX_EXPORT Handle dfx_from_memory(const void* data, int64_t bytes, const int64_t* size, int64_t n, int type,
                                  int device_type, int device_index) {
  return tensor("tensor", {}, [&] {
    auto t = at::empty(ints(size, n), at::TensorOptions().dtype(dtype(type)));
    TORCH_CHECK(static_cast<int64_t>(t.nbytes()) == bytes, "shape ", ints(size, n), " needs ", t.nbytes(), " bytes, got ", bytes);
    if (bytes > 0) std::memcpy(t.data_ptr(), data, static_cast<size_t>(bytes));
    return device_type == 0 ? t : t.to(device(device_type, device_index));
  });
}
DFX_EXPORT Handle dfx_from_number(Number value, int type, int device_type, int device_index) {
  return tensor("tensor", {}, [&] {
    return at::scalar_tensor(scalar(value), options(type, device_type, device_index));
  });
}
DFX_EXPORT void dfx_delete(Handle self) { delete self; }

DFX_EXPORT int64_t dfx_dim(Handle self) { return self->dim(); }
DFX_EXPORT int64_t dfx_numel(Handle self) { return self->numel(); }
DFX_EXPORT int dfx_scalar_type(Handle self) { return static_cast<int>(self->scalar_type()); }
DFX_EXPORT int64_t dfx_element_size(Handle self) { return static_cast<int64_t>(self->element_size()); }
DFX_EXPORT void dfx_sizes(Handle self, int64_t* out) {
  auto s = self->sizes();
  std::copy(s.begin(), s.end(), out);
}
DFX_EXPORT int dfx_strides(Handle self, int64_t* out) {
  return status("stride", {self}, [&] {
    auto s = self->strides();
    std::copy(s.begin(), s.end(), out);
  });
}
DFX_EXPORT int64_t dfx_storage_offset(Handle self) { return self->storage_offset(); }
DFX_EXPORT int dfx_device_type(Handle self) { return static_cast<int>(self->device().type()); }
DFX_EXPORT int dfx_device_index(Handle self) { return static_cast<int>(self->device().index()); }
DFX_EXPORT int dfx_is_contiguous(Handle self) { return self->is_contiguous(); }
DFX_EXPORT void* dfx_data_ptr(Handle self) {
  try {
    return self->data_ptr();
  } catch (...) {
    fail("data", {self});
    return nullptr;
  }
}
DFX_EXPORT int dfx_item_double(Handle self, double* out) {
  return status("item", {self}, [&] { *out = self->item().toDouble(); });
}
DFX_EXPORT int dfx_item_int64(Handle self, int64_t* out) {
  return status("item", {self}, [&] { *out = self->item().toLong(); });
}
DFX_EXPORT Handle dfx_to(Handle self, int type, int device_type, int device_index, int copy, int non_blocking) {
  return tensor("to", {self}, [&] {
    auto t = dtype(type).value_or(self->scalar_type());
    auto d = device_type < 0 ? self->device() : device(device_type, device_index);
    return self->to(d, t, non_blocking != 0, copy != 0);
  });
}
