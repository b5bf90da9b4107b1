// Elementwise functions of one, two or three tensors, with broadcasting and libtorch's type promotion.
#include "dfx.h"

using namespace dfx;

#define UNARY(name) \
  DFX_EXPORT Handle dfx_##name(Handle self) { return tensor(#name, {self}, [&] { return at::name(*self); }); }
#define UNARY_(name) \
  DFX_EXPORT int dfx_##name##_(Handle self) { return status(#name "_", {self}, [&] { return at::name##_(*self); }); }
#define BINARY(name) \
  DFX_EXPORT Handle dfx_##name(Handle a, Handle b) { return tensor(#name, {a, b}, [&] { return at::name(*a, *b); }); }
#define BINARY_NUMBER(name)                                                          \
  DFX_EXPORT Handle dfx_##name##_number(Handle a, Number b) {                        \
    return tensor(#name, {a}, [&] { return at::name(*a, scalar(b)); });              \
  }
#define BINARY_INTO(name)                                                            \
  DFX_EXPORT int dfx_##name##_(Handle a, Handle b) {                              \
    return status(#name "_", {a, b}, [&] { return a->name##_(*b); });                \
  }                                                                                  \
  DFX_EXPORT int dfx_##name##_number_(Handle a, Number b) {                       \
    return status(#name "_", {a}, [&] { return a->name##_(scalar(b)); });            \
  }

UNARY(abs) UNARY(neg) UNARY(exp) UNARY(exp2) UNARY(expm1) UNARY(log) UNARY(log1p) UNARY(log2) UNARY(log10)
UNARY(sqrt) UNARY(rsqrt) UNARY(square) UNARY(reciprocal) UNARY(sin) UNARY(cos) UNARY(tan) UNARY(sinh) UNARY(cosh)
UNARY(tanh) UNARY(asin) UNARY(acos) UNARY(atan) UNARY(sigmoid) UNARY(erf) UNARY(erfc) UNARY(erfinv) UNARY(floor)
UNARY(ceil) UNARY(trunc) UNARY(round) UNARY(sign) UNARY(relu) UNARY(silu) UNARY(log_sigmoid) UNARY(lgamma)
UNARY(digamma) UNARY(frac) UNARY(isnan) UNARY(isinf) UNARY(isfinite) UNARY(logical_not) UNARY(bitwise_not)
UNARY(real) UNARY(imag) UNARY(angle) UNARY(conj) UNARY(resolve_conj) UNARY(view_as_real)
UNARY(deg2rad) UNARY(sinc)

UNARY_(abs) UNARY_(neg) UNARY_(exp) UNARY_(log) UNARY_(sqrt) UNARY_(rsqrt) UNARY_(reciprocal)
UNARY_(sin) UNARY_(cos) UNARY_(tanh) UNARY_(sigmoid) UNARY_(floor) UNARY_(ceil) UNARY_(relu)
UNARY_(silu)

BINARY(mul) BINARY(div) BINARY(pow) BINARY(atan2) BINARY(maximum) BINARY(minimum) BINARY(fmod) BINARY(remainder)
BINARY(eq) BINARY(ne) BINARY(lt) BINARY(le) BINARY(gt) BINARY(ge) BINARY(logical_and) BINARY(logical_or)
BINARY(logical_xor) BINARY(bitwise_and) BINARY(bitwise_or) BINARY(bitwise_xor) BINARY(hypot) BINARY(xlogy)
BINARY(complex) BINARY(polar)

BINARY_NUMBER(mul) BINARY_NUMBER(div) BINARY_NUMBER(pow) BINARY_NUMBER(fmod) BINARY_NUMBER(remainder)
BINARY_NUMBER(eq) BINARY_NUMBER(ne) BINARY_NUMBER(lt) BINARY_NUMBER(le) BINARY_NUMBER(gt) BINARY_NUMBER(ge)

BINARY_INTO(mul) BINARY_INTO(div)

DFX_EXPORT int dfx_pow_number_(Handle a, Number b) {
  return status("pow_", {a}, [&] { return a->pow_(scalar(b)); });
}
DFX_EXPORT Handle dfx_add(Handle a, Handle b, Number alpha) {
  return tensor("add", {a, b}, [&] { return at::add(*a, *b, scalar(alpha)); });
}
DFX_EXPORT int dfx_add_(Handle a, Handle b, Number alpha) {
  return status("add_", {a, b}, [&] { return a->add_(*b, scalar(alpha)); });
}
DFX_EXPORT Handle dfx_add_number(Handle a, Number b, Number alpha) {
  return tensor("add", {a}, [&] { return at::add(*a, scalar(b), scalar(alpha)); });
}
DFX_EXPORT int dfx_add_number_(Handle a, Number b, Number alpha) {
  return status("add_", {a}, [&] { return a->add_(scalar(b), scalar(alpha)); });
}
DFX_EXPORT Handle dfx_sub(Handle a, Handle b) { return tensor("sub", {a, b}, [&] { return at::sub(*a, *b); }); }
DFX_EXPORT int dfx_sub_(Handle a, Handle b) { return status("sub_", {a, b}, [&] { return a->sub_(*b); }); }
DFX_EXPORT Handle dfx_sub_number(Handle a, Number b) {
  return tensor("sub", {a}, [&] { return at::sub(*a, scalar(b)); });
}
DFX_EXPORT int dfx_sub_number_(Handle a, Number b) {
  return status("sub_", {a}, [&] { return a->sub_(scalar(b)); });
}
// number - tensor: its own entry, because the tensor decides the dtype.
DFX_EXPORT Handle dfx_rsub_number(Handle a, Number b) {
  return tensor("sub", {a}, [&] { return at::rsub(*a, scalar(b)); });
}
// number / tensor
DFX_EXPORT Handle dfx_rdiv_number(Handle a, Number b) {
  return tensor("div", {a}, [&] { return at::reciprocal(*a).mul(scalar(b)); });
}
// mode: 0 true division, 1 towards zero, 2 towards minus infinity
static c10::optional<c10::string_view> rounding(int mode) {
  if (mode == 0) return c10::nullopt;
  return c10::string_view(mode == 1 ? "trunc" : "floor");
}
DFX_EXPORT Handle dfx_div_mode(Handle a, Handle b, int mode) {
  return tensor("div", {a, b}, [&] { return at::div(*a, *b, rounding(mode)); });
}
DFX_EXPORT Handle dfx_div_mode_number(Handle a, Number b, int mode) {
  return tensor("div", {a}, [&] { return at::div(*a, scalar(b), rounding(mode)); });
}
DFX_EXPORT int dfx_div_mode_(Handle a, Handle b, int mode) {
  return status("div_", {a, b}, [&] { return a->div_(*b, rounding(mode)); });
}
DFX_EXPORT int dfx_div_mode_number_(Handle a, Number b, int mode) {
  return status("div_", {a}, [&] { return a->div_(scalar(b), rounding(mode)); });
}
DFX_EXPORT Handle dfx_clamp(Handle a, Number lo, Number hi) {
  return tensor("clamp", {a}, [&] { return at::clamp(*a, maybe(lo), maybe(hi)); });
}
DFX_EXPORT int dfx_clamp_(Handle a, Number lo, Number hi) {
  return status("clamp_", {a}, [&] { return at::clamp_(*a, maybe(lo), maybe(hi)); });
}
DFX_EXPORT Handle dfx_clamp_tensor(Handle a, Handle lo, Handle hi) {
  return tensor("clamp", {a, lo, hi}, [&] { return at::clamp(*a, optional(lo), optional(hi)); });
}
DFX_EXPORT Handle dfx_where(Handle condition, Handle a, Handle b) {
  return tensor("where", {condition, a, b}, [&] { return at::where(*condition, *a, *b); });
}
DFX_EXPORT Handle dfx_lerp(Handle a, Handle end, Handle weight) {
  return tensor("lerp", {a, end, weight}, [&] { return at::lerp(*a, *end, *weight); });
}
DFX_EXPORT Handle dfx_addcmul(Handle a, Handle b, Handle c, Number value) {
  return tensor("addcmul", {a, b, c}, [&] { return at::addcmul(*a, *b, *c, scalar(value)); });
}
DFX_EXPORT int dfx_addcmul_(Handle a, Handle b, Handle c, Number value) {
  return status("addcmul_", {a, b, c}, [&] { return a->addcmul_(*b, *c, scalar(value)); });
}
DFX_EXPORT Handle dfx_addcdiv(Handle a, Handle b, Handle c, Number value) {
  return tensor("addcdiv", {a, b, c}, [&] { return at::addcdiv(*a, *b, *c, scalar(value)); });
}
DFX_EXPORT int dfx_addcdiv_(Handle a, Handle b, Handle c, Number value) {
  return status("addcdiv_", {a, b, c}, [&] { return a->addcdiv_(*b, *c, scalar(value)); });
}
DFX_EXPORT Handle dfx_softplus(Handle a, double beta, double threshold) {
  return tensor("softplus", {a}, [&] { return at::softplus(*a, beta, threshold); });
}
DFX_EXPORT Handle dfx_gelu(Handle a, int tanh) {
  return tensor("gelu", {a}, [&] { return at::gelu(*a, tanh ? "tanh" : "none"); });
}
DFX_EXPORT Handle dfx_leaky_relu(Handle a, double slope) {
  return tensor("leaky_relu", {a}, [&] { return at::leaky_relu(*a, slope); });
}
DFX_EXPORT Handle dfx_elu(Handle a, double alpha) { return tensor("elu", {a}, [&] { return at::elu(*a, alpha); }); }
DFX_EXPORT Handle dfx_nan_to_num(Handle a, double nan, double hi, double lo) {
  return tensor("nan_to_num", {a}, [&] { return at::nan_to_num(*a, nan, hi, lo); });
}
DFX_EXPORT int dfx_fill_(Handle a, Number value) {
  return status("fill_", {a}, [&] { return a->fill_(scalar(value)); });
}
DFX_EXPORT int dfx_copy_(Handle a, Handle source, int non_blocking) {
  return status("copy_", {a, source}, [&] { return a->copy_(*source, non_blocking != 0); });
}
// libtorch 1.13 reads one byte of each element of a mask of another dtype.
static const at::Tensor& bools(Handle mask) {
  TORCH_CHECK(mask->scalar_type() == at::kBool, "the mask must be bool, not ", mask->scalar_type());
  return *mask;
}
DFX_EXPORT Handle dfx_masked_fill(Handle a, Handle mask, Number value) {
  return tensor("masked_fill", {a, mask}, [&] { return at::masked_fill(*a, bools(mask), scalar(value)); });
}
DFX_EXPORT int dfx_masked_fill_(Handle a, Handle mask, Number value) {
  return status("masked_fill_", {a, mask}, [&] { return a->masked_fill_(bools(mask), scalar(value)); });
}
