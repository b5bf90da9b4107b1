// Views and rearrangements: same elements, other shape.
#include "dfx.h"

using namespace dfx;

#define ON_SIZES(name)                                                             \
  DFX_EXPORT Handle dfx_##name(Handle self, const int64_t* sizes, int64_t n) {     \
    return tensor(#name, {self}, [&] { return self->name(ints(sizes, n)); });      \
  }
ON_SIZES(view) ON_SIZES(reshape) ON_SIZES(permute) ON_SIZES(expand) ON_SIZES(repeat) ON_SIZES(flip)

#define ON_SELF(name) \
  DFX_EXPORT Handle dfx_##name(Handle self) { return tensor(#name, {self}, [&] { return self->name(); }); }
ON_SELF(t) ON_SELF(contiguous) ON_SELF(clone) ON_SELF(detach) ON_SELF(squeeze) ON_SELF(alias)

#define ON_DIM(name)                                                                \
  DFX_EXPORT Handle dfx_##name##_dim(Handle self, int64_t dim) {                    \
    return tensor(#name, {self}, [&] { return self->name(dim); });                  \
  }
ON_DIM(squeeze) ON_DIM(unsqueeze)

DFX_EXPORT int dfx_detach_(Handle self) { return status("detach_", {self}, [&] { return self->detach_(); }); }
DFX_EXPORT Handle dfx_transpose(Handle self, int64_t a, int64_t b) {
  return tensor("transpose", {self}, [&] { return self->transpose(a, b); });
}
DFX_EXPORT Handle dfx_movedim(Handle self, const int64_t* from, int64_t n, const int64_t* to, int64_t m) {
  return tensor("movedim", {self}, [&] { return at::movedim(*self, ints(from, n), ints(to, m)); });
}
DFX_EXPORT Handle dfx_flatten(Handle self, int64_t start, int64_t end) {
  return tensor("flatten", {self}, [&] { return at::flatten(*self, start, end); });
}
DFX_EXPORT Handle dfx_unflatten(Handle self, int64_t dim, const int64_t* sizes, int64_t n) {
  return tensor("unflatten", {self}, [&] {
    auto d = dim < 0 ? dim + self->dim() : dim;
    TORCH_CHECK_INDEX(d >= 0 && d < self->dim(), "dimension ", dim, " of a tensor with ", self->dim(), " dimensions");
    auto shape = self->sizes().vec();
    shape.erase(shape.begin() + d);
    shape.insert(shape.begin() + d, sizes, sizes + n);
    return self->view(shape);
  });
}
DFX_EXPORT Handle dfx_roll(Handle self, const int64_t* shifts, int64_t n, const int64_t* dims, int64_t m) {
  return tensor("roll", {self}, [&] { return at::roll(*self, ints(shifts, n), ints(dims, m)); });
}
DFX_EXPORT Handle dfx_narrow(Handle self, int64_t dim, int64_t start, int64_t length) {
  return tensor("narrow", {self}, [&] { return self->narrow(dim, start, length); });
}
DFX_EXPORT Handle dfx_select(Handle self, int64_t dim, int64_t index) {
  return tensor("select", {self}, [&] { return self->select(dim, index); });
}
DFX_EXPORT Handle dfx_slice(Handle self, int64_t dim, int64_t start, int64_t end, int64_t step) {
  return tensor("slice", {self}, [&] { return self->slice(dim, start, end, step); });
}
DFX_EXPORT Handle dfx_as_strided(Handle self, const int64_t* size, int64_t n, const int64_t* stride, int64_t m, int64_t offset) {
  return tensor("as_strided", {self}, [&] { return self->as_strided(ints(size, n), ints(stride, m), offset); });
}
DFX_EXPORT Handle dfx_unfold_dim(Handle self, int64_t dim, int64_t size, int64_t step) {
  return tensor("unfold", {self}, [&] { return self->unfold(dim, size, step); });
}
DFX_EXPORT int64_t dfx_chunk(Handle self, int64_t chunks, int64_t dim) {
  return results("chunk", {self}, [&] { return self->chunk(chunks, dim); });
}
DFX_EXPORT int64_t dfx_split(Handle self, int64_t size, int64_t dim) {
  return results("split", {self}, [&] { return self->split(size, dim); });
}
DFX_EXPORT int64_t dfx_split_sizes(Handle self, const int64_t* sizes, int64_t n, int64_t dim) {
  return results("split", {self}, [&] { return self->split_with_sizes(ints(sizes, n), dim); });
}
DFX_EXPORT int64_t dfx_unbind(Handle self, int64_t dim) {
  return results("unbind", {self}, [&] { return self->unbind(dim); });
}
DFX_EXPORT Handle dfx_cat(List list, int64_t n, int64_t dim) {
  return tensor("cat", list, n, [&] { return at::cat(tensors(list, n), dim); });
}
DFX_EXPORT Handle dfx_stack(List list, int64_t n, int64_t dim) {
  return tensor("stack", list, n, [&] { return at::stack(tensors(list, n), dim); });
}
DFX_EXPORT int64_t dfx_meshgrid(List list, int64_t n, int xy) {
  return results("meshgrid", list, n, [&] { return at::meshgrid(tensors(list, n), xy ? "xy" : "ij"); });
}
DFX_EXPORT int64_t dfx_broadcast_tensors(List list, int64_t n) {
  return results("broadcast_tensors", list, n, [&] { return at::broadcast_tensors(tensors(list, n)); });
}
DFX_EXPORT Handle dfx_repeat_interleave(Handle self, int64_t repeats, int64_t dim) {
  return tensor("repeat_interleave", {self}, [&] { return at::repeat_interleave(*self, repeats, maybe(dim)); });
}
DFX_EXPORT Handle dfx_repeat_interleave_tensor(Handle self, Handle repeats, int64_t dim) {
  return tensor("repeat_interleave", {self, repeats}, [&] { return at::repeat_interleave(*self, *repeats, maybe(dim)); });
}
DFX_EXPORT Handle dfx_diag(Handle self, int64_t k) { return tensor("diag", {self}, [&] { return at::diag(*self, k); }); }
DFX_EXPORT Handle dfx_diagonal(Handle self, int64_t offset, int64_t a, int64_t b) {
  return tensor("diagonal", {self}, [&] { return at::diagonal(*self, offset, a, b); });
}
DFX_EXPORT Handle dfx_tril(Handle self, int64_t k) { return tensor("tril", {self}, [&] { return at::tril(*self, k); }); }
DFX_EXPORT Handle dfx_triu(Handle self, int64_t k) { return tensor("triu", {self}, [&] { return at::triu(*self, k); }); }
