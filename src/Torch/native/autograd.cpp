// Gradients.
#include "dfx.h"

#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>

using namespace dfx;

static std::vector<at::Tensor> gradients(List list, int64_t n) {
  std::vector<at::Tensor> v;
  for (int64_t i = 0; i < n; i++) v.push_back(maybe(list[i]));
  return v;
}

DFX_EXPORT int dfx_requires_grad(Handle self) { return self->requires_grad(); }
DFX_EXPORT int dfx_set_requires_grad(Handle self, int on) {
  return status("requires_grad", {self}, [&] {
    TORCH_CHECK(on != 0 || self->is_leaf(), "only a leaf can stop to need a gradient: detach the tensor instead");
    self->set_requires_grad(on != 0);
  });
}
DFX_EXPORT int dfx_is_leaf(Handle self) { return self->is_leaf(); }
DFX_EXPORT int dfx_retain_grad(Handle self) { return status("retain_grad", {self}, [&] { self->retain_grad(); }); }
DFX_EXPORT Handle dfx_grad(Handle self) { return tensor("grad", {self}, [&] { return self->grad(); }); }
DFX_EXPORT int dfx_set_grad(Handle self, Handle grad) {
  return status("grad", {self, grad}, [&] {
    if (grad) {
      TORCH_CHECK(grad->sizes() == self->sizes() && grad->scalar_type() == self->scalar_type() && grad->device() == self->device(),
                  "a gradient has the shape, the dtype and the device of its tensor");
    }
    self->mutable_grad() = maybe(grad);
  });
}
DFX_EXPORT int dfx_backward(List roots, int64_t n, List grads, int64_t m, int retain, int create, List inputs, int64_t k) {
  return status("backward", {n > 0 ? roots[0] : nullptr}, [&] {
    c10::optional<bool> keep = retain ? c10::optional<bool>(true) : c10::nullopt;
    torch::autograd::backward(tensors(roots, n), gradients(grads, m), keep, create != 0, tensors(inputs, k));
  });
}
DFX_EXPORT int64_t dfx_autograd_grad(List outputs, int64_t n, List inputs, int64_t k, List grads, int64_t m, int retain, int create,
                                     int allow_unused) {
  return results("grad", {n > 0 ? outputs[0] : nullptr}, [&] {
    c10::optional<bool> keep = retain ? c10::optional<bool>(true) : c10::nullopt;
    return torch::autograd::grad(tensors(outputs, n), tensors(inputs, k), gradients(grads, m), keep, create != 0, allow_unused != 0);
  });
}

DFX_EXPORT int dfx_grad_enabled() { return c10::GradMode::is_enabled(); }
DFX_EXPORT void dfx_set_grad_enabled(int on) { c10::GradMode::set_enabled(on != 0); }
DFX_EXPORT void* dfx_inference_enter(int on) { return new c10::InferenceMode(on != 0); }
DFX_EXPORT void dfx_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
DFX_EXPORT int dfx_inference_enabled() { return c10::InferenceMode::is_enabled(); }

// Automatic casting of this thread's operations on one kind of device; type as in c10::ScalarType.
DFX_EXPORT int dfx_set_autocast(int device_type, int on, int type) {
  return status("autocast", {}, [&] {
    auto to = static_cast<at::ScalarType>(type);
#if DFX_TORCH_AT_LEAST(2, 5)
    auto where = static_cast<at::DeviceType>(device_type);
    at::autocast::set_autocast_enabled(where, on != 0);
    at::autocast::set_autocast_dtype(where, to);
#else
    if (device_type == 0) {
      at::autocast::set_cpu_enabled(on != 0);
      at::autocast::set_autocast_cpu_dtype(to);
    } else {
      at::autocast::set_enabled(on != 0);
      at::autocast::set_autocast_gpu_dtype(to);
    }
#endif
    if (!on) at::autocast::clear_cache();
  });
}
DFX_EXPORT int dfx_autocast_type(int device_type) {
#if DFX_TORCH_AT_LEAST(2, 5)
  return static_cast<int>(at::autocast::get_autocast_dtype(static_cast<at::DeviceType>(device_type)));
#else
  return static_cast<int>(device_type == 0 ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype());
#endif
}
DFX_EXPORT int dfx_autocast_enabled(int device_type) {
#if DFX_TORCH_AT_LEAST(2, 5)
  return at::autocast::is_autocast_enabled(static_cast<at::DeviceType>(device_type));
#else
  return device_type == 0 ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled();
#endif
}
