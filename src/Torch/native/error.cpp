#include "dfx.h"

#include <c10/util/Exception.h>

#include <new>
#include <sstream>

using namespace dfx;

namespace {

// What went wrong, by the exception that the managed side throws for it.
enum class ErrorKind : int { none = 0, other = 1, out_of_memory = 2 };

thread_local ErrorKind kind = ErrorKind::none;
thread_local std::string message;
thread_local std::vector<at::Tensor> pending;

std::string first_line(const std::string& text) {
  auto end = text.find('\n');
  return end == std::string::npos ? text : text.substr(0, end);
}

std::string shape(Handle h) {
  if (h == nullptr || !h->defined()) return "none";
  std::ostringstream out;
  out << at::toString(h->scalar_type()) << h->sizes();
  if (!h->device().is_cpu()) out << "@" << h->device().str();
  return out.str();
}

// Newer allocators throw their own type; older ones a plain error whose text says so.
ErrorKind classify(const std::string& text) {
  return text.find("out of memory") != std::string::npos || text.find("can't allocate memory") != std::string::npos
      ? ErrorKind::out_of_memory
      : ErrorKind::other;
}

void describe() {
  try {
    throw;
  } catch (const c10::Error& e) {
    message = first_line(e.what_without_backtrace());
    kind = classify(message);
  } catch (const std::bad_alloc&) {
    message = "out of memory";
    kind = ErrorKind::out_of_memory;
  } catch (const std::exception& e) {
    message = first_line(e.what());
    kind = classify(message);
  } catch (...) {
    message = "unknown native exception";
    kind = ErrorKind::other;
  }
}

void append(const char* op, List inputs, int64_t count) {
  std::string shapes;
  for (int64_t i = 0; i < count; i++) shapes += (i ? ", " : "") + shape(inputs[i]);
  message = std::string(op) + "(" + shapes + "): " + message;
}

}  // namespace

namespace dfx {

void fail(const char* op, List inputs, int64_t count) noexcept {
  try {
    describe();
    append(op, inputs, count);
  } catch (...) {
    // Only a lack of memory can end here; the kind says so without a text.
    kind = ErrorKind::out_of_memory;
  }
}

void fail(const char* op, std::initializer_list<Handle> inputs) noexcept {
  fail(op, inputs.begin(), static_cast<int64_t>(inputs.size()));
}

int64_t give(std::vector<at::Tensor> results) {
  pending = std::move(results);
  return static_cast<int64_t>(pending.size());
}

}  // namespace dfx

// Copies this thread's error text into a buffer of that capacity and forgets the error; returns its kind, 0 for none.
DFX_EXPORT int dfx_take_error(char* buffer, int capacity) {
  auto taken = kind;
  if (capacity > 0) {
    auto n = message.copy(buffer, static_cast<size_t>(capacity) - 1);
    buffer[n] = '\0';
  }
  kind = ErrorKind::none;
  message.clear();
  return static_cast<int>(taken);
}

// Moves the tensors of the last call with several results to the caller, which asked for all of them.
DFX_EXPORT void dfx_results(Handle* out) {
  for (size_t i = 0; i < pending.size(); i++) out[i] = own(std::move(pending[i]));
  pending.clear();
}
