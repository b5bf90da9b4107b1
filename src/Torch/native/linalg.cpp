// Products, decompositions and Fourier transforms.
#include "dfx.h"

using namespace dfx;

#define PRODUCT(name) \
  DFX_EXPORT Handle dfx_##name(Handle a, Handle b) { return tensor(#name, {a, b}, [&] { return at::name(*a, *b); }); }
PRODUCT(matmul) PRODUCT(mm) PRODUCT(bmm) PRODUCT(mv) PRODUCT(dot) PRODUCT(outer) PRODUCT(kron)

DFX_EXPORT Handle dfx_baddbmm(Handle self, Handle a, Handle b, double beta, double alpha) {
  return tensor("baddbmm", {self, a, b}, [&] { return at::baddbmm(*self, *a, *b, beta, alpha); });
}
DFX_EXPORT Handle dfx_addmm(Handle self, Handle a, Handle b, double beta, double alpha) {
  return tensor("addmm", {self, a, b}, [&] { return at::addmm(*self, *a, *b, beta, alpha); });
}
DFX_EXPORT Handle dfx_einsum(const char* equation, List list, int64_t n) {
  return tensor("einsum", list, n, [&] { return at::einsum(equation, tensors(list, n)); });
}
// mode: 0 choose by size, 1 always by matrix product, 2 never
DFX_EXPORT Handle dfx_cdist(Handle a, Handle b, double p, int64_t mode) {
  return tensor("cdist", {a, b}, [&] { return at::cdist(*a, *b, p, mode); });
}
// Absent where a libtorch keeps its BLAS to itself. Fortran's name: every BLAS has it.
extern "C" __attribute__((weak)) void dsyrk_(
    const char*, const char*, const int*, const int*, const double*, const double*, const int*, const double*, double*, const int*);

DFX_EXPORT int dfx_has_syrk() { return dsyrk_ != nullptr; }

// sum += rows^T rows, from the diagonal on to the right, in half the work of a product. Lower, since BLAS counts along columns.
DFX_EXPORT int dfx_syrk_(Handle sum, Handle rows) {
  return status("syrk_", {sum, rows}, [&] {
    TORCH_CHECK(dsyrk_, "this libtorch shows no dsyrk_");
    for (auto t : {sum, rows})
      TORCH_CHECK(t->device().is_cpu() && t->scalar_type() == at::kDouble && t->dim() == 2 && t->is_contiguous(), "float64 on the CPU, contiguous");
    const int side = static_cast<int>(sum->size(1)), count = static_cast<int>(rows->size(0));
    TORCH_CHECK(sum->size(0) == side && rows->size(1) == side, "rows [n, D] and a sum [D, D]");
    const double one = 1;
    dsyrk_("L", "N", &side, &count, &one, rows->data_ptr<double>(), &side, &one, sum->data_ptr<double>(), &side);
  });
}
DFX_EXPORT Handle dfx_trace(Handle a) { return tensor("trace", {a}, [&] { return at::trace(*a); }); }

#define LINALG(name, call) \
  DFX_EXPORT Handle dfx_##name(Handle a) { return tensor(#name, {a}, [&] { return call; }); }
LINALG(linalg_inv, at::linalg_inv(*a)) LINALG(linalg_det, at::linalg_det(*a))
LINALG(linalg_svdvals, at::linalg_svdvals(*a))

DFX_EXPORT Handle dfx_linalg_cholesky(Handle a, int upper) {
  return tensor("cholesky", {a}, [&] { return at::linalg_cholesky(*a, upper != 0); });
}
DFX_EXPORT Handle dfx_linalg_eigvalsh(Handle a, int upper) {
  return tensor("eigvalsh", {a}, [&] { return at::linalg_eigvalsh(*a, upper ? "U" : "L"); });
}
DFX_EXPORT int64_t dfx_linalg_eigh(Handle a, int upper) {
  return results("eigh", {a}, [&] {
    auto r = at::linalg_eigh(*a, upper ? "U" : "L");
    return std::vector<at::Tensor>{std::get<0>(r), std::get<1>(r)};
  });
}
DFX_EXPORT int64_t dfx_linalg_slogdet(Handle a) {
  return results("slogdet", {a}, [&] {
    auto r = at::linalg_slogdet(*a);
    return std::vector<at::Tensor>{std::get<0>(r), std::get<1>(r)};
  });
}
DFX_EXPORT int64_t dfx_linalg_svd(Handle a, int full) {
  return results("svd", {a}, [&] {
    auto r = at::linalg_svd(*a, full != 0);
    return std::vector<at::Tensor>{std::get<0>(r), std::get<1>(r), std::get<2>(r)};
  });
}
// mode: 0 reduced, 1 complete, 2 only R
DFX_EXPORT int64_t dfx_linalg_qr(Handle a, int mode) {
  return results("qr", {a}, [&] {
    auto r = at::linalg_qr(*a, mode == 0 ? "reduced" : mode == 1 ? "complete" : "r");
    return std::vector<at::Tensor>{std::get<0>(r), std::get<1>(r)};
  });
}
DFX_EXPORT Handle dfx_linalg_solve(Handle a, Handle b, int left) {
  return tensor("solve", {a, b}, [&] { return at::linalg_solve(*a, *b, left != 0); });
}
DFX_EXPORT Handle dfx_linalg_solve_triangular(Handle a, Handle b, int upper, int left, int unit) {
  return tensor("solve_triangular", {a, b}, [&] {
    return at::linalg_solve_triangular(*a, *b, upper != 0, left != 0, unit != 0);
  });
}
// No dims (n = 0): over all of them.
DFX_EXPORT Handle dfx_linalg_vector_norm(Handle a, double order, const int64_t* dims, int64_t n, int keep) {
  return tensor("vector_norm", {a}, [&] {
    auto over = n == 0 ? c10::OptionalArrayRef<int64_t>() : c10::OptionalArrayRef<int64_t>(ints(dims, n));
    return at::linalg_vector_norm(*a, order, over, keep != 0);
  });
}
DFX_EXPORT Handle dfx_linalg_norm(Handle a, const char* order, const int64_t* dims, int64_t n, int keep) {
  return tensor("norm", {a}, [&] {
    auto over = n == 0 ? c10::OptionalArrayRef<int64_t>() : c10::OptionalArrayRef<int64_t>(ints(dims, n));
    return at::linalg_norm(*a, c10::string_view(order), over, keep != 0);
  });
}

// norm: null for libtorch's default ("backward"), else "forward", "backward" or "ortho".
static c10::optional<c10::string_view> norm(const char* name) {
  return name ? c10::optional<c10::string_view>(c10::string_view(name)) : c10::nullopt;
}
#define FFT_1D(name)                                                                        \
  DFX_EXPORT Handle dfx_fft_##name(Handle a, int64_t n, int64_t dim, const char* mode) {    \
    return tensor(#name, {a}, [&] { return at::fft_##name(*a, maybe(n), dim, norm(mode)); }); \
  }
FFT_1D(fft) FFT_1D(ifft) FFT_1D(rfft) FFT_1D(irfft)

// s: lengths of the transformed axes (n = 0: as they are); dim: which axes, two of them
#define FFT_2D(name)                                                                                                   \
  DFX_EXPORT Handle dfx_fft_##name(Handle a, const int64_t* s, int64_t n, const int64_t* dim, int64_t m, const char* mode) { \
    return tensor(#name, {a}, [&] {                                                                                    \
      auto lengths = n == 0 ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(ints(s, n));                         \
      return at::fft_##name(*a, lengths, ints(dim, m), norm(mode));                                                    \
    });                                                                                                                \
  }
FFT_2D(fft2) FFT_2D(ifft2) FFT_2D(rfft2) FFT_2D(irfft2)

#define FFT_SHIFT(name)                                                                     \
  DFX_EXPORT Handle dfx_fft_##name(Handle a, const int64_t* dim, int64_t n) {               \
    return tensor(#name, {a}, [&] {                                                         \
      return at::fft_##name(*a, n == 0 ? at::OptionalIntArrayRef() : at::OptionalIntArrayRef(ints(dim, n))); \
    });                                                                                     \
  }
FFT_SHIFT(fftshift) FFT_SHIFT(ifftshift)
