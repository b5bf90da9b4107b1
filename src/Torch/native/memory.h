// The memory of CPU tensors.
#pragma once

namespace dfx {

// From now on libtorch takes the memory of CPU tensors from the counting pool of memory.cpp.
void install_allocator();

}  // namespace dfx
