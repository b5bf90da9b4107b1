// Random tensors, every one from a generator: the default one of the device when none is given.
#include "dfx.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>

#include <mutex>

using namespace dfx;

using Source = at::Generator*;

static c10::optional<at::Generator> source(Source g) { return g ? c10::optional<at::Generator>(*g) : c10::nullopt; }

template <class F>
static Source make(F&& f) {
  try {
    return new at::Generator(f());
  } catch (...) {
    fail("Generator", {});
    return nullptr;
  }
}

DFX_EXPORT Source dfx_generator_new(uint64_t seed, int device_type, int device_index) {
  return make([&] {
    if (device_type == 0) return at::make_generator<at::CPUGeneratorImpl>(seed);
    auto g = at::globalContext().defaultGenerator(device(device_type, device_index)).clone();
    g.set_current_seed(seed);
    return g;
  });
}
DFX_EXPORT Source dfx_generator_default(int device_type, int device_index) {
  return make([&] { return at::globalContext().defaultGenerator(device(device_type, device_index)); });
}
DFX_EXPORT void dfx_generator_delete(Source g) { delete g; }
DFX_EXPORT int dfx_generator_set_seed(Source g, uint64_t seed) {
  return status("manual_seed", {}, [&] {
    std::lock_guard<std::mutex> lock(g->mutex());
    g->set_current_seed(seed);
  });
}
DFX_EXPORT int64_t dfx_generator_initial_seed(Source g) { return static_cast<int64_t>(g->current_seed()); }
DFX_EXPORT Handle dfx_generator_get_state(Source g) {
  return tensor("get_state", {}, [&] {
    std::lock_guard<std::mutex> lock(g->mutex());
    return g->get_state();
  });
}
DFX_EXPORT int dfx_generator_set_state(Source g, Handle state) {
  return status("set_state", {state}, [&] {
    std::lock_guard<std::mutex> lock(g->mutex());
    g->set_state(*state);
  });
}
DFX_EXPORT int dfx_manual_seed(uint64_t seed) {
  return status("manual_seed", {}, [&] { at::manual_seed(seed); });
}

DFX_EXPORT Handle dfx_randn(const int64_t* size, int64_t n, Source g, int type, int device_type, int device_index) {
  return tensor("randn", {}, [&] { return at::randn(ints(size, n), source(g), options(type, device_type, device_index)); });
}
DFX_EXPORT Handle dfx_rand(const int64_t* size, int64_t n, Source g, int type, int device_type, int device_index) {
  return tensor("rand", {}, [&] { return at::rand(ints(size, n), source(g), options(type, device_type, device_index)); });
}
DFX_EXPORT Handle dfx_randint(int64_t low, int64_t high, const int64_t* size, int64_t n, Source g, int type,
                              int device_type, int device_index) {
  return tensor("randint", {}, [&] {
    return at::randint(low, high, ints(size, n), source(g), options(type, device_type, device_index));
  });
}
DFX_EXPORT Handle dfx_randperm(int64_t n, Source g, int type, int device_type, int device_index) {
  return tensor("randperm", {}, [&] { return at::randperm(n, source(g), options(type, device_type, device_index)); });
}
DFX_EXPORT int dfx_normal_(Handle self, double mean, double std, Source g) {
  return status("normal_", {self}, [&] { return self->normal_(mean, std, source(g)); });
}
DFX_EXPORT int dfx_uniform_(Handle self, double low, double high, Source g) {
  return status("uniform_", {self}, [&] { return self->uniform_(low, high, source(g)); });
}
DFX_EXPORT Handle dfx_bernoulli(Handle self, Source g) {
  return tensor("bernoulli", {self}, [&] { return at::bernoulli(*self, source(g)); });
}
DFX_EXPORT Handle dfx_multinomial(Handle self, int64_t samples, int replacement, Source g) {
  return tensor("multinomial", {self}, [&] { return at::multinomial(*self, samples, replacement != 0, source(g)); });
}
