// One call a step for all parameters. On the CPU a single pass over each float32 parameter; elsewhere libtorch's foreach kernels.
#include "dfx.h"

#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>

#include <cmath>

using namespace dfx;

namespace {

struct AdamSettings {
  double lr, beta1, beta2, eps, weight_decay;
  int decoupled;  // 1: AdamW
  int maximize;
};

// beta1^t and beta2^t of each parameter's own step count t.
struct Correction {
  double first, second_root;
};

Correction correction(const AdamSettings& s, int64_t t) {
  return {1 - std::pow(s.beta1, static_cast<double>(t)), std::sqrt(1 - std::pow(s.beta2, static_cast<double>(t)))};
}

bool plain(const at::Tensor& t) { return t.device().is_cpu() && t.scalar_type() == at::kFloat && t.is_contiguous(); }

// Kingma & Ba 2015, algorithm 1; with decoupled weight decay Loshchilov & Hutter 2019, algorithm 2.
void adam_pass(float* p, const float* g, float* m, float* v, float* vmax, int64_t n, const AdamSettings& s, Correction c) {
  // 1 - beta is taken in double precision, as PyTorch does: in single it is off by 1e-5 for 0.999.
  const float new1 = 1 - s.beta1, beta2 = s.beta2, new2 = 1 - s.beta2, eps = s.eps, root = c.second_root;
  const float step = s.lr / c.first, sign = s.maximize ? -1.f : 1.f;
  const float decay = s.decoupled ? 1.f - static_cast<float>(s.lr * s.weight_decay) : 1.f;
  const float coupled = s.decoupled ? 0.f : static_cast<float>(s.weight_decay);
  at::parallel_for(0, n, 32768, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      const float x = p[i] * decay;
      const float d = sign * g[i] + coupled * p[i];
      m[i] = m[i] + new1 * (d - m[i]);
      v[i] = beta2 * v[i] + new2 * d * d;
      float second = v[i];
      if (vmax) second = vmax[i] = vmax[i] > v[i] ? vmax[i] : v[i];
      p[i] = x - step * m[i] / (std::sqrt(second) / root + eps);
    }
  });
}

// The pass below trusts sizes: an average of another shape would be written beyond its end.
void demand_shape(const at::Tensor& t, const at::Tensor& p) {
  TORCH_CHECK(!t.defined() || t.sizes() == p.sizes(), "an average of shape ", t.sizes(), " for a parameter of shape ", p.sizes());
}

void adam_composed(at::Tensor p, at::Tensor g, at::Tensor m, at::Tensor v, at::Tensor vmax, const AdamSettings& s, Correction c) {
  if (s.maximize) g = g.neg();
  if (s.decoupled && s.weight_decay != 0) p.mul_(1 - s.lr * s.weight_decay);
  if (!s.decoupled && s.weight_decay != 0) g = g.add(p, s.weight_decay);
  m.mul_(s.beta1).add_(g, 1 - s.beta1);
  v.mul_(s.beta2).addcmul_(g, g, 1 - s.beta2);
  auto second = v;
  if (vmax.defined()) {
    at::maximum_out(vmax, vmax, v);
    second = vmax;
  }
  p.addcdiv_(m, (second.sqrt() / c.second_root).add_(s.eps), -s.lr / c.first);
}

void sgd_composed(at::Tensor p, at::Tensor g, at::Tensor buffer, bool first, double lr, double momentum, double dampening,
                  double weight_decay, bool nesterov, bool maximize) {
  if (maximize) g = g.neg();
  if (weight_decay != 0) g = g.add(p, weight_decay);
  if (momentum != 0) {
    if (first) {
      buffer.copy_(g);
    } else {
      buffer.mul_(momentum).add_(g, 1 - dampening);
    }
    g = nesterov ? g.add(buffer, momentum) : buffer;
  }
  p.add_(g, -lr);
}

}  // namespace

// steps: each parameter's count, this step included. vmax_count: 0 without AMSGrad. Parameters without a gradient must be left out.
DFX_EXPORT int dfx_adam_step(List params, List grads, List ms, List vs, List vmaxs, int64_t vmax_count,
                             const int64_t* steps, int64_t count, AdamSettings settings) {
  return status("Adam.step", {}, [&] {
    c10::AutoGradMode off(false);
    for (int64_t i = 0; i < count; i++) {
      for (auto* t : {grads[i], ms[i], vs[i]}) demand_shape(*t, *params[i]);
      if (vmax_count > 0) demand_shape(*vmaxs[i], *params[i]);
    }
    for (int64_t i = 0; i < count; i++) {
      auto c = correction(settings, steps[i]);
      at::Tensor p = *params[i], g = *grads[i], m = *ms[i], v = *vs[i], vmax = vmax_count > 0 ? *vmaxs[i] : at::Tensor();
      if (plain(p) && plain(g) && plain(m) && plain(v) && (!vmax.defined() || plain(vmax))) {
        adam_pass(p.data_ptr<float>(), g.data_ptr<float>(), m.data_ptr<float>(), v.data_ptr<float>(),
                  vmax.defined() ? vmax.data_ptr<float>() : nullptr, p.numel(), settings, c);
        p.unsafeGetTensorImpl()->bump_version();
      } else {
        adam_composed(p, g, m, v, vmax, settings, c);
      }
    }
  });
}
// first: whether a parameter has no running sum yet. buffer_count: 0 without momentum.
DFX_EXPORT int dfx_sgd_step(List params, List grads, List buffers, int64_t buffer_count, const int64_t* first, int64_t count, double lr,
                            double momentum, double dampening, double weight_decay, int nesterov, int maximize) {
  return status("SGD.step", {}, [&] {
    c10::AutoGradMode off(false);
    for (int64_t i = 0; i < count; i++) {
      sgd_composed(*params[i], *grads[i], buffer_count > 0 ? *buffers[i] : at::Tensor(), first[i] != 0, lr, momentum, dampening, weight_decay,
                   nesterov != 0, maximize != 0);
    }
  });
}
// Scales all gradients so that their joint norm is at most max_norm; writes the norm before.
DFX_EXPORT int dfx_clip_grad_norm(List grads, int64_t n, double max_norm, double norm_type, double* out) {
  return status("clip_grad_norm_", {}, [&] {
    c10::AutoGradMode off(false);
    *out = 0;
    if (n == 0) return;
    std::vector<at::Tensor> norms;
    for (int64_t i = 0; i < n; i++) norms.push_back(at::norm(*grads[i], norm_type).to(grads[0]->device()));
    *out = at::norm(at::stack(norms), norm_type).item().toDouble();
    auto factor = max_norm / (*out + 1e-6);
    if (factor >= 1) return;
    for (int64_t i = 0; i < n; i++) grads[i]->mul_(factor);
  });
}
// target = target + weight (source - target) for each pair: exponential moving averages in one call.
DFX_EXPORT int dfx_lerp_all(List targets, List sources, int64_t n, double weight) {
  return status("lerp", {}, [&] {
    c10::AutoGradMode off(false);
    for (int64_t i = 0; i < n; i++) targets[i]->lerp_(*sources[i], weight);
  });
}
DFX_EXPORT int dfx_zero_grads(List params, int64_t n) {
  return status("zero_grad", {}, [&] {
    for (int64_t i = 0; i < n; i++) params[i]->mutable_grad() = at::Tensor();
  });
}
