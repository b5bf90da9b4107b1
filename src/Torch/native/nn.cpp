// The functions that networks are made of.
#include "dfx.h"

using namespace dfx;

#define CONV(name)                                                                                                   \
  DFX_EXPORT Handle dfx_##name(Handle x, Handle w, Handle b, const int64_t* stride, int64_t n1, const int64_t* padding, \
                               int64_t n2, const int64_t* dilation, int64_t n3, int64_t groups) {                    \
    return tensor(#name, {x, w, b}, [&] {                                                                            \
      return at::name(*x, *w, optional(b), ints(stride, n1), ints(padding, n2), ints(dilation, n3), groups);         \
    });                                                                                                              \
  }
CONV(conv1d) CONV(conv2d)

DFX_EXPORT Handle dfx_conv_transpose2d(Handle x, Handle w, Handle b, const int64_t* stride, int64_t n1, const int64_t* padding,
                                       int64_t n2, const int64_t* output_padding, int64_t n3, const int64_t* dilation,
                                       int64_t n4, int64_t groups) {
  return tensor("conv_transpose2d", {x, w, b}, [&] {
    return at::conv_transpose2d(*x, *w, optional(b), ints(stride, n1), ints(padding, n2), ints(output_padding, n3), groups,
                                ints(dilation, n4));
  });
}
DFX_EXPORT Handle dfx_linear(Handle x, Handle w, Handle b) {
  return tensor("linear", {x, w, b}, [&] { return at::linear(*x, *w, optional(b)); });
}
DFX_EXPORT Handle dfx_embedding(Handle w, Handle index, int64_t padding) {
  return tensor("embedding", {w, index}, [&] { return at::embedding(*w, *index, padding); });
}
DFX_EXPORT Handle dfx_one_hot(Handle x, int64_t classes) {
  return tensor("one_hot", {x}, [&] { return at::one_hot(*x, classes); });
}
// Under autocast activations are bfloat16 and parameters float32; libtorch before 2.1 wants one dtype on the CPU.
static c10::optional<at::Tensor> in_dtype_of(const at::Tensor& x, Handle parameter) {
#if DFX_TORCH_AT_LEAST(2, 1)
  return optional(parameter);
#else
  auto mixed = parameter && x.is_cpu() && x.scalar_type() == at::kBFloat16 && parameter->scalar_type() == at::kFloat;
  return mixed ? c10::optional<at::Tensor>(parameter->to(at::kBFloat16)) : optional(parameter);
#endif
}
DFX_EXPORT Handle dfx_group_norm(Handle x, int64_t groups, Handle w, Handle b, double eps) {
  return tensor("group_norm", {x, w, b}, [&] { return at::group_norm(*x, groups, in_dtype_of(*x, w), in_dtype_of(*x, b), eps); });
}
DFX_EXPORT Handle dfx_layer_norm(Handle x, const int64_t* shape, int64_t n, Handle w, Handle b, double eps) {
  return tensor("layer_norm", {x, w, b}, [&] { return at::layer_norm(*x, ints(shape, n), optional(w), optional(b), eps); });
}
DFX_EXPORT Handle dfx_batch_norm(Handle x, Handle w, Handle b, Handle mean, Handle var, int training, double momentum, double eps) {
  return tensor("batch_norm", {x, w, b, mean, var}, [&] {
    return at::batch_norm(*x, optional(w), optional(b), optional(mean), optional(var), training != 0, momentum, eps,
                          at::globalContext().userEnabledCuDNN());
  });
}
DFX_EXPORT Handle dfx_dropout(Handle x, double p, int training) {
  return tensor("dropout", {x}, [&] { return at::dropout(*x, p, training != 0); });
}
// divisor: kNone for the window's size
DFX_EXPORT Handle dfx_avg_pool2d(Handle x, const int64_t* kernel, int64_t n1, const int64_t* stride, int64_t n2,
                                 const int64_t* padding, int64_t n3, int ceil, int count_padding, int64_t divisor) {
  return tensor("avg_pool2d", {x}, [&] {
    return at::avg_pool2d(*x, ints(kernel, n1), ints(stride, n2), ints(padding, n3), ceil != 0, count_padding != 0, maybe(divisor));
  });
}
DFX_EXPORT Handle dfx_max_pool2d(Handle x, const int64_t* kernel, int64_t n1, const int64_t* stride, int64_t n2,
                                 const int64_t* padding, int64_t n3, const int64_t* dilation, int64_t n4, int ceil) {
  return tensor("max_pool2d", {x}, [&] {
    return at::max_pool2d(*x, ints(kernel, n1), ints(stride, n2), ints(padding, n3), ints(dilation, n4), ceil != 0);
  });
}
DFX_EXPORT Handle dfx_adaptive_avg_pool2d(Handle x, const int64_t* size, int64_t n) {
  return tensor("adaptive_avg_pool2d", {x}, [&] { return at::adaptive_avg_pool2d(*x, ints(size, n)); });
}
// mode: "constant", "reflect", "replicate" or "circular"; pads count from the last dimension backwards
DFX_EXPORT Handle dfx_pad(Handle x, const int64_t* pads, int64_t n, const char* mode, double value) {
  return tensor("pad", {x}, [&] { return at::pad(*x, ints(pads, n), mode, value); });
}
// mode: 0 nearest, 1 bilinear, 2 bicubic, each with its antialias form where libtorch has one. scale_h = 0: derived from size.
DFX_EXPORT Handle dfx_interpolate2d(Handle x, int64_t h, int64_t w, double scale_h, double scale_w, int mode, int align, int antialias) {
  return tensor("interpolate", {x}, [&] {
    const int64_t size[] = {h, w};
    at::IntArrayRef to(size, 2);
    auto sh = scale_h > 0 ? c10::optional<double>(scale_h) : c10::nullopt;
    auto sw = scale_w > 0 ? c10::optional<double>(scale_w) : c10::nullopt;
    if (mode == 0) return at::upsample_nearest2d(*x, to, sh, sw);
    if (mode == 1 && antialias) return at::_upsample_bilinear2d_aa(*x, to, align != 0, sh, sw);
    if (mode == 1) return at::upsample_bilinear2d(*x, to, align != 0, sh, sw);
    if (antialias) return at::_upsample_bicubic2d_aa(*x, to, align != 0, sh, sw);
    return at::upsample_bicubic2d(*x, to, align != 0, sh, sw);
  });
}
DFX_EXPORT Handle dfx_im2col(Handle x, const int64_t* kernel, const int64_t* dilation, const int64_t* padding, const int64_t* stride) {
  return tensor("unfold", {x}, [&] {
    return at::im2col(*x, ints(kernel, 2), ints(dilation, 2), ints(padding, 2), ints(stride, 2));
  });
}
DFX_EXPORT Handle dfx_pixel_shuffle(Handle x, int64_t factor) {
  return tensor("pixel_shuffle", {x}, [&] { return at::pixel_shuffle(*x, factor); });
}
DFX_EXPORT Handle dfx_pixel_unshuffle(Handle x, int64_t factor) {
  return tensor("pixel_unshuffle", {x}, [&] { return at::pixel_unshuffle(*x, factor); });
}

// reduction: 0 none, 1 mean, 2 sum
#define LOSS(name)                                                                             \
  DFX_EXPORT Handle dfx_##name(Handle x, Handle target, int64_t reduction) {                   \
    return tensor(#name, {x, target}, [&] { return at::name(*x, *target, reduction); });       \
  }
LOSS(mse_loss) LOSS(l1_loss)

DFX_EXPORT Handle dfx_smooth_l1_loss(Handle x, Handle target, int64_t reduction, double beta) {
  return tensor("smooth_l1_loss", {x, target}, [&] { return at::smooth_l1_loss(*x, *target, reduction, beta); });
}
DFX_EXPORT Handle dfx_huber_loss(Handle x, Handle target, int64_t reduction, double delta) {
  return tensor("huber_loss", {x, target}, [&] { return at::huber_loss(*x, *target, reduction, delta); });
}
DFX_EXPORT Handle dfx_cross_entropy(Handle x, Handle target, Handle weight, int64_t reduction, int64_t ignore, double smoothing) {
  return tensor("cross_entropy", {x, target, weight}, [&] {
    return at::cross_entropy_loss(*x, *target, optional(weight), reduction, ignore, smoothing);
  });
}
DFX_EXPORT Handle dfx_bce_with_logits(Handle x, Handle target, Handle weight, Handle pos_weight, int64_t reduction) {
  return tensor("binary_cross_entropy_with_logits", {x, target, weight, pos_weight}, [&] {
    return at::binary_cross_entropy_with_logits(*x, *target, optional(weight), optional(pos_weight), reduction);
  });
}
