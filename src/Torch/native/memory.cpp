// The memory of CPU tensors: counted in bytes, and large blocks kept for the next step instead of given back to the system.
#include "memory.h"

#include "dfx.h"

#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>
#include <malloc.h>
#include <sys/mman.h>

#include <atomic>
#include <list>
#include <map>
#include <mutex>

using namespace dfx;

namespace {

constexpr uintptr_t kPage = 4096;
constexpr size_t kHugePage = 2 << 20;

std::atomic<int64_t> live{0};
std::atomic<int64_t> peak{0};

void count(int64_t bytes) {
  auto now = live.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  auto seen = peak.load(std::memory_order_relaxed);
  while (now > seen && !peak.compare_exchange_weak(seen, now, std::memory_order_relaxed)) {
  }
}

// Every fresh page of a large block costs a page fault, and a training step takes the same blocks again and again. Idle
// blocks wait here, least recently used first; tensors and idle blocks together hold about as much as tensors once did at most.
class Pool {
 public:
  static constexpr size_t kLarge = 256 << 10;

  void* take(size_t n) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = by_size_.lower_bound(n);
    if (found != by_size_.end() && found->first <= n + n / 8) return remove(found);
    highest_ = std::max(highest_, live.load(std::memory_order_relaxed));
    while (!oldest_.empty() && live.load(std::memory_order_relaxed) + static_cast<int64_t>(idle_ + n) > highest_) drop_oldest();
    return nullptr;
  }

  void keep(void* block, size_t size) {
    std::lock_guard<std::mutex> lock(mutex_);
    oldest_.push_back({block, size});
    by_size_.emplace(size, std::prev(oldest_.end()));
    idle_ += size;
  }

  void clear() {
    std::lock_guard<std::mutex> lock(mutex_);
    while (!oldest_.empty()) drop_oldest();
  }

 private:
  struct Block {
    void* start;
    size_t size;
  };
  using Place = std::list<Block>::iterator;
  using BySize = std::multimap<size_t, Place>;

  void* remove(BySize::iterator at) {
    auto* block = at->second->start;
    idle_ -= at->first;
    oldest_.erase(at->second);
    by_size_.erase(at);
    return block;
  }

  void drop_oldest() {
    auto place = oldest_.begin();
    auto at = by_size_.lower_bound(place->size);
    while (at->second != place) ++at;
    c10::free_cpu(remove(at));
  }

  std::mutex mutex_;
  std::list<Block> oldest_;
  BySize by_size_;
  size_t idle_ = 0;
  int64_t highest_ = 0;
};

// Never destroyed: tensors may be released while the process ends.
Pool& pool() {
  static auto* instance = new Pool();
  return *instance;
}

// malloc knows how large a block is, so nothing has to be kept beside it: oneDNN wants plain pointers.
void release(void* block) {
  if (block == nullptr) return;
  auto size = malloc_usable_size(block);
  live.fetch_sub(static_cast<int64_t>(size), std::memory_order_relaxed);
  if (size >= Pool::kLarge) {
    pool().keep(block, size);
  } else {
    c10::free_cpu(block);
  }
}

// Huge pages spare most misses of the address cache where element-wise functions stream through a block.
void* fresh(size_t n) {
  auto* block = c10::alloc_cpu(n);
  if (block != nullptr && n >= kHugePage * 2) {
    auto start = (reinterpret_cast<uintptr_t>(block) + kPage - 1) & ~(kPage - 1);
    auto end = (reinterpret_cast<uintptr_t>(block) + n) & ~(kPage - 1);
    madvise(reinterpret_cast<void*>(start), end - start, MADV_HUGEPAGE);
  }
  return block;
}

void* obtain(size_t n) {
  auto* block = n >= Pool::kLarge ? pool().take(n) : nullptr;
  if (block == nullptr) {
    try {
      block = fresh(n);
    } catch (...) {
      // Before memory is said to be out, what the pool holds is given back.
      pool().clear();
      block = fresh(n);
    }
  }
  if (block != nullptr) count(static_cast<int64_t>(malloc_usable_size(block)));
  return block;
}

class CountingAllocator final : public c10::Allocator {
 public:
#if DFX_TORCH_AT_LEAST(2, 3)
  c10::DataPtr allocate(size_t n) override { return counted(n); }
  void copy_data(void* dest, const void* src, std::size_t n) const override { default_copy_data(dest, src, n); }
#else
  c10::DataPtr allocate(size_t n) const override { return counted(n); }
#endif
  c10::DeleterFnPtr raw_deleter() const override { return &release; }

 private:
  static c10::DataPtr counted(size_t n) {
    auto* block = obtain(n);
    return {block, block, &release, at::Device(at::kCPU)};
  }
};

}  // namespace

namespace dfx {

void install_allocator() {
  static auto* counting = new CountingAllocator();
  c10::SetCPUAllocator(counting, 1);
}

}  // namespace dfx

DFX_EXPORT const int64_t* dfx_live_bytes() { return reinterpret_cast<const int64_t*>(&live); }
DFX_EXPORT int64_t dfx_peak_bytes() { return peak.load(); }
DFX_EXPORT void dfx_reset_peak() { peak.store(live.load()); }
// Gives idle blocks back to the system.
DFX_EXPORT void dfx_trim() {
  pool().clear();
  malloc_trim(0);
}
