// Indexing with integers, slices, masks and index tensors; gathering and scattering.
#include "dfx.h"

#include <ATen/TensorIndexing.h>

using namespace dfx;

// One place of an index expression such as x[.., 1..3, mask].
enum class IndexKind : int64_t { none = 0, ellipsis = 1, integer = 2, boolean = 3, slice = 4, tensor = 5 };
struct Index {
  IndexKind kind;
  int64_t a, b, c;  // integer: a; boolean: a; slice: start a, stop b, step c (kNone: left out)
  Handle tensor;
};

static at::indexing::TensorIndex one(const Index& i) {
  using namespace at::indexing;
  switch (i.kind) {
    case IndexKind::none: return TensorIndex(None);
    case IndexKind::ellipsis: return TensorIndex(Ellipsis);
    case IndexKind::integer: return TensorIndex(i.a);
    case IndexKind::boolean: return TensorIndex(i.a != 0);
    case IndexKind::slice: {
      auto start = i.a == kNone ? c10::optional<int64_t>() : c10::optional<int64_t>(i.a);
      auto stop = i.b == kNone ? c10::optional<int64_t>() : c10::optional<int64_t>(i.b);
      auto step = i.c == kNone ? c10::optional<int64_t>() : c10::optional<int64_t>(i.c);
#if DFX_TORCH_AT_LEAST(2, 0)
      auto sym = [](c10::optional<int64_t> v) {
        return v.has_value() ? c10::optional<c10::SymInt>(c10::SymInt(*v)) : c10::optional<c10::SymInt>();
      };
      return TensorIndex(Slice(sym(start), sym(stop), sym(step)));
#else
      return TensorIndex(Slice(start, stop, step));
#endif
    }
    default: return TensorIndex(*i.tensor);
  }
}

static std::vector<at::indexing::TensorIndex> all(const Index* index, int64_t n) {
  std::vector<at::indexing::TensorIndex> v;
  for (int64_t i = 0; i < n; i++) v.push_back(one(index[i]));
  return v;
}

DFX_EXPORT Handle dfx_index(Handle self, const Index* index, int64_t n) {
  return tensor("index", {self}, [&] { return self->index(all(index, n)); });
}
DFX_EXPORT int dfx_index_put(Handle self, const Index* index, int64_t n, Handle value) {
  return status("index_put", {self, value}, [&] { self->index_put_(all(index, n), *value); });
}
DFX_EXPORT Handle dfx_index_select(Handle self, int64_t dim, Handle index) {
  return tensor("index_select", {self, index}, [&] { return at::index_select(*self, dim, *index); });
}
DFX_EXPORT Handle dfx_gather(Handle self, int64_t dim, Handle index) {
  return tensor("gather", {self, index}, [&] { return at::gather(*self, dim, *index); });
}
DFX_EXPORT Handle dfx_take_along_dim(Handle self, Handle index, int64_t dim) {
  return tensor("take_along_dim", {self, index}, [&] { return at::take_along_dim(*self, *index, maybe(dim)); });
}
DFX_EXPORT Handle dfx_masked_select(Handle self, Handle mask) {
  return tensor("masked_select", {self, mask}, [&] { return at::masked_select(*self, *mask); });
}
DFX_EXPORT Handle dfx_nonzero(Handle self) { return tensor("nonzero", {self}, [&] { return at::nonzero(*self); }); }

#define SCATTER(name)                                                                        \
  DFX_EXPORT Handle dfx_##name(Handle self, int64_t dim, Handle index, Handle source) {      \
    return tensor(#name, {self, index, source}, [&] { return self->name(dim, *index, *source); }); \
  }
#define SCATTER_INTO(name)                                                                    \
  DFX_EXPORT int dfx_##name(Handle self, int64_t dim, Handle index, Handle source) {          \
    return status(#name, {self, index, source}, [&] { self->name(dim, *index, *source); });   \
  }
SCATTER(scatter) SCATTER(scatter_add) SCATTER(index_copy)
SCATTER_INTO(scatter_) SCATTER_INTO(scatter_add_) SCATTER_INTO(index_copy_)

DFX_EXPORT Handle dfx_index_add(Handle self, int64_t dim, Handle index, Handle source, Number alpha) {
  return tensor("index_add", {self, index, source}, [&] { return self->index_add(dim, *index, *source, scalar(alpha)); });
}
DFX_EXPORT int dfx_index_add_(Handle self, int64_t dim, Handle index, Handle source, Number alpha) {
  return status("index_add_", {self, index, source}, [&] { return self->index_add_(dim, *index, *source, scalar(alpha)); });
}
