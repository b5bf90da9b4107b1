// Reductions, scans, sorting and searching. Where a dtype may be given, -1 keeps libtorch's choice.
#include "dfx.h"

using namespace dfx;

static std::vector<at::Tensor> pair(std::tuple<at::Tensor, at::Tensor> t) { return {std::get<0>(t), std::get<1>(t)}; }

// The dimensions, or every one when none is named: libtorch 1.13's derivatives take an empty list for no dimension.
static std::vector<int64_t> named(const at::Tensor& self, const int64_t* dims, int64_t n) {
  std::vector<int64_t> v(dims, dims + n);
  for (int64_t d = 0; n == 0 && d < self.dim(); d++) v.push_back(d);
  return v;
}

#define REDUCE_ALL(name) \
  DFX_EXPORT Handle dfx_##name##_all(Handle self) { return tensor(#name, {self}, [&] { return at::name(*self); }); }
REDUCE_ALL(max) REDUCE_ALL(min) REDUCE_ALL(median) REDUCE_ALL(any) REDUCE_ALL(all) REDUCE_ALL(argmax) REDUCE_ALL(argmin)

#define REDUCE_PAIR(name)                                                          \
  DFX_EXPORT int64_t dfx_##name##_dim(Handle self, int64_t dim, int keep) {        \
    return results(#name, {self}, [&] { return pair(at::name(*self, dim, keep != 0)); }); \
  }
REDUCE_PAIR(max) REDUCE_PAIR(min)

#define REDUCE_ONE(name)                                                           \
  DFX_EXPORT Handle dfx_##name##_dim(Handle self, int64_t dim, int keep) {         \
    return tensor(#name, {self}, [&] { return at::name(*self, dim, keep != 0); }); \
  }
REDUCE_ONE(any) REDUCE_ONE(all) REDUCE_ONE(argmax) REDUCE_ONE(argmin)

#define REDUCE_DIMS_TYPED(name)                                                                                  \
  DFX_EXPORT Handle dfx_##name##_all(Handle self, int type) {                                                    \
    return tensor(#name, {self}, [&] { return at::name(*self, dtype(type)); });                                  \
  }                                                                                                              \
  DFX_EXPORT Handle dfx_##name##_dims(Handle self, const int64_t* dims, int64_t n, int keep, int type) {         \
    return tensor(#name, {self}, [&] { return at::name(*self, ints(dims, n), keep != 0, dtype(type)); });        \
  }
REDUCE_DIMS_TYPED(sum) REDUCE_DIMS_TYPED(mean)

#define REDUCE_DIMS(name)                                                                       \
  DFX_EXPORT Handle dfx_##name(Handle self, const int64_t* dims, int64_t n, int keep) {         \
    return tensor(#name, {self}, [&] { return at::name(*self, ints(dims, n), keep != 0); });    \
  }
REDUCE_DIMS(amax) REDUCE_DIMS(amin) REDUCE_DIMS(logsumexp)

// Standard deviation and variance over dims, or over everything for n = 0.
#define REDUCE_SPREAD(name)                                                                                  \
  DFX_EXPORT Handle dfx_##name(Handle self, const int64_t* dims, int64_t n, int unbiased, int keep) {        \
    return tensor(#name, {self}, [&] {                                                                       \
      return n == 0 && !keep ? at::name(*self, unbiased != 0) : at::name(*self, named(*self, dims, n), unbiased != 0, keep != 0); \
    });                                                                                                      \
  }                                                                                                          \
  DFX_EXPORT int64_t dfx_##name##_mean(Handle self, const int64_t* dims, int64_t n, int unbiased, int keep) { \
    return results(#name "_mean", {self}, [&] {                                                              \
      return pair(n == 0 && !keep ? at::name##_mean(*self, unbiased != 0)                                    \
                                  : at::name##_mean(*self, named(*self, dims, n), unbiased != 0, keep != 0)); \
    });                                                                                                      \
  }
REDUCE_SPREAD(std) REDUCE_SPREAD(var)

DFX_EXPORT Handle dfx_prod_all(Handle self, int type) {
  return tensor("prod", {self}, [&] { return at::prod(*self, dtype(type)); });
}
DFX_EXPORT Handle dfx_prod_dim(Handle self, int64_t dim, int keep, int type) {
  return tensor("prod", {self}, [&] { return at::prod(*self, dim, keep != 0, dtype(type)); });
}
DFX_EXPORT Handle dfx_norm(Handle self, double p) { return tensor("norm", {self}, [&] { return at::norm(*self, p); }); }
DFX_EXPORT Handle dfx_norm_dim(Handle self, int64_t dim, int keep, double p) {
  return tensor("norm", {self}, [&] { return at::norm(*self, at::Scalar(p), at::IntArrayRef(dim), keep != 0); });
}
DFX_EXPORT Handle dfx_cumsum(Handle self, int64_t dim, int type) {
  return tensor("cumsum", {self}, [&] { return at::cumsum(*self, dim, dtype(type)); });
}
DFX_EXPORT Handle dfx_cumprod(Handle self, int64_t dim, int type) {
  return tensor("cumprod", {self}, [&] { return at::cumprod(*self, dim, dtype(type)); });
}
DFX_EXPORT Handle dfx_count_nonzero(Handle self, const int64_t* dims, int64_t n) {
  return tensor("count_nonzero", {self}, [&] { return at::count_nonzero(*self, ints(dims, n)); });
}
DFX_EXPORT int64_t dfx_sort(Handle self, int64_t dim, int descending, int stable) {
  return results("sort", {self}, [&] { return pair(at::sort(*self, stable != 0, dim, descending != 0)); });
}
DFX_EXPORT Handle dfx_argsort(Handle self, int64_t dim, int descending) {
  return tensor("argsort", {self}, [&] { return at::argsort(*self, dim, descending != 0); });
}
DFX_EXPORT int64_t dfx_topk(Handle self, int64_t k, int64_t dim, int largest, int sorted) {
  return results("topk", {self}, [&] { return pair(at::topk(*self, k, dim, largest != 0, sorted != 0)); });
}
DFX_EXPORT Handle dfx_quantile(Handle self, Handle q, int64_t dim, int keep) {
  return tensor("quantile", {self, q}, [&] { return at::quantile(*self, *q, maybe(dim), keep != 0); });
}
DFX_EXPORT Handle dfx_searchsorted(Handle sorted, Handle values, int right) {
  return tensor("searchsorted", {sorted, values}, [&] { return at::searchsorted(*sorted, *values, false, right != 0); });
}
DFX_EXPORT Handle dfx_bincount(Handle self, Handle weights, int64_t min) {
  return tensor("bincount", {self, weights}, [&] { return at::bincount(*self, optional(weights), min); });
}
DFX_EXPORT int64_t dfx_unique(Handle self, int sorted, int inverse, int counts) {
  return results("unique", {self}, [&] {
    auto r = at::_unique2(*self, sorted != 0, inverse != 0, counts != 0);
    return std::vector<at::Tensor>{std::get<0>(r), std::get<1>(r), std::get<2>(r)};
  });
}
DFX_EXPORT Handle dfx_softmax(Handle self, int64_t dim, int type) {
  return tensor("softmax", {self}, [&] { return at::softmax(*self, dim, dtype(type)); });
}
DFX_EXPORT Handle dfx_log_softmax(Handle self, int64_t dim, int type) {
  return tensor("log_softmax", {self}, [&] { return at::log_softmax(*self, dim, dtype(type)); });
}
DFX_EXPORT int dfx_equal(Handle a, Handle b, int* out) {
  return status("equal", {a, b}, [&] { *out = a->scalar_type() == b->scalar_type() && at::equal(*a, *b); });
}
DFX_EXPORT int dfx_allclose(Handle a, Handle b, double rtol, double atol, int equal_nan, int* out) {
  return status("allclose", {a, b}, [&] { *out = at::allclose(*a, *b, rtol, atol, equal_nan != 0); });
}
DFX_EXPORT Handle dfx_isclose(Handle a, Handle b, double rtol, double atol, int equal_nan) {
  return tensor("isclose", {a, b}, [&] { return at::isclose(*a, *b, rtol, atol, equal_nan != 0); });
}
